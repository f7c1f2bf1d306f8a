package tollbar.rules.infrastructure.team_limit_test

import data.tollbar.rules.infrastructure.team_limit as rule
import data.tollbar.testing

# An estimate of a team's deployment.
_of(team, total) := testing.estimate_with(
	[testing.resource({"monthly_cost": total})],
	{"deployment": {"team": team}},
)

_settings(params) := testing.settings("team_limit", params)

test_finding if {
	found := rule.findings with input as testing.estimate_with(
		[
			testing.resource({"address": "a", "monthly_cost": 400}),
			testing.resource({"address": "b", "monthly_cost": 700}),
			testing.resource({"address": "c"}),
		],
		{"deployment": {"team": "checkout"}},
	)
		with data.tollbar_settings as _settings({"limits": {"checkout": 1000}})
	found == {{
		"code": "TB122",
		"rule": "team_limit",
		"title": "No deployment costs more than its team may deploy",
		"severity": "error",
		"msg": concat(" ", [
			"[TB122] payments costs $1,100.00 a month in total,",
			"over the limit of $1,000.00 for the team checkout.",
		]),
		"limit": 1000,
		"actual": 1100,
		"remediation": concat(" ", [
			"Reduce what costs most: b ($700.00), a ($400.00).",
			"Or have it approved and set the tag high_cost_approved.",
		]),
		"docs": "docs/rules/TB122.md",
	}}
}

test_limits[name] if {
	some name, case in {
		"nothing set": {"estimate": _of("checkout", 90000), "params": {}, "limits": set()},
		"a cent under": {"estimate": _of("checkout", 999.99), "params": {"limits": {"checkout": 1000}}, "limits": set()},
		"at the limit": {"estimate": _of("checkout", 1000), "params": {"limits": {"checkout": 1000}}, "limits": set()},
		"a cent over": {
			"estimate": _of("checkout", 1000.01),
			"params": {"limits": {"checkout": 1000}},
			"limits": {1000},
		},
		"another team": {"estimate": _of("search", 90000), "params": {"limits": {"checkout": 1000}}, "limits": set()},
		"another team, with a limit for all others": {
			"estimate": _of("search", 500.01),
			"params": {"limits": {"checkout": 1000}, "other": 500},
			"limits": {500},
		},
		"no limit for that team": {
			"estimate": _of("search", 90000),
			"params": {"limits": {"search": null}, "other": 500},
			"limits": set(),
		},
		"no team": {
			"estimate": testing.estimate([testing.resource({"monthly_cost": 500.01})]),
			"params": {"limits": {"checkout": 1000}, "other": 500},
			"limits": {500},
		},
		"no team, and no limit for others": {
			"estimate": testing.estimate([testing.resource({"monthly_cost": 90000})]),
			"params": {"limits": {"checkout": 1000}},
			"limits": set(),
		},
	}
	found := rule.findings with input as case.estimate
		with data.tollbar_settings as _settings(case.params)
	{finding.limit | some finding in found} == case.limits
}

test_no_team_in_words if {
	found := rule.findings with input as testing.estimate([testing.resource({"monthly_cost": 600})])
		with data.tollbar_settings as _settings({"other": 500})
	testing.messages(found) == {concat(" ", [
		"[TB122] payments costs $600.00 a month in total,",
		"over the limit of $500.00 for a deployment without a team.",
	])}
}

_covered := object.union(
	_of("checkout", 1500),
	{"totals": {"costs": {"list": 1500, "committed": 0, "effective": 1000}}},
)

test_cost[name] if {
	some name, case in {
		"at list price": {"params": {}, "messages": {concat(" ", [
			"[TB122] payments costs $1,500.00 a month in total,",
			"over the limit of $900.00 for the team checkout.",
		])}},
		"with commitments": {"params": {"cost": "effective"}, "messages": {concat(" ", [
			"[TB122] payments costs $1,000.00 a month in total with commitments,",
			"over the limit of $900.00 for the team checkout.",
		])}},
		"with commitments, under the limit": {
			"params": {"cost": "effective", "limits": {"checkout": 1000}},
			"messages": set(),
		},
	}
	found := rule.findings with input as _covered
		with data.tollbar_settings as _settings(object.union({"limits": {"checkout": 900}}, case.params))
	testing.messages(found) == case.messages
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as _of("checkout", 2000)
		with data.tollbar_settings as _settings(object.union({"other": 500}, case.params))
	testing.severities(found) == case.severities
}
