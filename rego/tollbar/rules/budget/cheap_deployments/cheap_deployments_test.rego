package tollbar.rules.budget.cheap_deployments_test

import data.tollbar.rules.budget.cheap_deployments as rule
import data.tollbar.testing

_past(given) := object.union(
	{
		"time": "2026-11-19T10:00:00Z",
		"name": "payments",
		"environment": "dev",
		"monthly_cost": 500,
		"delta": 150,
		"outcome": "allow",
	},
	given,
)

_estimate(delta, deployments) := testing.estimate_with([], {
	"totals": {"delta": delta},
	"history": {"deployments": deployments},
})

# All different, as the changes of a ledger are.
_changes(number) := [_past({"pull_request": sprintf("#%d", [n])}) | some n in numbers.range(1, number)]

test_finding if {
	found := rule.findings with input as _estimate(199.99, _changes(9))
	found == {{
		"code": "TB404",
		"rule": "cheap_deployments",
		"title": "Many cheap changes do not add up to an expensive one",
		"severity": "warning",
		"msg": concat(" ", [
			"[TB404] payments is one of 10 changes of payments in 30 days that each cost less than $200.00 a month more,",
			"and together $1,549.99, over the limit of $1,000.00.",
		]),
		"limit": 1000,
		"actual": 1549.99,
		"remediation": concat(" ", [
			"Look at them together and take back what is not needed.",
			"Grew most: this change ($199.99), #9 ($150.00), #8 ($150.00).",
		]),
		"docs": "docs/rules/TB404.md",
	}}
}

test_cases[name] if {
	some name, case in {
		"one too few": {"delta": 199.99, "past": _changes(8), "params": {}, "found": set()},
		"as many as make a trend of one's own": {
			"delta": 60,
			"past": _changes(1),
			"params": {"count": 2, "limit": 100},
			"found": {210},
		},
		"this one is not cheap": {"delta": 200, "past": _changes(9), "params": {}, "found": set()},
		"this one costs nothing more": {"delta": 0, "past": _changes(9), "params": {}, "found": set()},
		"this one costs a cent more": {"delta": 0.01, "past": _changes(9), "params": {}, "found": {1350.01}},
		"a limit of one's own for cheap": {
			"delta": 150,
			"past": _changes(9),
			"params": {"each": 150},
			"found": set(),
		},
		"at the limit": {"delta": 150, "past": _changes(9), "params": {"limit": 1500}, "found": set()},
		"a cent over the limit": {"delta": 150, "past": _changes(9), "params": {"limit": 1499.99}, "found": {1500}},
	}
	found := rule.findings with input as _estimate(case.delta, case.past)
		with data.tollbar_settings as testing.settings("cheap_deployments", case.params)
	{finding.actual | some finding in found} == case.found
}

# With eight that count, a ninth decides.
test_which_count[name] if {
	some name, case in {
		"the window's first moment is left out": {"past": {"time": "2026-10-22T10:00:00Z"}, "found": set()},
		"just within the window": {"past": {"time": "2026-10-22T10:00:01Z"}, "found": {1500}},
		"a dear one": {"past": {"delta": 200}, "found": set()},
		"a saving": {"past": {"delta": -10}, "found": set()},
		"one that changed nothing": {"past": {"delta": 0}, "found": set()},
		"one whose change is not known": {"past": {"delta": null}, "found": set()},
		"denied": {"past": {"outcome": "deny"}, "found": set()},
		"another's": {"past": {"name": "search"}, "found": set()},
	}
	past := array.concat(_changes(8), [object.filter(_past(case.past), [key |
		some key, value in _past(case.past)
		not is_null(value)
	])])
	found := rule.findings with input as _estimate(150, past)
	{finding.actual | some finding in found} == case.found
}

test_days if {
	settings := testing.settings("cheap_deployments", {"days": 2})
	found := rule.findings with input as _estimate(150, _changes(9)) with data.tollbar_settings as settings
	found == set()
}

test_of_a_team if {
	settings := testing.settings("cheap_deployments", {"by": "team", "count": 2, "limit": 0})
	estimate := object.union(_estimate(10, [_past({"name": "orders", "team": "checkout"})]), {"deployment": {
		"name": "payments",
		"environment": "dev",
		"team": "checkout",
		"project_id": "shop",
	}})
	found := rule.findings with input as estimate with data.tollbar_settings as settings
	testing.messages(found) == {concat(" ", [
		"[TB404] payments is one of 2 changes of team checkout in 30 days that each cost less than $200.00 a month more,",
		"and together $160.00, over the limit of $0.00.",
	])}
	by_project := testing.settings("cheap_deployments", {"by": "project", "count": 2, "limit": 0})
	found_by_project := rule.findings with input as estimate with data.tollbar_settings as by_project
	found_by_project == set()
}

test_nothing_known[name] if {
	some name, removed in {"of this change": "/totals/delta", "of those before": "/history"}
	found := rule.findings with input as json.remove(_estimate(150, _changes(9)), [removed])
	found == set()
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as _estimate(150, _changes(9))
		with data.tollbar_settings as testing.settings("cheap_deployments", case.params)
	testing.severities(found) == case.severities
}
