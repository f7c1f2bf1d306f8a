package tollbar.rules.infrastructure.resource_type_test

import data.tollbar.rules.infrastructure.resource_type as rule
import data.tollbar.testing

test_finding if {
	found := rule.findings with input as testing.estimate([testing.resource({
		"address": "aws_msk_cluster.events",
		"type": "aws_msk_cluster",
	})])
		with data.tollbar_settings as testing.settings("resource_type", {"denied": {"dev": ["aws_msk_*", "aws_redshift_*"]}})
	found == {{
		"code": "TB108",
		"rule": "resource_type",
		"title": "Only types of resources are used that the environment allows",
		"severity": "error",
		"msg": "[TB108] aws_msk_cluster.events is of the type aws_msk_cluster, which is denied in dev (aws_msk_*).",
		"resource": "aws_msk_cluster.events",
		"actual": "aws_msk_cluster",
		"remediation": "Use another service, or have the platform team extend what dev may use.",
		"docs": "docs/rules/TB108.md",
		"_loc": {"file": "main.tf", "line": 3},
	}}
}

_not_allowed := concat("", [
	"[TB108] aws_instance.web is of the type aws_instance, ",
	"which is not among those allowed in dev (aws_lambda_*).",
])

_denied := "[TB108] aws_instance.web is of the type aws_instance, which is denied in dev (aws_i*)."

test_lists[name] if {
	some name, case in {
		"nothing set": {"resource": {}, "params": {}, "messages": set()},
		"denied": {"resource": {}, "params": {"denied": {"dev": ["aws_i*"]}}, "messages": {_denied}},
		"denied elsewhere": {"resource": {}, "params": {"denied": {"prod": ["aws_i*"]}}, "messages": set()},
		"denied everywhere else": {
			"resource": {},
			"params": {"denied": {"other": ["aws_i*"]}},
			"messages": {_denied},
		},
		"not allowed": {
			"resource": {},
			"params": {"allowed": {"dev": ["aws_lambda_*"]}},
			"messages": {_not_allowed},
		},
		"allowed": {"resource": {}, "params": {"allowed": {"dev": ["aws_i*"]}}, "messages": set()},
		"free, not allowed": {
			"resource": {"free": true},
			"params": {"allowed": {"dev": ["aws_lambda_*"]}},
			"messages": set(),
		},
		"free, not allowed, included": {
			"resource": {"free": true},
			"params": {"allowed": {"dev": ["aws_lambda_*"]}, "include_free": true},
			"messages": {_not_allowed},
		},
		"not free, and said so": {
			"resource": {"free": false},
			"params": {"allowed": {"dev": ["aws_lambda_*"]}},
			"messages": {_not_allowed},
		},
		"free, denied": {
			"resource": {"free": true},
			"params": {"denied": {"dev": ["aws_i*"]}},
			"messages": {_denied},
		},
		"deleted": {
			"resource": {"action": "delete"},
			"params": {"denied": {"dev": ["aws_i*"]}},
			"messages": set(),
		},
	}
	found := rule.findings with input as testing.estimate([testing.resource(case.resource)])
		with data.tollbar_settings as testing.settings("resource_type", case.params)
	testing.messages(found) == case.messages
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([testing.resource({})])
		with data.tollbar_settings as testing.settings(
			"resource_type",
			object.union({"denied": {"dev": ["aws_instance"]}}, case.params),
		)
	testing.severities(found) == case.severities
}
