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
		"remediation": "Use a region that dev may use, and name it in the provider block.",
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
		"global": {"resource": {"region": "global"}, "params": {"allowed": {"dev": ["eu-*"]}}, "actual": set()},
		"Global": {"resource": {"region": "Global"}, "params": {"allowed": {"dev": ["eu-*"]}}, "actual": set()},
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

_unpriced := [{"reason": "price_not_found", "detail": "the region is not known"}]

test_region_that_is_not_known[name] if {
	allowed := {"allowed": {"dev": ["eu-*"]}}
	some name, case in {
		"of AWS": {"resource": {}, "params": allowed, "severities": {"warning"}},
		"an empty region": {"resource": {"region": ""}, "params": allowed, "severities": {"warning"}},
		"of Azure": {"resource": {"cloud": "azure"}, "params": allowed, "severities": {"warning"}},
		"of Google Cloud": {"resource": {"cloud": "gcp"}, "params": allowed, "severities": {"warning"}},
		"of no cloud with regions": {"resource": {"cloud": "kubernetes"}, "params": allowed, "severities": set()},
		"with a price that is the same in all": {
			"resource": {"breakdown": [{"name": "Hosted zone", "monthly_cost": 0.5}]},
			"params": allowed,
			"severities": set(),
		},
		"with a price and without another": {
			"resource": {"breakdown": [{"name": "Hosted zone", "monthly_cost": 0.5}], "unpriced": _unpriced},
			"params": allowed,
			"severities": {"warning"},
		},
		"free": {"resource": {"free": true}, "params": allowed, "severities": set()},
		"deleted": {"resource": {"action": "delete"}, "params": allowed, "severities": set()},
		"in an environment where all are allowed": {
			"resource": {"environment": "prod"},
			"params": allowed,
			"severities": set(),
		},
		"where some are denied": {"resource": {}, "params": {"denied": {"dev": ["eu-*"]}}, "severities": set()},
		"where none is allowed": {"resource": {}, "params": {"allowed": {"dev": []}}, "severities": {"warning"}},
		"only a warning anyway": {
			"resource": {},
			"params": object.union(allowed, {"mode": "warn"}),
			"severities": {"warning"},
		},
		"only a hint anyway": {
			"resource": {},
			"params": object.union(allowed, {"mode": "advisory"}),
			"severities": {"info"},
		},
		"off": {"resource": {}, "params": object.union(allowed, {"mode": "off"}), "severities": set()},
	}
	found := rule.findings with input as testing.estimate([testing.resource(case.resource)])
		with data.tollbar_settings as testing.settings("region", case.params)
	testing.severities(found) == case.severities
}

# Each is judged by the list of its own environment.
test_words_for_a_region_that_is_not_known if {
	found := rule.findings with input as testing.estimate([
		testing.resource({}),
		testing.resource({"address": "elsewhere", "environment": "prod"}),
	])
		with data.tollbar_settings as testing.settings(
			"region",
			{"allowed": {"dev": ["eu-*", "us-*"], "prod": []}},
		)
	{[finding.msg, finding.remediation] | some finding in found} == {
		[
			concat(" ", [
				"[TB109] aws_instance.web is in a region that is not known,",
				"which is perhaps not among those allowed in dev (eu-*, us-*).",
			]),
			"Use a region that dev may use, and name it in the provider block.",
		],
		[
			concat(" ", [
				"[TB109] elsewhere is in a region that is not known,",
				"which is perhaps not among those allowed in prod (none is).",
			]),
			"Use a region that prod may use, and name it in the provider block.",
		],
	}
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
