package tollbar.rules.governance.required_tags_test

import data.tollbar.rules.governance.required_tags as rule
import data.tollbar.testing

test_finding if {
	found := rule.findings with input as testing.estimate([testing.resource({})])
	found == {{
		"code": "TB201",
		"rule": "required_tags",
		"title": "Resources carry the required tags",
		"severity": "warning",
		"msg": "[TB201] aws_instance.web lacks required tags: cost_center.",
		"resource": "aws_instance.web",
		"remediation": `Add tags = { cost_center = "..." }.`,
		"docs": "docs/rules/TB201.md",
		"_loc": {"file": "main.tf", "line": 3},
	}}
}

test_calls_in_source_code_have_no_tags if {
	estimate := json.patch(
		testing.estimate([testing.resource({})]),
		[{"op": "add", "path": "/meta/source/kind", "value": "code"}],
	)
	found := rule.findings with input as estimate
	found == set()
}

test_resources[name] if {
	some name, case in {
		"tagged": {"resource": {"tags": {"cost_center": "42"}}, "missing": set()},
		"an empty value": {
			"resource": {"tags": {"cost_center": " "}},
			"missing": {"[TB201] aws_instance.web lacks required tags: cost_center."},
		},
		"another tag": {
			"resource": {"tags": {"Cost_Center": "42"}},
			"missing": {"[TB201] aws_instance.web lacks required tags: cost_center."},
		},
		"free": {"resource": {"free": true}, "missing": set()},
		"not free, and said so": {
			"resource": {"free": false},
			"missing": {"[TB201] aws_instance.web lacks required tags: cost_center."},
		},
		"deleted": {"resource": {"action": "delete"}, "missing": set()},
		"untaggable": {"resource": {"type": "aws_sns_topic_subscription"}, "missing": set()},
		"untaggable by pattern": {"resource": {"type": "google_logging_project_bucket_config"}, "missing": set()},
	}
	found := rule.findings with input as testing.estimate([testing.resource(case.resource)])
	testing.messages(found) == case.missing
}

test_params[name] if {
	some name, case in {
		"all missing tags in one finding": {
			"params": {"tags": ["team", "owner", "cost_center"]},
			"resource": {"tags": {"owner": "ann"}},
			"missing": {"[TB201] aws_instance.web lacks required tags: cost_center, team."},
		},
		"no tags required": {"params": {"tags": []}, "resource": {}, "missing": set()},
		"free ones included": {
			"params": {"include_free": true},
			"resource": {"free": true},
			"missing": {"[TB201] aws_instance.web lacks required tags: cost_center."},
		},
		"others with free ones included": {
			"params": {"include_free": true},
			"resource": {},
			"missing": {"[TB201] aws_instance.web lacks required tags: cost_center."},
		},
		"untaggable as set": {
			"params": {"untaggable_types": ["aws_inst*"]},
			"resource": {},
			"missing": set(),
		},
		"a list replaces the default": {
			"params": {"untaggable_types": []},
			"resource": {"type": "aws_sns_topic_subscription"},
			"missing": {"[TB201] aws_instance.web lacks required tags: cost_center."},
		},
	}
	found := rule.findings with input as testing.estimate([testing.resource(case.resource)])
		with data.tollbar_settings as testing.settings("required_tags", case.params)
	testing.messages(found) == case.missing
}

test_line_to_add[cloud] if {
	some cloud, line in {
		"aws": `Add tags = { owner = "...", team = "..." }.`,
		"azure": `Add tags = { owner = "...", team = "..." }.`,
		"gcp": `Add labels = { owner = "...", team = "..." }.`,
		"kubernetes": `Add labels: {owner: "...", team: "..."}.`,
		"llm": `Add tags = { owner = "...", team = "..." }.`,
	}
	found := rule.findings with input as testing.estimate([testing.resource({"cloud": cloud})])
		with data.tollbar_settings as testing.settings("required_tags", {"tags": ["team", "owner"]})
	{finding.remediation | some finding in found} == {line}
}

test_what_infracost_only_counts_tells_no_tags if {
	document := testing.estimate([testing.resource({"unpriced": [{"reason": "unsupported_type", "detail": ""}]})])
	count(rule.findings) == 1 with input as document
	count(rule.findings) == 0 with input as object.union(document, {"meta": {"source": {"kind": "infracost"}}})
}

test_line_to_add_to_a_template if {
	document := object.union(
		testing.estimate([testing.resource({})]),
		{"meta": {"source": {"kind": "cloudformation"}}},
	)
	found := rule.findings with input as document
		with data.tollbar_settings as testing.settings("required_tags", {"tags": ["team", "owner"]})
	{finding.remediation | some finding in found} == {`Add Tags: [{Key: owner, Value: "..."}, {Key: team, Value: "..."}].`}
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([testing.resource({})])
		with data.tollbar_settings as testing.settings("required_tags", case.params)
	testing.severities(found) == case.severities
}
