package tollbar.rules.efficiency.accuracy_cost_test

import data.tollbar.rules.efficiency.accuracy_cost as rule
import data.tollbar.testing

_grown(ml, about) := testing.own_model(
	object.union({"accuracy": 0.915, "previous_accuracy": 0.91}, ml),
	object.union({"monthly_cost": 1400, "previous_monthly_cost": 1000}, about),
)

test_finding if {
	found := rule.findings with input as testing.estimate([_grown({}, {})])
	found == {{
		"code": "TB506",
		"rule": "accuracy_cost",
		"title": "More accuracy is worth its cost",
		"severity": "warning",
		"msg": concat(" ", [
			"[TB506] workload.ranker costs 40% more ($1,000.00 to $1,400.00 a month) for 0.5 points more accuracy;",
			"more than 20% must bring 1 points.",
		]),
		"resource": "workload.ranker",
		"limit": 20,
		"actual": 40,
		"saving": 400,
		"remediation": concat(" ", [
			"Keep the former model, which saves $400.00 a month,",
			"or bring the cost of this one down.",
		]),
		"docs": "docs/rules/TB506.md",
		"_loc": {"file": "workloads.yml", "line": 2},
	}}
}

test_models[name] if {
	some name, case in {
		"as many points as are wanted": {"ml": {"accuracy": 0.92}, "about": {}, "params": {}, "found": set()},
		"as many, whatever binary makes of it": {
			"ml": {"accuracy": 0.58, "previous_accuracy": 0.57},
			"about": {},
			"params": {},
			"found": set(),
		},
		"a little less": {"ml": {"accuracy": 0.9199}, "about": {}, "params": {}, "found": {40}},
		"worse": {"ml": {"accuracy": 0.9}, "about": {}, "params": {}, "found": {40}},
		"at the limit of cost": {"ml": {}, "about": {"monthly_cost": 1200}, "params": {}, "found": set()},
		"over it": {"ml": {}, "about": {"monthly_cost": 1200.5}, "params": {}, "found": {20.1}},
		"cheaper": {"ml": {}, "about": {"monthly_cost": 900}, "params": {}, "found": set()},
		"new": {"ml": {}, "about": {"previous_monthly_cost": 0}, "params": {}, "found": set()},
		"fewer points are enough": {"ml": {}, "about": {}, "params": {"points": 0.5}, "found": set()},
		"more growth is allowed": {"ml": {}, "about": {}, "params": {"percent": 40}, "found": set()},
	}
	found := rule.findings with input as testing.estimate([_grown(case.ml, case.about)])
		with data.tollbar_settings as testing.settings("accuracy_cost", case.params)
	{finding.actual | some finding in found} == case.found
}

test_what_is_not_told_cannot_be_judged[field] if {
	some field in ["accuracy", "previous_accuracy"]
	ml := object.remove({"accuracy": 0.9, "previous_accuracy": 0.9}, [field])
	found := rule.findings with input as testing.estimate([testing.own_model(ml, {"previous_monthly_cost": 10})])
	found == set()
}

test_without_a_base if {
	found := rule.findings with input as testing.estimate([object.remove(_grown({}, {}), ["previous_monthly_cost"])])
	found == set()
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([_grown({}, {})])
		with data.tollbar_settings as testing.settings("accuracy_cost", case.params)
	testing.severities(found) == case.severities
}
