package tollbar.rules.infrastructure.region_test

import data.tollbar.rules.infrastructure.region as rule
import data.tollbar.testing

test_finding if {
	found := rule.findings with input as testing.estimate([testing.resource({"region": "sa-east-1"})])
		with data.tollbar_settings as testing.settings("region", {"allowed": {"other": ["eu-*", "us-east-?"]}})
	found == {{
		"code": "TB109",
		"rule": "region",
		"title": "Only regions are used that the environment allows",
		"severity": "error",
		"msg": "[TB109] aws_instance.web is in sa-east-1, which is not among those allowed in dev (eu-*, us-east-?).",
		"resource": "aws_instance.web",
		"actual": "sa-east-1",
		"remediation": "Move it to a region that dev may use.",
		"docs": "docs/rules/TB109.md",
		"_loc": {"file": "main.tf", "line": 3},
	}}
}

test_regions[name] if {
	some name, case in {
		"nothing set": {"resource": {"region": "sa-east-1"}, "params": {}, "actual": set()},
		"allowed": {"resource": {"region": "eu-west-1"}, "params": {"allowed": {"dev": ["eu-*"]}}, "actual": set()},
		"allowed elsewhere only": {
			"resource": {"region": "eu-west-1"},
			"params": {"allowed": {"dev": ["us-*"], "prod": ["eu-*"]}},
			"actual": {"eu-west-1"},
		},
		"denied": {
			"resource": {"region": "westeurope"},
			"params": {"denied": {"dev": ["west*"]}},
			"actual": {"westeurope"},
		},
		"no region": {"resource": {}, "params": {"allowed": {"dev": ["eu-*"]}}, "actual": set()},
		"global": {"resource": {"region": "global"}, "params": {"allowed": {"dev": ["eu-*"]}}, "actual": set()},
		"Global": {"resource": {"region": "Global"}, "params": {"allowed": {"dev": ["eu-*"]}}, "actual": set()},
		"an empty region": {"resource": {"region": ""}, "params": {"allowed": {"dev": ["eu-*"]}}, "actual": set()},
		"free": {
			"resource": {"region": "sa-east-1", "free": true},
			"params": {"denied": {"dev": ["sa-*"]}},
			"actual": set(),
		},
		"free, included": {
			"resource": {"region": "sa-east-1", "free": true},
			"params": {"denied": {"dev": ["sa-*"]}, "include_free": true},
			"actual": {"sa-east-1"},
		},
		"not free, where free ones are included": {
			"resource": {"region": "sa-east-1"},
			"params": {"denied": {"dev": ["sa-*"]}, "include_free": true},
			"actual": {"sa-east-1"},
		},
		"deleted": {
			"resource": {"region": "sa-east-1", "action": "delete"},
			"params": {"denied": {"dev": ["sa-*"]}},
			"actual": set(),
		},
	}
	found := rule.findings with input as testing.estimate([testing.resource(case.resource)])
		with data.tollbar_settings as testing.settings("region", case.params)
	{finding.actual | some finding in found} == case.actual
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([testing.resource({"region": "sa-east-1"})])
		with data.tollbar_settings as testing.settings(
			"region",
			object.union({"denied": {"dev": ["sa-*"]}}, case.params),
		)
	testing.severities(found) == case.severities
}
