# METADATA
# title: No change is made while its team or project is heading over the monthly budget
# description: |
#   Carries what was spent this month on to its end at the daily rate so far and adds the change for the rest of the
#   month: spent / days counted * days of the month + change * share of the month left. Judges the budget of the team
#   and that of the project, where spend is known of this month. Not before from_day days are counted: the first days
#   tell little. A change that adds nothing passes, and so does a forecast at the limit.
# custom:
#   code: TB403
#   category: budget
#   default_mode: warn
#   message: >-
#     adds to what is heading for {actual} by the end of {month}, over {limit}: {owner} spent {spent} in the
#     {days} days up to {as_of}, and {change} adds {added} for the rest of the month.
#   remediation: >-
#     Find what grew in {owner} this month before adding to it, put the change off, or have the budget
#     raised (budgets in tollbar.yml).
#   params: [mode, enforce_from, percent, from_day]
#   since: 0.2.0
package tollbar.rules.budget.budget_forecast

import data.tollbar.lib.budgets
import data.tollbar.lib.clock
import data.tollbar.lib.money
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per budget, the team's and the project's, that the forecast is over.
# scope: document
findings contains result.finding(
	rego.metadata.chain(),
	input.deployment,
	{"limit": limit, "actual": forecast},
	{
		"{owner}": budget.text,
		"{actual}": money.usd(forecast),
		"{month}": clock.month,
		"{limit}": budgets.limit_text(budget, config.percent),
		"{spent}": money.usd(past.amount),
		"{days}": sprintf("%d", [past.days]),
		"{as_of}": past.as_of,
		"{change}": budgets.change.text,
		"{added}": money.usd(budgets.change.added),
	},
) if {
	budgets.change.amount > 0
	config := params.active.budget_forecast
	some budget in budgets.of_deployment
	past := budgets.spent(budget)
	past.days >= config.from_day
	forecast := ((past.amount * clock.days_in_month) / past.days) + budgets.change.added
	limit := (budget.monthly * config.percent) / 100
	forecast > limit
}
