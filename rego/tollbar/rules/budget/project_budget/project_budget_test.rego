package tollbar.rules.budget.project_budget_test

import data.tollbar.rules.budget.project_budget as rule
import data.tollbar.testing

# Half of November is left. Carried on from 10 days to now, 15 days, $1,000.00 makes $1,500.00; the change adds half.
_estimate(delta) := testing.estimate_with(
	[testing.resource({"monthly_cost": 900})],
	{
		"meta": {"now": "2026-11-16T00:00:00Z"},
		"deployment": {"project_id": "checkout"},
		"totals": {"previous": 900 - delta, "delta": delta},
		"history": {"spend": [{"project_id": "checkout", "month": "2026-11", "as_of": "2026-11-10", "amount": 1000}]},
	},
)

_settings(monthly, params) := object.union(
	{"budgets": [{"project": "checkout", "monthly": monthly}]},
	testing.settings("project_budget", params),
)

test_finding if {
	found := rule.findings with input as _estimate(400)
		with data.tollbar_settings as _settings(1600, {})
	found == {{
		"code": "TB402",
		"rule": "project_budget",
		"title": "No change takes its project over the project's monthly budget",
		"severity": "error",
		"msg": concat(" ", [
			"[TB402] payments takes project checkout to $1,700.00 a month, over the budget of $1,600.00:",
			"$1,000.00 spent up to 2026-11-10 makes $1,500.00 by now,",
			"and this change adds $200.00 for the rest of the month.",
		]),
		"limit": 1600,
		"actual": 1700,
		"remediation": concat(" ", [
			"Make the change $100.00 cheaper this month, take something else away first,",
			"or have the budget of project checkout raised (budgets in tollbar.yml).",
		]),
		"docs": "docs/rules/TB402.md",
	}}
}

test_limits[name] if {
	some name, case in {
		"a cent under the budget": {"delta": 400, "monthly": 1700.01, "params": {}, "limits": set()},
		"at the budget": {"delta": 400, "monthly": 1700, "params": {}, "limits": set()},
		"a cent over the budget": {"delta": 400, "monthly": 1699.99, "params": {}, "limits": {1699.99}},
		"at a share of the budget": {"delta": 400, "monthly": 3400, "params": {"percent": 50}, "limits": set()},
		"over a share of the budget": {"delta": 400, "monthly": 3200, "params": {"percent": 50}, "limits": {1600}},
		"a saving": {"delta": -1, "monthly": 0, "params": {}, "limits": set()},
		"no change of the cost": {"delta": 0, "monthly": 0, "params": {}, "limits": set()},
		"a change of a cent": {"delta": 0.01, "monthly": 0, "params": {}, "limits": {0}},
	}
	found := rule.findings with input as _estimate(case.delta)
		with data.tollbar_settings as _settings(case.monthly, case.params)
	{finding.limit | some finding in found} == case.limits
}

test_share_in_words if {
	found := rule.findings with input as _estimate(400)
		with data.tollbar_settings as _settings(2000, {"percent": 80})
	testing.messages(found) == {concat(" ", [
		"[TB402] payments takes project checkout to $1,700.00 a month, over 80% of the budget of $2,000.00:",
		"$1,000.00 spent up to 2026-11-10 makes $1,500.00 by now,",
		"and this change adds $200.00 for the rest of the month.",
	])}
}

test_nothing_known_of_what_is_spent if {
	found := rule.findings with input as json.remove(_estimate(400), ["/history", "/totals/delta", "/totals/previous"])
		with data.tollbar_settings as _settings(800, {})
	testing.messages(found) == {concat(" ", [
		"[TB402] payments takes project checkout to $900.00 a month, over the budget of $800.00:",
		"nothing is known of what else it spends; this deployment alone costs $900.00.",
	])}
}

test_no_budget[name] if {
	some name, settings in {
		"at all": {},
		"of its own": {"budgets": [{"project": "search", "monthly": 1}]},
		"of this kind": {"budgets": [{"team": "checkout", "monthly": 1}]},
	}
	found := rule.findings with input as _estimate(400) with data.tollbar_settings as settings
	found == set()
}

test_no_owner if {
	found := rule.findings with input as json.remove(_estimate(400), ["/deployment/project_id"])
		with data.tollbar_settings as _settings(1, {})
	found == set()
}

_today := object.union(_estimate(400), {"meta": {"now": testing.now}})

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as _today
		with data.tollbar_settings as _settings(1600, case.params)
	testing.severities(found) == case.severities
}
