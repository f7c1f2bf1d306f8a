package tollbar.rules.infrastructure.range_maximum_test

import data.tollbar.rules.infrastructure.range_maximum as rule
import data.tollbar.testing

test_finding if {
	found := rule.findings with input as testing.estimate([testing.resource(testing.range_of(200, 400, 1600))])
	found == {{
		"code": "TB103",
		"rule": "range_maximum",
		"title": "No resource may come to cost more than its environment allows",
		"severity": "warning",
		"msg": "[TB103] aws_instance.web may cost up to $1,600.00 a month, over the dev limit of $1,000.00.",
		"resource": "aws_instance.web",
		"limit": 1000,
		"actual": 1600,
		"remediation": concat(" ", [
			"Cap its use (quotas, concurrency, an autoscaling maximum), or tell the expected use more exactly.",
			"Or have it approved and set the tag cost_approved.",
		]),
		"docs": "docs/rules/TB103.md",
		"_loc": {"file": "main.tf", "line": 3},
	}}
}

test_limits[name] if {
	some name, case in {
		"a cent under the limit": {"resource": testing.range_of(1, 2, 999.99), "actual": set()},
		"at the limit": {"resource": testing.range_of(1, 2, 1000), "actual": set()},
		"a cent over the limit": {"resource": testing.range_of(1, 2, 1000.01), "actual": {1000.01}},
		"expected at the limit": {"resource": testing.range_of(1, 1000, 1500), "actual": {1500}},
		"expected over the limit, reported by environment_limit": {
			"resource": testing.range_of(1, 1000.01, 1500),
			"actual": set(),
		},
		"no range": {"resource": {"monthly_cost": 900}, "actual": set()},
		"a range, but no expected cost": {
			"resource": {"cost_estimate": testing.range_of(1, 2, 1500).cost_estimate},
			"actual": {1500},
		},
		"an environment without a limit, at that of all others": {
			"resource": object.union(testing.range_of(1, 2, 5000), {"environment": "sandbox"}),
			"actual": set(),
		},
		"deleted": {
			"resource": object.union(testing.range_of(1, 2, 9000), {"action": "delete"}),
			"actual": set(),
		},
	}
	found := rule.findings with input as testing.estimate([testing.resource(case.resource)])
	{finding.actual | some finding in found} == case.actual
}

# Those over the lowest of all limits are judged by their own.
test_limits_of_several_environments if {
	found := rule.findings with input as testing.estimate([
		testing.resource(object.union(testing.range_of(1, 2, 5000), {"address": "at", "environment": "prod"})),
		testing.resource(object.union(testing.range_of(1, 2, 5000.01), {"address": "over", "environment": "prod"})),
		testing.resource(object.union(testing.range_of(1, 2, 1000.01), {"address": "dev"})),
	])
	{finding.resource | some finding in found} == {"over", "dev"}
}

test_params[name] if {
	some name, case in {
		"a limit of its own": {
			"rules": {"range_maximum": {"limits": {"dev": 500}}},
			"limits": {500},
		},
		"not a lower limit of environment_limit": {
			"rules": {"environment_limit": {"limits": {"dev": 700}}},
			"limits": set(),
		},
		"over the limit of environment_limit": {
			"rules": {"environment_limit": {"limits": {"dev": 300}}, "range_maximum": {"limits": {"dev": 500}}},
			"limits": set(),
		},
		"over a limit that environment_limit does not report, being off": {
			"rules": {
				"environment_limit": {"limits": {"dev": 300}, "mode": "off"},
				"range_maximum": {"limits": {"dev": 500}},
			},
			"limits": {500},
		},
	}
	found := rule.findings with input as testing.estimate([testing.resource(testing.range_of(200, 400, 800))])
		with data.tollbar_settings as {"rules": case.rules}
	{finding.limit | some finding in found} == case.limits
}

