package tollbar.rules.infrastructure.deployment_range_test

import data.tollbar.rules.infrastructure.deployment_range as rule
import data.tollbar.testing

# An estimate whose total is a range.
_range(expected, p90, high) := testing.estimate_with(
	[testing.resource({"monthly_cost": expected})],
	{"totals": {"p90": p90, "max": high}},
)

test_finding if {
	found := rule.findings with input as testing.estimate_with(
		[
			testing.resource(object.union({"address": "a"}, testing.range_of(1000, 4000, 7000))),
			testing.resource(object.union({"address": "b"}, testing.range_of(1000, 2000, 8500.5))),
			testing.resource(object.union({"address": "fixed"}, testing.range_of(900, 900, 900))),
			testing.resource(object.union({"address": "deleted", "action": "delete"}, testing.range_of(0, 0, 90000))),
			testing.resource({"address": "unknown"}),
		],
		{"totals": {"p90": 12000, "max": 16400.5}},
	)
	found == {{
		"code": "TB106",
		"rule": "deployment_range",
		"title": "No deployment may come to cost more than its environment allows",
		"severity": "warning",
		"msg": concat(" ", [
			"[TB106] payments may cost $12,000.00 a month in total (p90: more in one case of ten),",
			"over the dev limit of $10,000.00.",
		]),
		"limit": 10000,
		"actual": 12000,
		"remediation": concat(" ", [
			"Cap the use of what varies most (quotas, concurrency, an autoscaling maximum), or tell it more exactly:",
			"b ($6,500.50), a ($3,000.00) above what is expected.",
			"Or have it approved and set the tag high_cost_approved.",
		]),
		"docs": "docs/rules/TB106.md",
	}}
}

test_high_end if {
	found := rule.findings with input as _range(9000, 9500, 20000.01)
	testing.messages(found) == {concat(" ", [
		"[TB106] payments may cost $20,000.01 a month in total (the high end of its range),",
		"over the dev limit of $20,000.00.",
	])}
}

test_limits[name] if {
	some name, case in {
		"a cent under both": {"range": [9000, 9999.99, 19999.99], "params": {}, "limits": set()},
		"at both": {"range": [9000, 10000, 20000], "params": {}, "limits": set()},
		"over one": {"range": [9000, 10000.01, 20000], "params": {}, "limits": {10000}},
		"over the other": {"range": [9000, 10000, 20000.01], "params": {}, "limits": {20000}},
		"over both": {"range": [9000, 10000.01, 20000.01], "params": {}, "limits": {10000, 20000}},
		"at the limit of a deployment": {"range": [10000, 10000.01, 10000.01], "params": {}, "limits": {10000}},
		"reported as over the limit of a deployment": {"range": [10000.01, 30000, 40000], "params": {}, "limits": set()},
		"limits by environment": {
			"range": [100, 200, 300],
			"params": {"p90_limits": {"dev": 150}, "max_limits": {"dev": 250}},
			"limits": {150, 250},
		},
		"limits of another environment": {
			"range": [100, 200, 300],
			"params": {"p90_limits": {"prod": 150}, "max_limits": {"prod": 250}},
			"limits": set(),
		},
		"limits of all others": {
			"range": [100, 200, 300],
			"params": {"p90_other": 150, "max_other": 250},
			"limits": {150, 250},
		},
		"null is no limit": {
			"range": [9000, 90000, 90000],
			"params": {"p90_other": null, "max_limits": {"dev": null}},
			"limits": set(),
		},
	}
	[expected, p90, high] := case.range
	found := rule.findings with input as _range(expected, p90, high)
		with data.tollbar_settings as testing.settings("deployment_range", case.params)
	{finding.limit | some finding in found} == case.limits
}

test_reported_only_while_deployment_limit_is_on if {
	found := rule.findings with input as _range(12000, 12000, 12000)
		with data.tollbar_settings as testing.settings("deployment_limit", {"mode": "off"})
	{finding.limit | some finding in found} == {10000}
}

_covered := testing.estimate_with(
	[testing.resource({"monthly_cost": 9000})],
	{"totals": {"p90": 12000, "max": 15000, "costs": {"list": 9000, "committed": 100, "effective": 7000}}},
)

test_cost[name] if {
	some name, case in {
		"at list price": {"params": {}, "messages": {concat(" ", [
			"[TB106] payments may cost $12,000.00 a month in total (p90: more in one case of ten),",
			"over the dev limit of $10,000.00.",
		])}},
		"with commitments, at the limit": {"params": {"cost": "effective"}, "messages": set()},
		"with commitments, over it": {"params": {"cost": "effective", "p90_other": 9999}, "messages": {concat(" ", [
			"[TB106] payments may cost $10,000.00 a month in total with commitments (p90: more in one case of ten),",
			"over the dev limit of $9,999.00.",
		])}},
	}
	found := rule.findings with input as _covered
		with data.tollbar_settings as testing.settings("deployment_range", case.params)
	testing.messages(found) == case.messages
}

test_exempt_by_tag if {
	document := object.union(_range(9000, 12000, 12000), {"deployment": {"tags": {"high_cost_approved": "yes"}}})
	found := rule.findings with input as document
	{finding.exemption | some finding in found} == {{"by": "tag", "tag": "high_cost_approved"}}
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as _range(9000, 12000, 12000)
		with data.tollbar_settings as testing.settings("deployment_range", case.params)
	testing.severities(found) == case.severities
}
