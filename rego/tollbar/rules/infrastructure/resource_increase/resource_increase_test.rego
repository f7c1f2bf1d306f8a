package tollbar.rules.infrastructure.resource_increase_test

import data.tollbar.rules.infrastructure.resource_increase as rule
import data.tollbar.testing

# A resource that was there before and grew.
_grown(previous, cost) := {"previous_monthly_cost": previous, "monthly_cost": cost, "action": "update"}

test_finding if {
	found := rule.findings with input as testing.estimate([
		testing.resource(_grown(1000, 1250.5)),
		testing.resource(object.union(_grown(9, 9), {"address": "same"})),
	])
	found == {{
		"code": "TB107",
		"rule": "resource_increase",
		"title": "No resource grows too much at once",
		"severity": "warning",
		"msg": concat(" ", [
			"[TB107] aws_instance.web costs $250.50 a month more than before ($1,000.00),",
			"over the dev limit of $250.00.",
		]),
		"resource": "aws_instance.web",
		"limit": 250,
		"actual": 250.5,
		"remediation": concat(" ", [
			"Check that the increase is meant.",
			"Choose a smaller size or fewer of them, or take smaller steps.",
			"Or have it approved and set the tag cost_approved.",
		]),
		"docs": "docs/rules/TB107.md",
		"_loc": {"file": "main.tf", "line": 3},
	}}
}

test_limits[name] if {
	some name, case in {
		"a cent under the limit": {"resource": _grown(1000, 1249.99), "params": {}, "limits": set()},
		"at the limit": {"resource": _grown(1000, 1250), "params": {}, "limits": set()},
		"over the limit of prod": {
			"resource": object.union(_grown(5000, 6000.01), {"environment": "prod"}),
			"params": {},
			"limits": {1000},
		},
		"over that of all others": {
			"resource": object.union(_grown(5000, 6000.01), {"environment": "live"}),
			"params": {},
			"limits": {1000},
		},
		"cheaper": {"resource": _grown(1000, 10), "params": {}, "limits": set()},
		"at the share": {"resource": _grown(200, 400), "params": {}, "limits": set()},
		"over the share": {"resource": _grown(200, 400.01), "params": {}, "limits": {200}},
		"over the share, at what is always allowed": {"resource": _grown(20, 120), "params": {}, "limits": set()},
		"over what is always allowed": {"resource": _grown(20, 120.01), "params": {}, "limits": {100}},
		"from nothing": {"resource": _grown(0, 100.01), "params": {}, "limits": {100}},
		"a share of one's own": {
			"resource": _grown(1000, 1110),
			"params": {"percent": 10},
			"limits": {100},
		},
		"nothing always allowed": {
			"resource": _grown(10, 11.01),
			"params": {"percent": 10, "percent_from": 0},
			"limits": {1},
		},
		"no share": {"resource": _grown(20, 220), "params": {"percent": null}, "limits": set()},
		"no share, over the amount": {"resource": _grown(20, 271), "params": {"percent": null}, "limits": {250}},
		"no limit": {
			"resource": _grown(1000, 1900),
			"params": {"limits": {"dev": null}},
			"limits": set(),
		},
		"neither": {
			"resource": _grown(0, 9000),
			"params": {"limits": {"dev": null}, "percent": null},
			"limits": set(),
		},
		"replaced": {
			"resource": object.union(_grown(1000, 1300), {"action": "replace"}),
			"params": {},
			"limits": {250},
		},
		"its price changed": {
			"resource": object.union(_grown(1000, 1300), {"action": "no-op"}),
			"params": {},
			"limits": {250},
		},
		"no base": {"resource": {"monthly_cost": 9000}, "params": {}, "limits": set()},
		"now unknown": {"resource": {"previous_monthly_cost": 9000}, "params": {}, "limits": set()},
		"deleted": {
			"resource": object.union(_grown(0, 9000), {"action": "delete"}),
			"params": {},
			"limits": set(),
		},
		"not fully known": {
			"resource": object.union(_grown(0, 9000), testing.unpriced("price_not_found", "")),
			"params": {},
			"limits": set(),
		},
		"new": {
			"resource": object.union(_grown(0, 9000), {"action": "create"}),
			"params": {},
			"limits": set(),
		},
		"new, included": {
			"resource": object.union(_grown(0, 250.01), {"action": "create"}),
			"params": {"include_new": true},
			"limits": {250},
		},
		"new, included, at the limit": {
			"resource": object.union(_grown(0, 250), {"action": "create"}),
			"params": {"include_new": true},
			"limits": set(),
		},
	}
	found := rule.findings with input as testing.estimate([testing.resource(case.resource)])
		with data.tollbar_settings as testing.settings("resource_increase", case.params)
	{finding.limit | some finding in found} == case.limits
}

test_without_action if {
	resource := object.remove(testing.resource(_grown(1000, 1300)), ["action"])
	found := rule.findings with input as testing.estimate([resource])
	count(found) == 1
}

test_share_in_words[name] if {
	some name, case in {
		"the share": {"previous": 300, "limit": "50% ($150.00)"},
		"what is always allowed": {"previous": 100, "limit": "$100.00"},
	}
	found := rule.findings with input as testing.estimate([testing.resource(_grown(case.previous, case.previous + 160))])
		with data.tollbar_settings as testing.settings("resource_increase", {"percent": 50})
	{regex.find_n(`limit of .*\.$`, finding.msg, 1)[0] | some finding in found} == {sprintf(
		"limit of %s.",
		[case.limit],
	)}
}

_covered := {
	"monthly_cost": 1000,
	"previous_monthly_cost": 1000,
	"costs": {"list": 1000, "committed": 0, "effective": 900},
	"previous_effective_cost": 600,
	"action": "update",
}

test_cost[name] if {
	some name, case in {
		"at list price": {"params": {}, "resource": _covered, "messages": set()},
		"with commitments": {"params": {"cost": "effective"}, "resource": _covered, "messages": {concat(" ", [
			"[TB107] aws_instance.web costs $300.00 a month more with commitments than before ($600.00),",
			"over the dev limit of $250.00.",
		])}},
		"the state before without commitments": {
			"params": {"cost": "effective"},
			"resource": object.remove(_covered, ["previous_effective_cost"]),
			"messages": set(),
		},
	}
	found := rule.findings with input as testing.estimate([testing.resource(case.resource)])
		with data.tollbar_settings as testing.settings("resource_increase", case.params)
	testing.messages(found) == case.messages
}

test_alternative if {
	cheaper := {"instance_type": "m6a.large", "vcpus": 2, "memory_gib": 8, "monthly_cost": 60, "saving": 10}
	resource := testing.resource(object.union(_grown(1000, 1300), {"alternatives": [cheaper]}))
	found := rule.findings with input as testing.estimate([resource])
	{finding.alternative | some finding in found} == {cheaper}
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([testing.resource(_grown(0, 2000))])
		with data.tollbar_settings as testing.settings("resource_increase", case.params)
	testing.severities(found) == case.severities
}
