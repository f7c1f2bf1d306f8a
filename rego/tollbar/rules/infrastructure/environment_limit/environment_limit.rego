# METADATA
# title: No resource costs more than its environment allows
# description: |
#   Each environment has a limit for what a single resource may cost a month, so that one large machine does not hide in
#   a large total. A resource at the limit passes. In an environment without a limit, that of "other" counts, if there
#   is one. With cost: effective, the cost with commitments is judged; a resource estimated without any is judged at
#   list price. A resource that was approved is let through by a tag of its own (exempt_tag) and stays in the report.
# custom:
#   code: TB101
#   category: infrastructure
#   default_mode: enforce
#   message: costs {actual} a month{note}, over the {environment} limit of {limit}.
#   remediation: Choose a smaller size or fewer of them.
#   params: [mode, enforce_from, limits, other, cost, exempt_tag]
#   since: 0.1.0
package tollbar.rules.infrastructure.environment_limit

import data.tollbar.lib.money
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource over its limit.
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
	config := params.active.environment_limit
	some resource in resources.costlier(config, min([limit | some limit in limits]))
	limit := limits[resource.environment]
	actual := resources.monthly_cost(config, resource)
	actual > limit
])

# METADATA
# description: The limit for a resource in each environment that has one; none while the rule is off.
# scope: document
limits[environment] := resources.limit(params.active.environment_limit, environment) if {
	some environment in resources.environments
}
