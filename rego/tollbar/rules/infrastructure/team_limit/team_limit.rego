# METADATA
# title: No deployment costs more than its team may deploy
# description: |
#   A limit for the total of one deployment, by the team it belongs to; budgets, which add up deployments, are another
#   matter. Nothing is limited until limits are set. A deployment without a team has the limit of teams not listed:
#   leaving the team out must not lift a limit. A deployment at the limit passes.
# custom:
#   code: TB122
#   category: infrastructure
#   default_mode: enforce
#   message: "costs {actual} a month in total{note}, over the limit of {limit} for {team}."
#   remediation: "Reduce what costs most: {largest}."
#   params: [mode, enforce_from, limits, other, cost, exempt_tag]
#   since: 0.2.0
package tollbar.rules.infrastructure.team_limit

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
	{"limit": limit, "actual": actual},
	{
		"{actual}": money.usd(actual),
		"{note}": resources.cost_note(config, input.totals),
		"{limit}": money.usd(limit),
		"{team}": _team.text,
		"{largest}": resources.costliest(config),
	},
) if {
	config := params.active.team_limit
	limit := object.get(config.limits, _team.name, config.other)
	is_number(limit)
	actual := resources.monthly_cost(config, input.totals)
	actual > limit
}

default _team := {"name": "", "text": "a deployment without a team"}

_team := {"name": input.deployment.team, "text": sprintf("the team %s", [input.deployment.team])}
