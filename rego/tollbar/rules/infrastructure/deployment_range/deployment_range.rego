# METADATA
# title: No deployment may come to cost more than its environment allows
# description: |
#   The total is a range where use varies. Two of its figures have limits, by the environment of the deployment: p90,
#   which is exceeded in one case of ten, and the maximum. A deployment whose expected total is over deployment_limit
#   already is not reported again. With cost: effective, what commitments save on the expected use counts as saved here
#   too.
# custom:
#   code: TB106
#   category: infrastructure
#   default_mode: warn
#   message: may cost {actual} a month in total{note} ({figure}), over the {environment} limit of {limit}.
#   remediation: >-
#     Cap the use of what varies most (quotas, concurrency, an autoscaling maximum), or tell it more exactly: {largest}
#     above what is expected.
#   params: [mode, enforce_from, p90_limits, p90_other, max_limits, max_other, cost, exempt_tag]
#   since: 0.2.0
package tollbar.rules.infrastructure.deployment_range

import data.tollbar.lib.money
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding for each figure of the range that is over its limit.
# scope: document
findings contains result.finding(
	rego.metadata.chain(),
	input.deployment,
	{"limit": limit, "actual": actual},
	{
		"{actual}": money.usd(actual),
		"{note}": resources.cost_note(_config, input.totals),
		"{figure}": figure.meaning,
		"{environment}": input.deployment.environment,
		"{limit}": money.usd(limit),
		"{largest}": resources.largest(_margins),
	},
) if {
	some figure in _figures
	limit := resources.limit(figure, input.deployment.environment)
	actual := input.totals[figure.name] - _saved
	actual > limit
	not _reported
}

_config := params.active.deployment_range

_figures := [
	{
		"name": "p90",
		"meaning": "p90: more in one case of ten",
		"limits": _config.p90_limits,
		"other": _config.p90_other,
	},
	{
		"name": "max",
		"meaning": "the high end of its range",
		"limits": _config.max_limits,
		"other": _config.max_other,
	},
]

_saved := input.totals.monthly_cost - resources.monthly_cost(_config, input.totals)

_reported if {
	config := params.active.deployment_limit
	resources.monthly_cost(config, input.totals) > config.limit
}

_margins contains [margin, resource.address] if {
	some resource in resources.present
	margin := resource.cost_estimate.max - resource.cost_estimate.expected
	margin > 0
}
