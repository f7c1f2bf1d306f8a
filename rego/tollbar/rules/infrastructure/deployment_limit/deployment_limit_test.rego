package tollbar.rules.infrastructure.deployment_limit_test

import data.tollbar.rules.infrastructure.deployment_limit as rule
import data.tollbar.testing

test_finding if {
	found := rule.findings with input as testing.estimate([
		testing.resource({"address": "a", "monthly_cost": 4000}),
		testing.resource({"address": "b", "monthly_cost": 900}),
		testing.resource({"address": "c", "monthly_cost": 6000}),
		testing.resource({"address": "d", "monthly_cost": 1000}),
		testing.resource({"address": "e"}),
	])
	found == {{
		"code": "TB102",
		"rule": "deployment_limit",
		"title": "No deployment costs more than the limit",
		"severity": "error",
		"msg": "[TB102] payments costs $11,900.00 a month in total, over the limit of $10,000.00 for a deployment.",
		"limit": 10000,
		"actual": 11900,
		"remediation": concat(" ", [
			"Reduce what costs most: c ($6,000.00), a ($4,000.00), d ($1,000.00).",
			"Or have it approved and set the tag high_cost_approved.",
		]),
		"docs": "docs/rules/TB102.md",
	}}
}

test_limits[name] if {
	some name, case in {
		"a cent under the limit": {"total": 9999.99, "params": {}, "limits": set()},
		"at the limit": {"total": 10000, "params": {}, "limits": set()},
		"a cent over the limit": {"total": 10000.01, "params": {}, "limits": {10000}},
		"under a limit of one's own": {"total": 10000.01, "params": {"limit": 20000}, "limits": set()},
		"over a limit of one's own": {"total": 20000.01, "params": {"limit": 20000}, "limits": {20000}},
	}
	found := rule.findings with input as testing.estimate([testing.resource({"monthly_cost": case.total})])
		with data.tollbar_settings as testing.settings("deployment_limit", case.params)
	{finding.limit | some finding in found} == case.limits
}

_covered := {"monthly_cost": 6000, "costs": {"list": 6000, "committed": 3000, "effective": 3000.01}}

test_cost[name] if {
	some name, case in {
		"with commitments": {
			"totals": {"costs": {"list": 13000, "committed": 10000, "effective": 10000.01}},
			"found": {[
				10000.01,
				concat(" ", [
					"[TB102] payments costs $10,000.01 a month in total with commitments,",
					"over the limit of $10,000.00 for a deployment.",
				]),
				"Reduce what costs most: b ($7,000.00), a ($3,000.01).",
			]},
		},
		"with commitments, at the limit": {
			"totals": {"costs": {"list": 13000, "committed": 10000, "effective": 10000}},
			"found": set(),
		},
		"estimated without commitments": {
			"totals": {},
			"found": {[
				13000,
				"[TB102] payments costs $13,000.00 a month in total, over the limit of $10,000.00 for a deployment.",
				"Reduce what costs most: b ($7,000.00), a ($3,000.01).",
			]},
		},
	}
	found := rule.findings with input as testing.estimate_with(
		[
			testing.resource(object.union(_covered, {"address": "a"})),
			testing.resource({"address": "b", "monthly_cost": 7000}),
		],
		{"totals": case.totals},
	)
		with data.tollbar_settings as testing.settings("deployment_limit", {"cost": "effective", "exempt_tag": null})
	{[finding.actual, finding.msg, finding.remediation] | some finding in found} == case.found
}

test_no_resources if {
	found := rule.findings with input as testing.estimate([])
	found == set()
}

test_exempt_by_tag[name] if {
	some name, case in {
		"approved": {"tags": {"high_cost_approved": "true"}, "exemptions": {{"by": "tag", "tag": "high_cost_approved"}}},
		"not approved": {"tags": {"high_cost_approved": "false"}, "exemptions": set()},
		"the tag of resources": {"tags": {"cost_approved": "true"}, "exemptions": set()},
	}
	found := rule.findings with input as testing.estimate_with(
		[testing.resource({"monthly_cost": 12000})],
		{"deployment": {"tags": case.tags}},
	)
	count(found) == 1
	{finding.exemption | some finding in found} == case.exemptions
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([testing.resource({"monthly_cost": 12000})])
		with data.tollbar_settings as testing.settings("deployment_limit", case.params)
	testing.severities(found) == case.severities
}
