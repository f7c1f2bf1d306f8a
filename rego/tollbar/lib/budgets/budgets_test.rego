package tollbar.lib.budgets_test

import data.tollbar.lib.budgets
import data.tollbar.testing

_settings := {"budgets": [
	{"team": "checkout", "monthly": 2000},
	{"team": "checkout", "monthly": 3000},
	{"team": "search", "monthly": 10},
	{"project": "shop", "monthly": 1500},
	{"project": "checkout", "monthly": 20},
]}

# Half of November is left.
_estimate(given) := testing.estimate_with(
	[testing.resource({"monthly_cost": 900})],
	object.union(
		{
			"meta": {"now": "2026-11-16T00:00:00Z"},
			"deployment": {"team": "checkout", "project_id": "shop"},
			"totals": {"previous": 500, "delta": 400},
		},
		given,
	),
)

_team := {"field": "team", "name": "checkout", "text": "team checkout", "monthly": 2000}

_project := {"field": "project_id", "name": "shop", "text": "project shop", "monthly": 1500}

test_of_deployment[name] if {
	some name, case in {
		"of both": {"deployment": {"team": "checkout", "project_id": "shop"}, "budgets": {_team, _project}},
		"of its team": {"deployment": {"team": "checkout"}, "budgets": {_team}},
		"of its project": {"deployment": {"project_id": "shop"}, "budgets": {_project}},
		"of neither": {"deployment": {"team": "shop", "project_id": "other"}, "budgets": set()},
		"without an owner": {"deployment": {}, "budgets": set()},
	}
	deployment := case.deployment
	budgets.of_deployment == case.budgets with input as testing.estimate_with([], {"deployment": deployment})
		with data.tollbar_settings as _settings
}

test_no_budgets if {
	found := budgets.of_deployment with input as _estimate({})
	found == set()
}

test_limit_text if {
	budgets.limit_text(_team, 100) == "the budget of $2,000.00"
	budgets.limit_text(_team, 80) == "80% of the budget of $2,000.00"
}

test_change[name] if {
	some name, case in {
		"compared": {
			"totals": {"previous": 500, "delta": 400},
			"change": {"amount": 400, "added": 200, "text": "this change"},
		},
		"a saving": {
			"totals": {"previous": 1000, "delta": -100},
			"change": {"amount": -100, "added": -50, "text": "this change"},
		},
		"not compared": {
			"totals": {},
			"change": {"amount": 900, "added": 450, "text": "this deployment, all of which counts as new,"},
		},
	}
	estimate := object.union(json.remove(_estimate({}), ["/totals/delta", "/totals/previous"]), {"totals": case.totals})
	budgets.change == case.change with input as estimate
}

_spend(given) := object.union({"month": "2026-11", "as_of": "2026-11-10", "amount": 1000, "team": "checkout"}, given)

test_spent[name] if {
	some name, case in {
		"known": {"spend": [_spend({})], "spent": {_spend({"days": 10})}},
		"the latest counts": {
			"spend": [_spend({"as_of": "2026-11-12", "amount": 900}), _spend({})],
			"spent": {_spend({"as_of": "2026-11-12", "amount": 900, "days": 12})},
		},
		"of another month": {"spend": [_spend({"month": "2026-10", "as_of": "2026-10-31"})], "spent": set()},
		"of another month, though seen this month": {"spend": [_spend({"month": "2026-10"})], "spent": set()},
		"seen in another month": {"spend": [_spend({"as_of": "2026-12-01"})], "spent": set()},
		"of another team": {"spend": [_spend({"team": "search"})], "spent": set()},
		"of one of its projects": {"spend": [_spend({"project_id": "shop"})], "spent": set()},
		"nothing told": {"spend": [], "spent": set()},
	}
	estimate := _estimate({"history": {"spend": case.spend}})
	found := {spent | spent := budgets.spent(_team)} with input as estimate
	found == case.spent
}

test_spent_for_a_project if {
	told := _spend({"project_id": "shop"})
	budgets.spent(_project) == object.union(told, {"days": 10}) with input as _estimate({"history": {"spend": [told]}})
}

test_without_a_history if {
	found := {spent | spent := budgets.spent(_team)} with input as _estimate({})
	found == set()
}

_past(given) := object.union(
	{
		"time": "2026-11-10T10:00:00Z",
		"name": "orders",
		"environment": "dev",
		"team": "checkout",
		"project_id": "shop",
		"monthly_cost": 100,
		"outcome": "allow",
	},
	given,
)

test_outlook[name] if {
	some name, case in {
		"with what was spent": {
			"history": {"spend": [_spend({})], "deployments": [_past({})]},
			"outlook": {"amount": 1700, "text": concat(" ", [
				"$1,000.00 spent up to 2026-11-10 makes $1,500.00 by now,",
				"and this change adds $200.00 for the rest of the month",
			])},
		},
		"with what was spent up to a day later than now": {
			"history": {"spend": [_spend({"as_of": "2026-11-20"})]},
			"outlook": {"amount": 1200, "text": concat(" ", [
				"$1,000.00 spent up to 2026-11-20 makes $1,000.00 by now,",
				"and this change adds $200.00 for the rest of the month",
			])},
		},
		"with the latest cost of each other deployment": {
			"history": {"deployments": [
				_past({"monthly_cost": 300}),
				_past({"monthly_cost": 250, "time": "2026-11-12T10:00:00Z"}),
				_past({"monthly_cost": 200, "time": "2026-11-11T10:00:00Z"}),
				_past({"monthly_cost": 40, "environment": "prod"}),
				_past({"monthly_cost": 7, "name": "payments"}),
				_past({"monthly_cost": 5000, "name": "refused", "outcome": "deny"}),
				_past({"monthly_cost": 5000, "team": "search"}),
			]},
			"outlook": {"amount": 1190, "text": concat(" ", [
				"what it spent this month is not known;",
				"its other deployments (2) cost $290.00 and this one $900.00",
			])},
		},
		"alone": {
			"history": {"deployments": [_past({"monthly_cost": 7, "name": "payments"})]},
			"outlook": {
				"amount": 900,
				"text": "nothing is known of what else it spends; this deployment alone costs $900.00",
			},
		},
	}
	budgets.outlook(_team) == case.outlook with input as _estimate({"history": case.history})
}
