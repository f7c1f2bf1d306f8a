package tollbar.rules.infrastructure.previous_generation_test

import data.tollbar.rules.infrastructure.previous_generation as rule
import data.tollbar.testing

_old := {"instance_type": "m4.large", "traits": {"previous_generation": true}}

test_finding if {
	cheaper := {"instance_type": "m6a.large", "vcpus": 2, "memory_gib": 8, "monthly_cost": 63.07, "saving": 9.93}
	found := rule.findings with input as testing.estimate([testing.resource(object.union(
		_old,
		{"alternatives": [cheaper]},
	))])
	found == {{
		"code": "TB116",
		"rule": "previous_generation",
		"title": "No machine is of a previous generation",
		"severity": "info",
		"msg": "[TB116] aws_instance.web uses m4.large, which its vendor lists as of a previous generation.",
		"resource": "aws_instance.web",
		"actual": "m4.large",
		"alternative": cheaper,
		"remediation": concat(" ", [
			"Move to a machine type of the current generation.",
			"m6a.large keeps 2 vCPU and 8 GiB and costs $9.93 less.",
		]),
		"docs": "docs/rules/TB116.md",
		"_loc": {"file": "main.tf", "line": 3},
	}}
}

test_machines[name] if {
	some name, case in {
		"of today": {
			"resource": {"instance_type": "m7i.large", "traits": {"previous_generation": false}},
			"params": {},
			"actual": set(),
		},
		"not known": {"resource": {"instance_type": "m4.large"}, "params": {}, "actual": set()},
		"may stay": {"resource": _old, "params": {"ignore": ["m4.*"]}, "actual": set()},
		"others may stay": {"resource": _old, "params": {"ignore": ["m3.*"]}, "actual": {"m4.large"}},
		"type in its launch template": {
			"resource": {"traits": {"previous_generation": true}},
			"params": {},
			"actual": {"a machine type"},
		},
		"deleted": {"resource": object.union(_old, {"action": "delete"}), "params": {}, "actual": set()},
	}
	found := rule.findings with input as testing.estimate([testing.resource(case.resource)])
		with data.tollbar_settings as testing.settings("previous_generation", case.params)
	{finding.actual | some finding in found} == case.actual
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([testing.resource(_old)])
		with data.tollbar_settings as testing.settings("previous_generation", case.params)
	testing.severities(found) == case.severities
}
