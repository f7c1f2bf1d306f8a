package tollbar.rules.infrastructure.log_retention_test

import data.tollbar.rules.infrastructure.log_retention as rule
import data.tollbar.testing

_log(days, given) := testing.resource(object.union(
	{
		"address": "aws_cloudwatch_log_group.a",
		"type": "aws_cloudwatch_log_group",
		"traits": {"retention_days": days},
	},
	given,
))

test_finding if {
	found := rule.findings with input as testing.estimate([_log(0, {})])
	found == {{
		"code": "TB119",
		"rule": "log_retention",
		"title": "Logs are not kept longer than their environment needs them",
		"severity": "warning",
		"msg": "[TB119] aws_cloudwatch_log_group.a keeps logs for ever, over the dev limit of 30 days.",
		"resource": "aws_cloudwatch_log_group.a",
		"limit": 30,
		"actual": 0,
		"remediation": "Set the retention to 30 days or less; archive what must be kept longer in cold storage.",
		"docs": "docs/rules/TB119.md",
		"_loc": {"file": "main.tf", "line": 3},
	}}
}

test_days_in_words if {
	found := rule.findings with input as testing.estimate([_log(60, {})])
	testing.messages(found) == {concat(" ", [
		"[TB119] aws_cloudwatch_log_group.a keeps logs for 60 days,",
		"over the dev limit of 30 days.",
	])}
}

test_limits[name] if {
	some name, case in {
		"at the limit": {"resource": _log(30, {}), "params": {}, "limits": set()},
		"over the limit": {"resource": _log(31, {}), "params": {}, "limits": {30}},
		"over that of staging": {"resource": _log(91, {"environment": "staging"}), "params": {}, "limits": {90}},
		"at that of all others": {"resource": _log(400, {"environment": "prod"}), "params": {}, "limits": set()},
		"for ever in prod": {"resource": _log(0, {"environment": "prod"}), "params": {}, "limits": {400}},
		"not limited": {"resource": _log(0, {}), "params": {"limits": {"dev": null}}, "limits": set()},
		"others not limited": {
			"resource": _log(0, {"environment": "prod"}),
			"params": {"other": null},
			"limits": set(),
		},
		"a limit of one's own": {"resource": _log(8, {}), "params": {"limits": {"dev": 7}}, "limits": {7}},
		"not known": {
			"resource": object.remove(_log(0, {}), ["traits"]),
			"params": {},
			"limits": set(),
		},
		"backups": {"resource": _log(0, {"type": "aws_db_instance"}), "params": {}, "limits": set()},
		"types of one's own": {
			"resource": _log(0, {"type": "aws_db_instance"}),
			"params": {"types": ["aws_db_*"]},
			"limits": {30},
		},
		"deleted": {"resource": _log(0, {"action": "delete"}), "params": {}, "limits": set()},
	}
	found := rule.findings with input as testing.estimate([case.resource])
		with data.tollbar_settings as testing.settings("log_retention", case.params)
	{finding.limit | some finding in found} == case.limits
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([_log(0, {})])
		with data.tollbar_settings as testing.settings("log_retention", case.params)
	testing.severities(found) == case.severities
}
