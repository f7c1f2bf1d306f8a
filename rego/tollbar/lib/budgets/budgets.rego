# METADATA
# description: |
#   What a team or a project may spend a month, and what this change would make of what it spends.
#
#   Where it is known what was spent this month up to a day, that is carried on to now at its daily rate, and the change
#   is added for the share of the month that is left:
#
#     spent / days counted * days passed + change * share of the month left
#
#   Where it is not, the latest cost of each other deployment that went ahead and the cost of this one are added up, a
#   month each. Where nothing is known of others either, this deployment is compared alone.
package tollbar.lib.budgets

import data.tollbar.lib.clock
import data.tollbar.lib.history
import data.tollbar.lib.money
import data.tollbar.lib.settings

# METADATA
# description: The budget of the deployment's team, the lowest of several. Undefined if it has none.
of_team := {"field": "team", "name": name, "text": sprintf("team %s", [name]), "monthly": monthly} if {
	name := input.deployment.team
	monthly := min([budget.monthly | some budget in settings.valid.budgets; budget.team == name])
}

# METADATA
# description: The budget of the deployment's project, the lowest of several. Undefined if it has none.
of_project := {"field": "project_id", "name": name, "text": sprintf("project %s", [name]), "monthly": monthly} if {
	name := input.deployment.project_id
	monthly := min([budget.monthly | some budget in settings.valid.budgets; budget.project == name])
}

# METADATA
# description: The budgets of the deployment's team and project, where they have one.
# scope: document
of_deployment contains of_team

of_deployment contains of_project

# METADATA
# description: How messages call what of a budget may be used.
limit_text(budget, percent) := sprintf("the budget of %s", [money.usd(budget.monthly)]) if {
	percent == 100
} else := sprintf("%v%% of the budget of %s", [percent, money.usd(budget.monthly)])

# METADATA
# description: |
#   What the change adds a month (amount) and in the share of this month that is left (added), and how messages call it.
#   Where there is nothing to compare with, all of the deployment counts as new.
change := object.union(_change, {"added": _change.amount * clock.month_left})

_change := {"amount": input.totals.delta, "text": "this change"} if {
	is_number(input.totals.delta)
} else := {"amount": _monthly, "text": "this deployment, all of which counts as new,"}

# METADATA
# description: What the month comes to with this change, and how that is known, in words.
outlook(budget) := _by_spend(spent(budget), change) if {
	spent(budget)
} else := _by_run_rate(_others(budget)) if {
	count(_others(budget)) > 0
} else := _alone

_alone := {"amount": _monthly, "text": text} if {
	text := sprintf("nothing is known of what else it spends; this deployment alone costs %s", [money.usd(_monthly)])
}

_monthly := input.totals.monthly_cost

_by_spend(past, this) := {"amount": by_now + this.added, "text": text} if {
	by_now := (past.amount * max([clock.days_passed, past.days])) / past.days
	text := sprintf("%s spent up to %s makes %s by now, and %s adds %s for the rest of the month", [
		money.usd(past.amount),
		past.as_of,
		money.usd(by_now),
		this.text,
		money.usd(this.added),
	])
}

_by_run_rate(others) := {"amount": sum(others) + _monthly, "text": text} if {
	text := sprintf("what it spent this month is not known; its other deployments (%d) cost %s and this one %s", [
		count(others),
		money.usd(sum(others)),
		money.usd(_monthly),
	])
}

# METADATA
# description: |
#   What was spent of a budget this month up to the last day told of, and how many days that are. Undefined if it is not
#   known. What is told of a project of a team is not what the team spent.
spent(budget) := object.union(latest, {"days": clock.day_of_month(latest.as_of)}) if {
	[_, latest] := max([[past.as_of, past] |
		some past in input.history.spend
		past[budget.field] == budget.name
		past.month == clock.month
		_whole(budget.field, past)
		clock.day_of_month(past.as_of)
	])
}

_whole("team", past) if not past.project_id

_whole("project_id", _)

# The latest cost of each deployment but this one.
_others(budget) := [cost |
	some identity, cost in object.union_n([{history.identity(past): past.monthly_cost} |
		some [_, past] in array.reverse(sort([[past.days, past] | some past in history.before(budget)]))
	])
	identity != history.identity(input.deployment)
]
