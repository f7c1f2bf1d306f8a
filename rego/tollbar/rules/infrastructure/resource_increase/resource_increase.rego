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
findings contains result.finding(
	rego.metadata.chain(),
	resource,
	object.union({"limit": lowest.amount, "actual": change.increase}, resources.alternative(resource)),
	{
		"{actual}": money.usd(change.increase),
		"{note}": change.note,
		"{previous}": money.usd(change.previous),
		"{environment}": resource.environment,
		"{limit}": lowest.text,
	},
) if {
	some resource in resources.present
	count(object.get(resource, "unpriced", [])) == 0
	change := _change(resource)
	lowest := min(_limits(resource, change.previous))
	change.increase > lowest.amount
}

_config := params.active.resource_increase

_change(resource) := {"increase": increase, "previous": previous, "note": " with commitments"} if {
	_config.cost == "effective"
	previous := resource.previous_effective_cost
	increase := resource.costs.effective - previous
} else := {"increase": increase, "previous": resource.previous_monthly_cost, "note": ""} if {
	increase := resource.monthly_cost - resource.previous_monthly_cost
}

# Objects sort by their first key, so the lowest amount is the minimum. Empty where nothing is limited.
_limits(resource, previous) := _by_amount(resource) | _by_share(resource, previous)

_by_amount(resource) := {{"amount": amount, "text": money.usd(amount)} |
	object.get(resource, "action", "update") in _limited_by_amount
	amount := _amounts[resource.environment]
}

_by_share(resource, previous) := {{"amount": amount, "text": text} |
	not resource.action == "create"
	is_number(_config.percent)
	share := (previous * _config.percent) / 100
	amount := max([share, _config.percent_from])
	text := _words(share, amount)
}

_words(share, amount) := sprintf("%s%% (%s)", [figures.tenths(_config.percent), money.usd(amount)]) if share == amount

_words(share, amount) := money.usd(amount) if share != amount

_limited_by_amount contains action if some action in ["update", "replace", "no-op"]

_limited_by_amount contains "create" if _config.include_new

_amounts[environment] := resources.limit(_config, environment) if some environment in resources.environments
