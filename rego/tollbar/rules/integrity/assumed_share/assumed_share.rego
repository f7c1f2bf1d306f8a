# METADATA
# title: The total does not rest on assumptions
# description: |
#   How much is stored, transferred or called stands in no infrastructure file. Where nobody tells it, Tollbar assumes a
#   usual use. This rule judges which share of the total, at list price, such assumptions make up.
# custom:
#   code: TB007
#   category: integrity
#   default_mode: warn
#   message: >-
#     has {actual}% of its total ({assumed} of {total} a month) from assumed use, over the limit of {limit}%.
#     Most of it: {largest}.
#   remediation: >-
#     Tell the use of what is named, in a usage file (--usage-file) or by its history (--usage-history).
#     With --no-assumptions, what is not told is left out of the total.
#   params: [mode, enforce_from, percent, minimum]
#   since: 0.2.0
package tollbar.rules.integrity.assumed_share

import data.tollbar.lib.figures
import data.tollbar.lib.money
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding for the whole deployment.
# scope: document
findings contains result.finding(
	rego.metadata.chain(),
	input.deployment,
	{"limit": config.percent, "actual": actual},
	{
		"{actual}": figures.tenths(actual),
		"{assumed}": money.usd(assumed),
		"{total}": money.usd(total),
		"{limit}": figures.tenths(config.percent),
		"{largest}": resources.largest(_by_resource),
	},
) if {
	config := params.active.assumed_share
	assumed := sum(_costs)
	assumed >= config.minimum
	total := input.totals.monthly_cost
	actual := (100 * assumed) / max({total, 0.01})
	actual > config.percent
}

_costs := [cost |
	some position, number
	resources.present[position].breakdown[number].basis == "assumed"
	cost := resources.present[position].breakdown[number].monthly_cost
]

# What is assumed of each resource, with its address.
_by_resource contains [amount, resource.address] if {
	some resource in resources.present
	amount := sum([line.monthly_cost | some line in resource.breakdown; line.basis == "assumed"])
	amount > 0
}
