# METADATA
# title: No deployment costs more than the limit
# description: |
#   The total of all resources together: many that each pass may add up to more than anybody meant to spend. A
#   deployment at the limit passes. What has no price is not in the total (TB002, TB005). With cost: effective, the
#   total with commitments is judged; a deployment estimated without any is judged at list price. A deployment that was
#   approved is let through by a tag (tags in tollbar.yml) and stays in the report.
# custom:
#   code: TB102
#   category: infrastructure
#   default_mode: enforce
#   message: "costs {actual} a month in total{note}, over the limit of {limit} for a deployment."
#   remediation: "Reduce what costs most: {largest}."
#   params: [mode, enforce_from, limit, cost, exempt_tag]
#   since: 0.1.0
package tollbar.rules.infrastructure.deployment_limit

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
	{"limit": config.limit, "actual": actual},
	{
		"{actual}": money.usd(actual),
		"{note}": resources.cost_note(config, input.totals),
		"{limit}": money.usd(config.limit),
		"{largest}": resources.costliest(config),
	},
) if {
	config := params.active.deployment_limit
	actual := resources.monthly_cost(config, input.totals)
	actual > config.limit
}
