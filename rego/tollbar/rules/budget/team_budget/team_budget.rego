# METADATA
# title: No change takes its team over the team's monthly budget
# description: |
#   A change may be small and still be the one that breaks the budget. Where the history tells what the team spent this
#   month up to a day, that is carried on to now at its daily rate, and the change is added for the rest of the month:
#   spent / days counted * days passed + change * share of the month left. Where it does not, the latest monthly cost of
#   each other deployment of the team that went ahead and of this one are added up. Where it tells of no others either,
#   this deployment is compared alone, and the message says so. What there is nothing to compare with counts as new.
#   A change that adds nothing passes, and so does one that comes to the limit. Finds nothing until a budget is set.
# custom:
#   code: TB401
#   category: budget
#   default_mode: enforce
#   message: "takes {owner} to {actual} a month, over {limit}: {how}."
#   remediation: >-
#     Make the change {over} cheaper this month, take something else away first, or have the budget of {owner} raised
#     (budgets in tollbar.yml).
#   params: [mode, enforce_from, percent]
#   since: 0.2.0
package tollbar.rules.budget.team_budget

import data.tollbar.lib.budgets
import data.tollbar.lib.money
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding for the whole deployment.
# scope: document
findings contains result.finding(
	rego.metadata.chain(),
	input.deployment,
	{"limit": limit, "actual": outlook.amount},
	{
		"{owner}": budget.text,
		"{actual}": money.usd(outlook.amount),
		"{limit}": budgets.limit_text(budget, config.percent),
		"{how}": outlook.text,
		"{over}": money.usd(outlook.amount - limit),
	},
) if {
	budgets.change.amount > 0
	config := params.active.team_budget
	budget := budgets.of_team
	limit := (budget.monthly * config.percent) / 100
	outlook := budgets.outlook(budget)
	outlook.amount > limit
}
