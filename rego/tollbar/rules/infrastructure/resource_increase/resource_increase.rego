# METADATA
# title: No resource grows too much at once
# description: |
#   Judges each resource that was there before, where the change was compared with a previous state: by an amount that
#   depends on its environment, and by a share of its previous cost; the lower of the two counts. New resources are left
#   out unless they are included, and so are resources of which one side is not fully known.
# custom:
#   code: TB107
#   category: infrastructure
#   default_mode: warn
#   message: costs {actual} a month more{note} than before ({previous}), over the {environment} limit of {limit}.
#   remediation: Check that the increase is meant. Choose a smaller size or fewer of them, or take smaller steps.
#   params: [mode, enforce_from, limits, other, percent, percent_from, include_new, cost, exempt_tag]
#   since: 0.2.0
package tollbar.rules.infrastructure.resource_increase

import data.tollbar.lib.figures
import data.tollbar.lib.money
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource that grew by more than its limit.
# scope: document
findings := result.findings(rego.metadata.chain(), [[
	resource,
	object.union({"limit": limit, "actual": change.increase}, resources.alternative(resource)),
	{
		"{actual}": money.usd(change.increase),
		"{note}": change.note,
		"{previous}": money.usd(change.previous),
		"{environment}": resource.environment,
		"{limit}": _in_words(limit, change),
	},
] |
	_config
	some position in (_grown - resources.incomplete)
	resource := resources.present[position]
	change := _change(resource)
	limit := min(array.concat(_amount(resource), change.shares))
	change.increase > limit
])

_config := params.active.resource_increase

# Only these can be over a limit, none of which is below 0. What it was comes first: most resources are new.
_grown contains position if {
	some position
	resources.present[position].previous_monthly_cost < resources.present[position].monthly_cost
}

_grown contains position if {
	some position
	resources.present[position].previous_effective_cost < resources.present[position].costs.effective
}

_change(resource) := {
	"increase": resource.costs.effective - previous,
	"previous": previous,
	"note": " with commitments",
	"shares": _shares(resource, previous),
} if {
	_config.cost == "effective"
	previous := resource.previous_effective_cost
} else := {
	"increase": resource.monthly_cost - previous,
	"previous": previous,
	"note": "",
	"shares": _shares(resource, previous),
} if {
	previous := resource.previous_monthly_cost
}

# The limits, at most one of each kind: none where it is not limited.
_amount(resource) := [amount |
	object.get(resource, "action", "update") in _limited_by_amount
	amount := _amounts[resource.environment]
]

_shares(resource, previous) := [max([(previous * _config.percent) / 100, _config.percent_from]) |
	not resource.action == "create"
	is_number(_config.percent)
]

_in_words(limit, change) := sprintf("%s%% (%s)", [figures.tenths(_config.percent), money.usd(limit)]) if {
	is_number(_config.percent)
	limit == (change.previous * _config.percent) / 100
} else := money.usd(limit)

_limited_by_amount contains action if some action in ["update", "replace", "no-op"]

_limited_by_amount contains "create" if _config.include_new

_amounts[environment] := resources.limit(_config, environment) if some environment in resources.environments
