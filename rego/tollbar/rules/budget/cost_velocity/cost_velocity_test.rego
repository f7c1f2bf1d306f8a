package tollbar.rules.budget.cost_velocity_test

import data.tollbar.rules.budget.cost_velocity as rule
import data.tollbar.testing

_past(day, delta) := {
	"time": sprintf("2026-11-%sT10:00:00Z", [day]),
	"name": "payments",
	"environment": "dev",
	"monthly_cost": 5000,
	"delta": delta,
	"outcome": "allow",
}

_estimate(delta, deployments) := testing.estimate_with([], {
	"totals": {"delta": delta},
	"history": {"deployments": deployments},
})

test_finding if {
	found := rule.findings with input as _estimate(3000, [_past("20", 2500), _past("19", -100), _past("18", 0)])
	found == {{
		"code": "TB405",
		"rule": "cost_velocity",
		"title": "Cost does not grow faster than it should",
		"severity": "warning",
		"msg": concat(" ", [
			"[TB405] payments makes the changes of payments in the last 7 days add $5,400.00 a month,",
			"over the limit of $5,000.00.",
		]),
		"limit": 5000,
		"actual": 5400,
		"remediation": concat(" ", [
			"Slow down, or find out what drives it.",
			"Grew most: this change ($3,000.00), payments of 2026-11-20 ($2,500.00).",
		]),
		"docs": "docs/rules/TB405.md",
	}}
}

test_faster_than_before if {
	found := rule.findings with input as _estimate(600, [_past("20", 301), _past("10", 200), _past("14", 100)])
	testing.messages(found) == {concat(" ", [
		"[TB405] payments makes the changes of payments in the last 7 days add $901.00 a month,",
		"over 3 times the $300.00 of the 7 days before.",
	])}
}

test_the_lower_limit_counts if {
	found := rule.findings with input as _estimate(600, [_past("10", 100)])
		with data.tollbar_settings as testing.settings("cost_velocity", {"limit": 400})
	{finding.limit | some finding in found} == {300}
}

test_cases[name] if {
	some name, case in {
		"at the limit": {"delta": 5000, "past": [], "params": {}, "found": set()},
		"a cent over the limit": {"delta": 5000.01, "past": [], "params": {}, "found": {5000}},
		"over a limit of one's own": {"delta": 10, "past": [], "params": {"limit": 9}, "found": {9}},
		"not limited": {"delta": 90000, "past": [], "params": {"limit": null}, "found": set()},
		"as many times as may be": {"delta": 600, "past": [_past("10", 200)], "params": {}, "found": set()},
		"a cent more": {"delta": 600.01, "past": [_past("10", 200)], "params": {}, "found": {600}},
		"times of one's own": {"delta": 600, "past": [_past("10", 200)], "params": {"times": 2}, "found": {400}},
		"any number of times": {
			"delta": 4000,
			"past": [_past("10", 200)],
			"params": {"times": null},
			"found": set(),
		},
		"a little": {"delta": 500, "past": [_past("10", 1)], "params": {}, "found": set()},
		"a little more": {"delta": 500.01, "past": [_past("10", 1)], "params": {}, "found": {3}},
		"a little of one's own": {
			"delta": 11,
			"past": [_past("10", 1)],
			"params": {"minimum": 10},
			"found": {3},
		},
		"after a saving": {"delta": 600, "past": [_past("10", -1)], "params": {}, "found": set()},
		"after nothing": {"delta": 600, "past": [_past("10", 0)], "params": {}, "found": set()},
		"the last moment of the window": {
			"delta": 4900,
			"past": [_past("14", 101)],
			"params": {"times": null},
			"found": set(),
		},
		"within longer days": {
			"delta": 4900,
			"past": [_past("14", 101)],
			"params": {"days": 8, "times": null},
			"found": {5000},
		},
		"that moment belongs to the days before": {"delta": 600, "past": [_past("14", 100)], "params": {}, "found": {300}},
		"just within the days before": {"delta": 600, "past": [_past("08", 100)], "params": {}, "found": {300}},
		"the end of the days before": {"delta": 600, "past": [_past("07", 100)], "params": {}, "found": set()},
		"a change that saves": {"delta": -1, "past": [_past("20", 9000)], "params": {}, "found": set()},
		"a change that costs nothing more": {"delta": 0, "past": [_past("20", 9000)], "params": {}, "found": set()},
		"a change of a cent": {"delta": 0.01, "past": [_past("20", 9000)], "params": {}, "found": {5000}},
	}
	found := rule.findings with input as _estimate(case.delta, case.past)
		with data.tollbar_settings as testing.settings("cost_velocity", case.params)
	{finding.limit | some finding in found} == case.found
}

test_changes_that_are_not_known if {
	unknown := json.remove(_past("20", 0), ["/delta"])
	found := rule.findings with input as _estimate(6000, [unknown, unknown, json.remove(_past("10", 0), ["/delta"])])
	testing.messages(found) == {concat(" ", [
		"[TB405] payments makes the changes of payments in the last 7 days add $6,000.00 a month,",
		"over the limit of $5,000.00; not counted, because their change is not known: 2.",
	])}
}

test_of_a_team if {
	settings := testing.settings("cost_velocity", {"by": "team"})
	past := object.union(_past("20", 2000), {"name": "orders", "team": "checkout"})
	deployment := {"name": "payments", "environment": "dev", "team": "checkout"}
	estimate := object.union(_estimate(4000, [past]), {"deployment": deployment})
	found := rule.findings with input as estimate with data.tollbar_settings as settings
	{finding.actual | some finding in found} == {6000}
	alone := rule.findings with input as estimate
	alone == set()
}

test_this_change_not_known if {
	found := rule.findings with input as json.remove(_estimate(1, [_past("20", 9000)]), ["/totals/delta"])
	found == set()
}

test_no_history if {
	found := rule.findings with input as json.remove(_estimate(5000.01, []), ["/history"])
	{finding.actual | some finding in found} == {5000.01}
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as _estimate(6000, [])
		with data.tollbar_settings as testing.settings("cost_velocity", case.params)
	testing.severities(found) == case.severities
}
