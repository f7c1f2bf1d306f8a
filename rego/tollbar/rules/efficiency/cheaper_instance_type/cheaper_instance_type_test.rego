package tollbar.rules.efficiency.cheaper_instance_type_test

import data.tollbar.rules.efficiency.cheaper_instance_type as rule
import data.tollbar.testing

_alternative(type, saving) := {
	"instance_type": type,
	"vcpus": 2,
	"memory_gib": 8,
	"monthly_cost": 100 - saving,
	"saving": saving,
}

# Costs $100, and less with another type.
_machine(saving) := testing.resource({
	"instance_type": "m5.large",
	"monthly_cost": 100,
	"alternatives": [_alternative("m6a.large", saving)],
})

test_finding if {
	resource := object.union(
		_machine(30),
		{"alternatives": [_alternative("m6a.large", 30), _alternative("m6i.large", 26)]},
	)
	found := rule.findings with input as testing.estimate([resource])
	found == {{
		"code": "TB509",
		"rule": "cheaper_instance_type",
		"title": "No cheaper machine type does the same",
		"severity": "info",
		"msg": "[TB509] aws_instance.web uses m5.large for $100.00 a month, where m6a.large costs $70.00: 30% less.",
		"resource": "aws_instance.web",
		"actual": 100,
		"saving": 30,
		"alternative": _alternative("m6a.large", 30),
		"remediation": "Change its machine type. m6a.large keeps 2 vCPU and 8 GiB and costs $30.00 less.",
		"docs": "docs/rules/TB509.md",
		"_loc": {"file": "main.tf", "line": 3},
	}}
}

test_savings[name] if {
	some name, case in {
		"enough": {"resource": _machine(25), "params": {}, "savings": {25}},
		"not enough": {"resource": _machine(24.99), "params": {}, "savings": set()},
		"enough for oneself": {"resource": _machine(10), "params": {"saving": 10}, "savings": {10}},
		"a share, enough": {"resource": _machine(10), "params": {"percent": 10}, "savings": {10}},
		"a share, not enough": {"resource": _machine(9.99), "params": {"percent": 10}, "savings": set()},
		"the amount alone is enough": {"resource": _machine(25), "params": {"percent": 50}, "savings": {25}},
		"only the share": {"resource": _machine(30), "params": {"saving": null, "percent": 31}, "savings": set()},
		"neither": {"resource": _machine(30), "params": {"saving": null}, "savings": set()},
		"no cheaper one": {
			"resource": object.union(_machine(30), {"alternatives": []}),
			"params": {"saving": 0},
			"savings": set(),
		},
		"none looked for": {"resource": testing.resource({"monthly_cost": 100}), "params": {}, "savings": set()},
		"committed": {
			"resource": object.union(_machine(30), {"costs": {"list": 100, "committed": 1, "effective": 99}}),
			"params": {},
			"savings": set(),
		},
		"no commitment covers it": {
			"resource": object.union(_machine(30), {"costs": {"list": 100, "committed": 0, "effective": 100}}),
			"params": {},
			"savings": {30},
		},
		"deleted": {"resource": object.union(_machine(30), {"action": "delete"}), "params": {}, "savings": set()},
		"an environment that is not looked at": {
			"resource": _machine(30),
			"params": {"environments": ["prod"]},
			"savings": set(),
		},
		"one that is": {"resource": _machine(30), "params": {"environments": ["prod", "d*"]}, "savings": {30}},
	}
	found := rule.findings with input as testing.estimate([case.resource])
		with data.tollbar_settings as testing.settings("cheaper_instance_type", case.params)
	{finding.saving | some finding in found} == case.savings
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([_machine(30)])
		with data.tollbar_settings as testing.settings("cheaper_instance_type", case.params)
	testing.severities(found) == case.severities
}
