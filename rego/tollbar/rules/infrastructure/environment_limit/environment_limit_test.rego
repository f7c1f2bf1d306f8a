package tollbar.rules.infrastructure.environment_limit_test

import data.tollbar.rules.infrastructure.environment_limit as rule
import data.tollbar.testing

test_finding if {
	found := rule.findings with input as testing.estimate([testing.resource({"monthly_cost": 1560.5})])
	found == {{
		"code": "TB101",
		"rule": "environment_limit",
		"title": "No resource costs more than its environment allows",
		"severity": "error",
		"msg": "[TB101] aws_instance.web costs $1,560.50 a month, over the dev limit of $1,000.00.",
		"resource": "aws_instance.web",
		"limit": 1000,
		"actual": 1560.5,
		"remediation": concat(" ", [
			"Choose a smaller size or fewer of them.",
			"Or have it approved and set the tag cost_approved.",
		]),
		"docs": "docs/rules/TB101.md",
		"_loc": {"file": "main.tf", "line": 3},
	}}
}

test_limits[name] if {
	some name, case in {
		"a cent under the limit": {"resource": {"monthly_cost": 999.99}, "messages": set()},
		"at the limit": {"resource": {"monthly_cost": 1000}, "messages": set()},
		"a cent over the limit": {
			"resource": {"monthly_cost": 1000.01},
			"messages": {"[TB101] aws_instance.web costs $1,000.01 a month, over the dev limit of $1,000.00."},
		},
		"under the limit of staging": {
			"resource": {"monthly_cost": 2000, "environment": "staging"},
			"messages": set(),
		},
		"over the limit of prod": {
			"resource": {"monthly_cost": 5000.01, "environment": "prod"},
			"messages": {"[TB101] aws_instance.web costs $5,000.01 a month, over the prod limit of $5,000.00."},
		},
		"an environment without a limit, at that of all others": {
			"resource": {"monthly_cost": 5000, "environment": "sandbox"},
			"messages": set(),
		},
		"deleted": {"resource": {"monthly_cost": 9000, "action": "delete"}, "messages": set()},
		"no cost, it depends on use": {"resource": {}, "messages": set()},
	}
	found := rule.findings with input as testing.estimate([testing.resource(case.resource)])
	testing.messages(found) == case.messages
}

# The action is not required, and its absence must not hide a resource.
# Another spelling must not lift a limit.
test_spelling[environment] if {
	some environment in ["Dev", "DEV", "development"]
	found := rule.findings with input as testing.estimate([testing.resource({
		"environment": environment,
		"monthly_cost": 1000.01,
	})])
	{finding.limit | some finding in found} == {1000}
}

test_without_action if {
	resource := object.remove(testing.resource({"monthly_cost": 1500}), ["action"])
	found := rule.findings with input as testing.estimate([resource])
	count(found) == 1
}

# Those over the lowest of all limits are judged by their own.
test_limits_of_several_environments if {
	found := rule.findings with input as testing.estimate([
		testing.resource({"address": "at", "environment": "prod", "monthly_cost": 5000}),
		testing.resource({"address": "over", "environment": "prod", "monthly_cost": 5000.01}),
		testing.resource({"address": "dev", "monthly_cost": 1000.01}),
	])
	{finding.resource | some finding in found} == {"over", "dev"}
}

