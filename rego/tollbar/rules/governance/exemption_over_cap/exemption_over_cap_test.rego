package tollbar.rules.governance.exemption_over_cap_test

import data.tollbar.rules.governance.exemption_over_cap as rule
import data.tollbar.testing

_exemption(given) := object.union(
	{"id": "EX-1", "rules": ["TB101"], "reason": "load test", "address": "aws_instance.web", "max_monthly_cost": 1500},
	given,
)

_resource(cost) := testing.resource({"monthly_cost": cost})

test_finding if {
	found := rule.findings with input as testing.estimate([_resource(1800)])
		with data.tollbar_settings as {"exemptions": [_exemption({"rules": ["TB101", "TB103"]})]}
	found == {{
		"code": "TB209",
		"rule": "exemption_over_cap",
		"title": "Nothing costs more than it is exempt for",
		"severity": "warning",
		"msg": concat(" ", [
			"[TB209] aws_instance.web costs $1,800.00 a month,",
			"and EX-1 exempts it from TB101, TB103 up to $1,500.00 only.",
		]),
		"resource": "aws_instance.web",
		"limit": 1500,
		"actual": 1800,
		"remediation": "Bring the cost back under the cap, or have the exemption approved again for what it costs now.",
		"docs": "docs/rules/TB209.md",
		"_loc": {"file": "main.tf", "line": 3},
	}}
}

test_exemptions[name] if {
	some name, case in {
		"at the cap": {"exemptions": [_exemption({})], "cost": 1500, "ids": set()},
		"over the cap": {"exemptions": [_exemption({})], "cost": 1500.01, "ids": {"EX-1"}},
		"without a cap": {
			"exemptions": [object.remove(_exemption({}), ["max_monthly_cost"])],
			"cost": 9000,
			"ids": set(),
		},
		"of another resource": {"exemptions": [_exemption({"address": "aws_eip.x"})], "cost": 9000, "ids": set()},
		"of a pattern": {"exemptions": [_exemption({"address": "aws_*"})], "cost": 9000, "ids": {"EX-1"}},
		"expired": {"exemptions": [_exemption({"expires": "2026-11-20"})], "cost": 9000, "ids": set()},
		"of the deployment, at the cap": {
			"exemptions": [object.remove(_exemption({"max_monthly_cost": 9000}), ["address"])],
			"cost": 9000,
			"ids": set(),
		},
		"of the deployment, over the cap": {
			"exemptions": [object.remove(_exemption({"max_monthly_cost": 8999.99}), ["address"])],
			"cost": 9000,
			"ids": {"EX-1"},
		},
		"a higher one lets the same through": {
			"exemptions": [_exemption({}), _exemption({"id": "EX-2", "max_monthly_cost": 9000})],
			"cost": 9000,
			"ids": set(),
		},
		"a higher one lets something else through": {
			"exemptions": [
				_exemption({"rules": ["TB101", "TB103"]}),
				_exemption({"id": "EX-2", "max_monthly_cost": 9000}),
			],
			"cost": 9000,
			"ids": {"EX-1"},
		},
		"over both": {
			"exemptions": [_exemption({}), _exemption({"id": "EX-2", "max_monthly_cost": 8000})],
			"cost": 9000,
			"ids": {"EX-1", "EX-2"},
		},
	}
	found := rule.findings with input as testing.estimate([_resource(case.cost)])
		with data.tollbar_settings as {"exemptions": case.exemptions}
	ids := {id |
		some finding in found
		[_, rest] := split(finding.msg, ", and ")
		[id, _] := split(rest, " exempts ")
	}
	ids == case.ids
}

test_the_deployment_is_named if {
	found := rule.findings with input as testing.estimate([_resource(1800)])
		with data.tollbar_settings as {"exemptions": [object.remove(_exemption({}), ["address"])]}
	testing.messages(found) == {concat(" ", [
		"[TB209] payments costs $1,800.00 a month,",
		"and EX-1 exempts it from TB101 up to $1,500.00 only.",
	])}
}

test_a_cost_that_is_not_known if {
	found := rule.findings with input as testing.estimate([testing.resource({})])
		with data.tollbar_settings as {"exemptions": [_exemption({})]}
	{[finding.actual, finding.msg] | some finding in found} == {["unknown", concat(" ", [
		"[TB209] aws_instance.web costs an unknown amount a month,",
		"and EX-1 exempts it from TB101 up to $1,500.00 only.",
	])]}
}

test_what_is_deleted_costs_nothing if {
	found := rule.findings with input as testing.estimate([object.union(_resource(1800), {"action": "delete"})])
		with data.tollbar_settings as {"exemptions": [_exemption({})]}
	found == set()
}

test_no_exemptions if {
	found := rule.findings with input as testing.estimate([_resource(1800)])
	found == set()
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([_resource(1800)])
		with data.tollbar_settings as {"exemptions": [_exemption({})], "rules": {"exemption_over_cap": case.params}}
	testing.severities(found) == case.severities
}
