package tollbar.rules.infrastructure.instance_family_test

import data.tollbar.rules.infrastructure.instance_family as rule
import data.tollbar.testing

test_finding if {
	found := rule.findings with input as testing.estimate([testing.resource({"instance_type": "db.x2g.large"})])
		with data.tollbar_settings as testing.settings("instance_family", {"denied": {"dev": ["x*", "u-*"]}})
	found == {{
		"code": "TB110",
		"rule": "instance_family",
		"title": "Only machine families are used that the environment allows",
		"severity": "error",
		"msg": "[TB110] aws_instance.web uses db.x2g.large of the family x2g, which is denied in dev (x*).",
		"resource": "aws_instance.web",
		"actual": "x2g",
		"remediation": "Choose a machine type of another family.",
		"docs": "docs/rules/TB110.md",
		"_loc": {"file": "main.tf", "line": 3},
	}}
}

test_families[name] if {
	some name, case in {
		"nothing set": {"resource": {"instance_type": "m5.large"}, "params": {}, "actual": set()},
		"allowed": {
			"resource": {"instance_type": "m5.large"},
			"params": {"allowed": {"dev": ["m*", "t3"]}},
			"actual": set(),
		},
		"not allowed": {
			"resource": {"instance_type": "m5.large"},
			"params": {"allowed": {"dev": ["m6*", "t3"]}},
			"actual": {"m5"},
		},
		"not allowed, of Google Cloud": {
			"resource": {"instance_type": "n2-standard-4"},
			"params": {"allowed": {"other": ["e2"]}},
			"actual": {"n2"},
		},
		"not allowed, of Azure": {
			"resource": {"instance_type": "Standard_D4s_v5"},
			"params": {"allowed": {"other": ["B*"]}},
			"actual": {"Dsv5"},
		},
		"no machine": {"resource": {}, "params": {"allowed": {"dev": ["t3"]}}, "actual": set()},
		"deleted": {
			"resource": {"instance_type": "m5.large", "action": "delete"},
			"params": {"denied": {"dev": ["m5"]}},
			"actual": set(),
		},
	}
	found := rule.findings with input as testing.estimate([testing.resource(case.resource)])
		with data.tollbar_settings as testing.settings("instance_family", case.params)
	{finding.actual | some finding in found} == case.actual
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([testing.resource({"instance_type": "m5.large"})])
		with data.tollbar_settings as testing.settings(
			"instance_family",
			object.union({"denied": {"dev": ["m5"]}}, case.params),
		)
	testing.severities(found) == case.severities
}