test_params[name] if {
	some name, case in {
		"a limit of one's own": {
			"params": {"limits": {"dev": 500}},
			"resource": {"monthly_cost": 600},
			"limits": {500},
		},
		"the limits not mentioned stay": {
			"params": {"limits": {"dev": 500}},
			"resource": {"monthly_cost": 3000, "environment": "staging"},
			"limits": {2000},
		},
		"an environment not listed, over the limit of all others": {
			"params": {"other": 100},
			"resource": {"monthly_cost": 100.01, "environment": "sandbox"},
			"limits": {100},
		},
		"an environment not listed, at the limit of all others": {
			"params": {"other": 100},
			"resource": {"monthly_cost": 100, "environment": "sandbox"},
			"limits": set(),
		},
		"an environment not listed, over the default": {
			"params": {},
			"resource": {"monthly_cost": 5000.01, "environment": "sandbox"},
			"limits": {5000},
		},
		"an environment not listed, if these are to have no limit": {
			"params": {"other": null},
			"resource": {"monthly_cost": 9000, "environment": "sandbox"},
			"limits": set(),
		},
		"null is no limit, not the lowest one": {
			"params": {"limits": {"dev": null}, "other": 100},
			"resource": {"monthly_cost": 9000},
			"limits": set(),
		},
		"a limit of nothing": {
			"params": {"limits": {"dev": 0}},
			"resource": {"monthly_cost": 0.01},
			"limits": {0},
		},
	}
	found := rule.findings with input as testing.estimate([testing.resource(case.resource)])
		with data.tollbar_settings as testing.settings("environment_limit", case.params)
	{finding.limit | some finding in found} == case.limits
}

_covered := {"monthly_cost": 1500, "costs": {"list": 1500, "committed": 300, "effective": 1000.01}}

test_cost[name] if {
	some name, case in {
		"at list price": {"cost": "list", "resource": _covered, "messages": {concat(" ", [
			"[TB101] aws_instance.web costs $1,500.00 a month,",
			"over the dev limit of $1,000.00.",
		])}},
		"with commitments": {"cost": "effective", "resource": _covered, "messages": {concat(" ", [
			"[TB101] aws_instance.web costs $1,000.01 a month with commitments,",
			"over the dev limit of $1,000.00.",
		])}},
		"with commitments, at the limit": {
			"cost": "effective",
			"resource": object.union(_covered, {"costs": {"effective": 1000}}),
			"messages": set(),
		},
		"estimated without commitments": {"cost": "effective", "resource": {"monthly_cost": 1500}, "messages": {concat(" ", [
			"[TB101] aws_instance.web costs $1,500.00 a month,",
			"over the dev limit of $1,000.00.",
		])}},
	}
	found := rule.findings with input as testing.estimate([testing.resource(case.resource)])
		with data.tollbar_settings as testing.settings("environment_limit", {"cost": case.cost})
	testing.messages(found) == case.messages
}

test_exempt_by_tag[name] if {
	some name, case in {
		"true": {"tags": {"cost_approved": "true"}, "exempt": true},
		"any other value": {"tags": {"cost_approved": "FIN-12"}, "exempt": true},
		"false": {"tags": {"cost_approved": "false"}, "exempt": false},
		"False": {"tags": {"cost_approved": " False "}, "exempt": false},
		"empty": {"tags": {"cost_approved": ""}, "exempt": false},
		"another tag": {"tags": {"approved": "true"}, "exempt": false},
	}
	found := rule.findings with input as testing.estimate([testing.resource({"monthly_cost": 1500, "tags": case.tags})])
	{object.get(finding, "exemption", null) | some finding in found} == {_exemptions[case.exempt]}
}

_exemptions := {true: {"by": "tag", "tag": "cost_approved"}, false: null}

test_exempt_finding_does_not_say_how_to_become_so if {
	resource := testing.resource({"monthly_cost": 1500, "tags": {"cost_approved": "yes"}})
	found := rule.findings with input as testing.estimate([resource])
	{finding.remediation | some finding in found} == {"Choose a smaller size or fewer of them."}
}

test_no_tag_exempts_if_so_set if {
	resource := testing.resource({"monthly_cost": 1500, "tags": {"cost_approved": "yes"}})
	found := rule.findings with input as testing.estimate([resource])
		with data.tollbar_settings as testing.settings("environment_limit", {"exempt_tag": null})
	{[finding.remediation, object.get(finding, "exemption", null)] | some finding in found} == {[
		"Choose a smaller size or fewer of them.",
		null,
	]}
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([testing.resource({"monthly_cost": 1500})])
		with data.tollbar_settings as testing.settings("environment_limit", case.params)
	testing.severities(found) == case.severities
}
