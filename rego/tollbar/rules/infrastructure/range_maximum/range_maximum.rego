# METADATA
# title: No resource may come to cost more than its environment allows
# description: |
#   The cost of what is paid by use is a range: the expected cost, and how high it may come where use is high. This
#   rule looks at the high end, where the expected cost alone would pass: a resource that environment_limit (TB101)
#   reports is not reported again. Where it has no limit of its own set for an environment, its limit is not lower than
#   that rule's: whoever raises the one raises both. With cost: effective, what commitments save on the expected use
#   counts as saved at the high end too; without commitments, nothing is.
# custom:
#   code: TB103
#   category: infrastructure
#   default_mode: warn
#   message: may cost up to {actual} a month{note}, over the {environment} limit of {limit}.
#   remediation: Cap its use (quotas, concurrency, an autoscaling maximum), or tell the expected use more exactly.
#   params: [mode, enforce_from, limits, other, cost, exempt_tag]
#   since: 0.1.0
package tollbar.rules.infrastructure.range_maximum

import data.tollbar.lib.environments
import data.tollbar.lib.money
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.lib.settings
import data.tollbar.params
import data.tollbar.rules.infrastructure.environment_limit

# METADATA
# description: One finding per resource whose range ends over its limit.
# scope: document
findings := result.findings(rego.metadata.chain(), [[
	resource,
	object.union({"limit": limit, "actual": actual}, resources.alternative(resource)),
	{
		"{actual}": money.usd(actual),
		"{note}": resources.cost_note(config, resource),
		"{environment}": resource.environment,
		"{limit}": money.usd(limit),
	},
] |
	config := params.active.range_maximum
	some resource in _candidates
	limit := _limits[resource.environment]
	actual := _high_end(config, resource)
	actual > limit
	not _reported(resource)
])

# None but these can be over a limit.
_candidates := resources.present if {
	params.active.range_maximum.cost == "effective"
} else := [resource |
	lowest := min([limit | some limit in _limits])
	some resource in resources.present
	resource.cost_estimate.max > lowest
]

# Without an expected cost, there is nothing that commitments could have been applied to.
_high_end(config, resource) := resource.cost_estimate.max - (resource.monthly_cost - resource.costs.effective) if {
	config.cost == "effective"
} else := resource.cost_estimate.max

# A rule of its own because "not" of a comparison is undefined, not true, where there is no cost or no limit.
_reported(resource) if {
	cost := resources.monthly_cost(params.active.environment_limit, resource)
	cost > environment_limit.limits[resource.environment]
}

_limits[environment] := _raised(environment, limit) if {
	some environment in resources.environments
	limit := resources.limit(params.active.range_maximum, environment)
}

# Undefined where environment_limit is set to have no limit: then there is to be none here either.
_raised(environment, limit) := limit if {
	_is_set(environment)
} else := limit if {
	not params.active.environment_limit
} else := max([limit, environment_limit.limits[environment]])

# Whether the settings have a limit of this rule's own for an environment.
_is_set(environment) if _lists(object.get(_set, "limits", {}), environment)

_is_set(environment) if {
	"other" in object.keys(_set)
	not _lists(params.active.range_maximum.limits, environment)
}

_lists(limits, environment) if environments.entry(limits, environment, "not listed") != "not listed"

_set := object.get(settings.valid, ["rules", "range_maximum"], {})