# A range of 200 to 9,000 USD a month.
test_raised_with_environment_limit[name] if {
	some name, case in {
		"neither is set": {"rules": {}, "limits": {1000}},
		"raised": {"rules": {"environment_limit": {"limits": {"dev": 3000}}}, "limits": {3000}},
		"raised for all others": {
			"rules": {"environment_limit": {"other": 8000}},
			"environment": "sandbox",
			"limits": {8000},
		},
		"taken away": {"rules": {"environment_limit": {"limits": {"dev": null}}}, "limits": set()},
		"lowered": {"rules": {"environment_limit": {"limits": {"dev": 500}}}, "limits": {1000}},
		"raised, but off": {
			"rules": {"environment_limit": {"limits": {"dev": 3000}, "mode": "off"}},
			"limits": {1000},
		},
		"raised, and one of its own": {
			"rules": {"environment_limit": {"limits": {"dev": 3000}}, "range_maximum": {"limits": {"dev": 2000}}},
			"limits": {2000},
		},
		"raised, and one of its own in another spelling": {
			"rules": {"environment_limit": {"limits": {"dev": 3000}}, "range_maximum": {"limits": {"Dev": 2000}}},
			"environment": "development",
			"limits": {2000},
		},
		"raised, and one of its own for another environment": {
			"rules": {"environment_limit": {"limits": {"dev": 3000}}, "range_maximum": {"limits": {"prod": 2000}}},
			"limits": {3000},
		},
		"raised, and one of its own for all others": {
			"rules": {"environment_limit": {"limits": {"dev": 3000}}, "range_maximum": {"other": 2000}},
			"limits": {3000},
		},
		"raised for all others, and one of its own for them": {
			"rules": {"environment_limit": {"other": 8000}, "range_maximum": {"other": 6000}},
			"environment": "sandbox",
			"limits": {6000},
		},
		"raised, and none here": {
			"rules": {"environment_limit": {"limits": {"dev": 3000}}, "range_maximum": {"limits": {"dev": null}}},
			"limits": set(),
		},
	}
	resource := object.union(
		testing.range_of(200, 400, 9000),
		{"environment": object.get(case, "environment", "dev")},
	)
	found := rule.findings with input as testing.estimate([testing.resource(resource)])
		with data.tollbar_settings as {"rules": case.rules}
	{finding.limit | some finding in found} == case.limits
}

test_cost[name] if {
	some name, case in {
		"at list price": {"rules": {}, "effective": 400, "messages": {concat(" ", [
			"[TB103] aws_instance.web may cost up to $1,600.50 a month,",
			"over the dev limit of $1,000.00.",
		])}},
		"with commitments": {
			"rules": {"range_maximum": {"cost": "effective"}},
			"effective": 400.51,
			"messages": {concat(" ", [
				"[TB103] aws_instance.web may cost up to $1,001.01 a month with commitments,",
				"over the dev limit of $1,000.00.",
			])},
		},
		"with commitments, at the limit": {
			"rules": {"range_maximum": {"cost": "effective"}},
			"effective": 399.5,
			"messages": set(),
		},
		"with commitments, which environment_limit reports at list price": {
			"rules": {"range_maximum": {"cost": "effective"}, "environment_limit": {"limits": {"dev": 900}}},
			"effective": 900,
			"messages": set(),
		},
		"with commitments, which environment_limit passes with them": {
			"rules": {
				"range_maximum": {"cost": "effective"},
				"environment_limit": {"cost": "effective", "limits": {"dev": 900}},
			},
			"effective": 900,
			"messages": {concat(" ", [
				"[TB103] aws_instance.web may cost up to $1,500.50 a month with commitments,",
				"over the dev limit of $1,000.00.",
			])},
		},
	}
	costs := {"costs": {"list": 1000, "committed": 100, "effective": case.effective}}
	resource := object.union(testing.range_of(200, 1000, 1600.5), costs)
	found := rule.findings with input as testing.estimate([testing.resource(resource)])
		with data.tollbar_settings as {"rules": case.rules}
	testing.messages(found) == case.messages
}

# A commitment that is hardly used costs more than the list price.
test_dearer_with_commitments if {
	resource := object.union(
		testing.range_of(200, 400, 900),
		{"costs": {"list": 400, "committed": 600, "effective": 600}},
	)
	found := rule.findings with input as testing.estimate([testing.resource(resource)])
		with data.tollbar_settings as testing.settings("range_maximum", {"cost": "effective"})
	{finding.actual | some finding in found} == {1100}
}

test_exempt_by_tag if {
	resource := object.union(testing.range_of(1, 2, 1500), {"tags": {"cost_approved": "FIN-12"}})
	found := rule.findings with input as testing.estimate([testing.resource(resource)])
	{finding.exemption | some finding in found} == {{"by": "tag", "tag": "cost_approved"}}
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([testing.resource(testing.range_of(1, 2, 1500))])
		with data.tollbar_settings as testing.settings("range_maximum", case.params)
	testing.severities(found) == case.severities
}
