# METADATA
# title: No deployment costs more than the limit
# description: |
#   The total of all resources together: many that each pass may add up to more than anybody meant to spend.
#   A deployment at the limit passes.
# custom:
#   code: TB102
#   category: infrastructure
#   default_mode: enforce
#   message: "costs {actual} a month in total, over the limit of {limit} for a deployment."
#   remediation: "Reduce what costs most: {largest}."
#   params: [mode, enforce_from, limit, exempt_tag]
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
	{"limit": config.limit, "actual": input.totals.monthly_cost},
	{
		"{actual}": money.usd(input.totals.monthly_cost),
		"{limit}": money.usd(config.limit),
		"{largest}": resources.largest({[resource.monthly_cost, resource.address] | some resource in resources.present}),
	},
) if {
	config := params.active.deployment_limit
	input.totals.monthly_cost > config.limit
}
