# METADATA
# title: Most resources have a price
# description: |
#   The more resources have no price, the less the total says: the limits on it pass what nobody has priced. This rule
#   judges the share of the resources of which something could not be priced, among all that will exist and are not
#   free by nature. Types that unpriced_resource.allow_types (TB002) accepts do not count as unpriced.
# custom:
#   code: TB005
#   category: integrity
#   default_mode: warn
#   message: >-
#     has no complete price for {actual}% of its resources ({unpriced} of {all}: {types}), over the limit of {limit}%.
#     The total leaves out what has none.
#   remediation: >-
#     Run tollbar prices refresh, add the missing prices to a price book, or give what is known only after apply.
#     Types that may go unpriced belong into unpriced_resource.allow_types.
#   params: [mode, enforce_from, percent]
#   since: 0.2.0
package tollbar.rules.integrity.unpriced_share

import data.tollbar.lib.figures
import data.tollbar.lib.globs
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding for the whole deployment.
# scope: document
findings contains result.finding(
	rego.metadata.chain(),
	input.deployment,
	{"limit": limit, "actual": actual},
	{
		"{actual}": figures.tenths(actual),
		"{unpriced}": sprintf("%d", [count(_unpriced)]),
		"{all}": sprintf("%d", [_judged]),
		"{types}": _named({resource.type | some resource in _unpriced}),
		"{limit}": figures.tenths(limit),
	},
) if {
	limit := params.active.unpriced_share.percent

	# Of no resources at all, there is no share.
	actual := (100 * count(_unpriced)) / max({_judged, 1})
	actual > limit
}

# How many are not free.
_judged := count(resources.present) - count({position | resources.present[position].free == true})

_unpriced := [resource |
	some position in resources.incomplete
	resource := resources.present[position]
	not resource.free
	not resource.type in _accepted
]

_accepted contains type if {
	some type in resources.types
	globs.any_matches(params.rules.unpriced_resource.allow_types, type)
}

# The first three of some types.
_named(types) := concat(", ", array.concat(array.slice(sort(types), 0, 3), ["..." | count(types) > 3]))
