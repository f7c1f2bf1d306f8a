package tollbar.rules.budget.budget_forecast_test

import data.tollbar.rules.budget.budget_forecast as rule
import data.tollbar.testing

# Half of November is left. $1,000.00 in 10 days makes $3,000.00 in 30; the change adds half.
_estimate(delta) := testing.estimate_with(
	[testing.resource({"monthly_cost": 900})],
	{
		"meta": {"now": "2026-11-16T00:00:00Z"},
		"deployment": {"team": "checkout", "project_id": "shop"},
		"totals": {"previous": 900 - delta, "delta": delta},
		"history": {"spend": [
			{"team": "checkout", "month": "2026-11", "as_of": "2026-11-10", "amount": 1000},
			{"team": "checkout", "project_id": "shop", "month": "2026-11", "as_of": "2026-11-15", "amount": 600},
		]},
	},
)

_settings(budgets, params) := object.union({"budgets": budgets}, testing.settings("budget_forecast", params))

_team(monthly) := [{"team": "checkout", "monthly": monthly}]

test_finding if {
	found := rule.findings with input as _estimate(400)
		with data.tollbar_settings as _settings(_team(2500), {})
	found == {{
		"code": "TB403",
		"rule": "budget_forecast",
		"title": "No change is made while its team or project is heading over the monthly budget",
		"severity": "warning",
		"msg": concat(" ", [
			"[TB403] payments adds to what is heading for $3,200.00 by the end of 2026-11, over the budget of $2,500.00:",
			"team checkout spent $1,000.00 in the 10 days up to 2026-11-10,",
			"and this change adds $200.00 for the rest of the month.",
		]),
		"limit": 2500,
		"actual": 3200,
		"remediation": concat(" ", [
			"Find what grew in team checkout this month before adding to it, put the change off,",
			"or have the budget raised (budgets in tollbar.yml).",
		]),
		"docs": "docs/rules/TB403.md",
	}}
}

test_both_budgets if {
	found := rule.findings with input as _estimate(400)
		with data.tollbar_settings as _settings([{"project": "shop", "monthly": 1399.99}, _team(3199.99)[0]], {})
	{[finding.limit, finding.actual] | some finding in found} == {[1399.99, 1400], [3199.99, 3200]}
}

test_limits[name] if {
	some name, case in {
		"a cent under the budget": {"delta": 400, "monthly": 3200.01, "params": {}, "limits": set()},
		"at the budget": {"delta": 400, "monthly": 3200, "params": {}, "limits": set()},
		"a cent over the budget": {"delta": 400, "monthly": 3199.99, "params": {}, "limits": {3199.99}},
		"at a share of it": {"delta": 400, "monthly": 4000, "params": {"percent": 80}, "limits": set()},
		"over a share of it": {"delta": 400, "monthly": 4000, "params": {"percent": 79}, "limits": {3160}},
		"a saving": {"delta": -1, "monthly": 1, "params": {}, "limits": set()},
		"no change of the cost": {"delta": 0, "monthly": 1, "params": {}, "limits": set()},
		"a change of a cent": {"delta": 0.01, "monthly": 1, "params": {}, "limits": {1}},
		"the day before": {"delta": 400, "monthly": 1, "params": {"from_day": 11}, "limits": set()},
		"from this day on": {"delta": 400, "monthly": 1, "params": {"from_day": 10}, "limits": {1}},
	}
	found := rule.findings with input as _estimate(case.delta)
		with data.tollbar_settings as _settings(_team(case.monthly), case.params)
	{finding.limit | some finding in found} == case.limits
}

test_all_of_it_counts_as_new if {
	estimate := json.remove(_estimate(400), ["/totals/delta", "/totals/previous"])
	found := rule.findings with input as estimate with data.tollbar_settings as _settings(_team(2500), {})
	testing.messages(found) == {concat(" ", [
		"[TB403] payments adds to what is heading for $3,450.00 by the end of 2026-11, over the budget of $2,500.00:",
		"team checkout spent $1,000.00 in the 10 days up to 2026-11-10,",
		"and this deployment, all of which counts as new, adds $450.00 for the rest of the month.",
	])}
}

test_nothing_known_of_this_month if {
	found := rule.findings with input as object.union(_estimate(400), {"meta": {"now": "2026-12-16T00:00:00Z"}})
		with data.tollbar_settings as _settings(_team(1), {})
	found == set()
}

test_no_budget if {
	found := rule.findings with input as _estimate(400)
	found == set()
}

_today := object.union(_estimate(400), {"meta": {"now": testing.now}})

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as _today
		with data.tollbar_settings as _settings(_team(1600), case.params)
	testing.severities(found) == case.severities
}
