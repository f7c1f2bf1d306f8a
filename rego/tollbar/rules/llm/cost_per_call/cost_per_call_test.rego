package tollbar.rules.llm.cost_per_call_test

import data.tollbar.rules.llm.cost_per_call as rule
import data.tollbar.testing

test_finding if {
	found := rule.findings with input as testing.estimate([testing.llm_call({"cost_per_call": 0.1234}, {})])
	found == {{
		"code": "TB310",
		"rule": "cost_per_call",
		"title": "No call of a language model costs more than its task or environment allows",
		"severity": "warning",
		"msg": "[TB310] workload.bot costs $123.40 per 1,000 calls, over the limit of $100.00 for dev.",
		"resource": "workload.bot",
		"limit": 0.1,
		"actual": 0.1234,
		"remediation": concat(" ", [
			"Use a cheaper model, send less context, limit the output,",
			"or read what repeats from the cache.",
		]),
		"docs": "docs/rules/TB310.md",
		"_loc": {"file": "workloads.yml", "line": 2},
	}}
}

test_limits[name] if {
	some name, case in {
		"at the limit": {"cost": 0.1, "params": {}, "environment": "dev", "found": set()},
		"over it": {"cost": 0.1001, "params": {}, "environment": "dev", "found": {0.1}},
		"all other environments, at the limit": {"cost": 1, "params": {}, "environment": "prod", "found": set()},
		"all other environments": {"cost": 1.01, "params": {}, "environment": "prod", "found": {1}},
		"no limit there": {
			"cost": 9,
			"params": {"environments": {"dev": null}},
			"environment": "dev",
			"found": set(),
		},
		"no limit for others": {"cost": 9, "params": {"other": null}, "environment": "prod", "found": set()},
		"the task's": {
			"cost": 0.03,
			"params": {"tasks": {"summarization": 0.02}},
			"environment": "dev",
			"found": {0.02},
		},
		"the task's, which is higher": {
			"cost": 0.5,
			"params": {"tasks": {"summarization": 0.6}},
			"environment": "dev",
			"found": set(),
		},
		"none for the task": {
			"cost": 9,
			"params": {"tasks": {"summarization": null}},
			"environment": "dev",
			"found": set(),
		},
		"nothing at all for the task": {
			"cost": 0.01,
			"params": {"tasks": {"summarization": 0}},
			"environment": "dev",
			"found": {0},
		},
		"another task": {
			"cost": 0.03,
			"params": {"tasks": {"translation": 0.02}},
			"environment": "dev",
			"found": set(),
		},
		"not known": {"cost": null, "params": {}, "environment": "dev", "found": set()},
	}
	call := testing.llm_call(
		{"cost_per_call": case.cost, "task_type": "summarization"},
		{"environment": case.environment},
	)
	found := rule.findings with input as testing.estimate([call])
		with data.tollbar_settings as testing.settings("cost_per_call", case.params)
	{finding.limit | some finding in found} == case.found
}

test_whose_limit if {
	found := rule.findings with input as testing.estimate([testing.llm_call({"task_type": "summarization"}, {})])
		with data.tollbar_settings as testing.settings("cost_per_call", {"tasks": {"summarization": 0.02}})
	testing.messages(found) == {concat(" ", [
		"[TB310] workload.bot costs $21.00 per 1,000 calls,",
		"over the limit of $20.00 for summarization.",
	])}
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([testing.llm_call({"cost_per_call": 0.2}, {})])
		with data.tollbar_settings as testing.settings("cost_per_call", case.params)
	testing.severities(found) == case.severities
}
