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
		"remediation": "Choose a machine type of another family, and name it where it is known before apply.",
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

_unknown(attribute) := testing.resource({"unpriced": [
	{"reason": "price_not_found", "detail": "Storage: the region is not known"},
	{"reason": "unknown_until_apply", "detail": sprintf("%s is known only after apply", [attribute])},
]})

test_type_that_is_not_known[name] if {
	allowed := {"allowed": {"dev": ["m5", "t3"]}}
	some name, case in {
		"of a machine": {"resource": _unknown("instance_type"), "params": allowed, "severities": {"warning"}},
		"of several": {"resource": _unknown("instance_types"), "params": allowed, "severities": {"warning"}},
		"of a database": {"resource": _unknown("instance_class"), "params": allowed, "severities": {"warning"}},
		"of a cache": {"resource": _unknown("node_type"), "params": allowed, "severities": {"warning"}},
		"of Google Cloud": {"resource": _unknown("machine_type"), "params": allowed, "severities": {"warning"}},
		"of Azure": {"resource": _unknown("vm_size"), "params": allowed, "severities": {"warning"}},
		"in a block": {"resource": _unknown("settings.machine_type"), "params": allowed, "severities": {"warning"}},
		"of something else": {"resource": _unknown("volume_type"), "params": allowed, "severities": set()},
		"known besides": {
			"resource": object.union(_unknown("instance_type"), {"instance_type": "m5.large"}),
			"params": allowed,
			"severities": set(),
		},
		"a price that is not known": {
			"resource": testing.resource({"unpriced": [{
				"reason": "price_not_found",
				"detail": "instance_type is known only after apply",
			}]}),
			"params": allowed,
			"severities": set(),
		},
		"deleted": {
			"resource": object.union(_unknown("instance_type"), {"action": "delete"}),
			"params": allowed,
			"severities": set(),
		},
		"in an environment where all are allowed": {
			"resource": object.union(_unknown("instance_type"), {"environment": "prod"}),
			"params": allowed,
			"severities": set(),
		},
		"where some are denied": {
			"resource": _unknown("instance_type"),
			"params": {"denied": {"dev": ["x*"]}},
			"severities": set(),
		},
		"only a hint anyway": {
			"resource": _unknown("instance_type"),
			"params": object.union(allowed, {"mode": "advisory"}),
			"severities": {"info"},
		},
		"off": {
			"resource": _unknown("instance_type"),
			"params": object.union(allowed, {"mode": "off"}),
			"severities": set(),
		},
	}
	found := rule.findings with input as testing.estimate([case.resource])
		with data.tollbar_settings as testing.settings("instance_family", case.params)
	testing.severities(found) == case.severities
}

# Each is judged by the list of its own environment.
test_words_for_a_type_that_is_not_known if {
	found := rule.findings with input as testing.estimate([
		_unknown("launch_template.instance_type"),
		object.union(_unknown("machine_type"), {"address": "elsewhere", "environment": "prod"}),
	])
		with data.tollbar_settings as testing.settings(
			"instance_family",
			{"allowed": {"dev": ["m5", "t3"], "prod": []}},
		)
	{[finding.msg, finding.remediation] | some finding in found} == {
		[
			concat(" ", [
				"[TB110] aws_instance.web uses a machine type that is known only after apply (launch_template.instance_type),",
				"which is perhaps not among those allowed in dev (m5, t3).",
			]),
			"Choose a machine type of another family, and name it where it is known before apply.",
		],
		[
			concat(" ", [
				"[TB110] elsewhere uses a machine type that is known only after apply (machine_type),",
				"which is perhaps not among those allowed in prod (none is).",
			]),
			"Choose a machine type of another family, and name it where it is known before apply.",
		],
	}
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
