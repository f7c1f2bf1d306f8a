package tollbar.rules.llm.llm_retries_test

import data.tollbar.rules.llm.llm_retries as rule
import data.tollbar.testing

_cap := {
	"policy": "cap-llm-retries",
	"max_retries": 3,
	"model_scope": ["all"],
	"mode": "enforce",
	"alert_channel": "#eng-sre-alerts",
}

test_finding if {
	call := testing.llm_call({"model": "gpt-4o", "max_retries": 5}, {})
	found := rule.findings with input as testing.estimate([call])
		with data.tollbar_settings as testing.settings("llm_retries", {"cases": [_cap]})
	found == {{
		"code": "TB302",
		"rule": "llm_retries",
		"title": "Calls of language models are retried a few times only",
		"severity": "error",
		"msg": concat(" ", [
			"[TB302] workload.bot retries a call up to 5 times, over the limit of 3 by policy cap-llm-retries;",
			"at worst the 2 more cost $1,680.00 a month.",
		]),
		"resource": "workload.bot",
		"limit": 3,
		"actual": 5,
		"policy": "cap-llm-retries",
		"alert_channel": "#eng-sre-alerts",
		"remediation": "Set max_retries to 3, wait longer between attempts, and stop when all have failed.",
		"docs": "docs/rules/TB302.md",
		"_loc": {"file": "workloads.yml", "line": 2},
	}}
}

test_limits[name] if {
	some name, case in {
		"at the limit": {"params": {}, "call": {"max_retries": 3}, "found": set()},
		"over it": {"params": {}, "call": {"max_retries": 4}, "found": {[3, 4]}},
		"not told": {"params": {}, "call": {}, "found": set()},
		"not told, over a limit": {"params": {"cases": [{"max_retries": 1}]}, "call": {}, "found": {[1, 2]}},
		"not told, as is said": {"params": {"untold_retries": 4}, "call": {}, "found": {[3, 4]}},
		"none": {"params": {"cases": [{"max_retries": 0}]}, "call": {"max_retries": 0}, "found": set()},
		"one model": {
			"params": {"cases": [{"max_retries": 3, "model_scope": ["o1-*", "gpt-4"]}]},
			"call": {"max_retries": 9},
			"found": {[3, 9]},
		},
		"another model": {
			"params": {"cases": [{"max_retries": 3, "model_scope": ["gpt-4o"]}]},
			"call": {"max_retries": 9},
			"found": set(),
		},
		"switched off": {
			"params": {"cases": [object.union(_cap, {"mode": false})]},
			"call": {"max_retries": 9},
			"found": set(),
		},
	}
	found := rule.findings with input as testing.estimate([testing.llm_call(case.call, {})])
		with data.tollbar_settings as testing.settings("llm_retries", case.params)
	{[finding.limit, finding.actual] | some finding in found} == case.found
}

test_cost[name] if {
	some name, case in {
		"with expected retries in it": {
			"call": {"attempts_per_call": 1.5},
			"cost": 840,
			"more": "; at worst the 1 more cost $560.00 a month",
		},
		"never called": {"call": {"attempts_per_call": 0}, "cost": 840, "more": ""},
		"seen in a log": {"call": {"observed": true}, "cost": 840, "more": ""},
		"half a cent": {"call": {}, "cost": 0.005, "more": "; at worst the 1 more cost $0.01 a month"},
		"less": {"call": {}, "cost": 0.004, "more": ""},
	}
	call := testing.llm_call(object.union(case.call, {"max_retries": 4}), {"monthly_cost": case.cost})
	found := rule.findings with input as testing.estimate([call])
	testing.messages(found) == {sprintf("%s%s.", [
		"[TB302] workload.bot retries a call up to 4 times, over the limit of 3",
		case.more,
	])}
}

test_what_is_not_told_is_said_to_be if {
	found := rule.findings with input as testing.estimate([testing.llm_call({}, {})])
		with data.tollbar_settings as testing.settings("llm_retries", {"cases": [{"max_retries": 1}]})
	testing.messages(found) == {concat(" ", [
		"[TB302] workload.bot retries a call up to 2 times (what SDKs do where it is not told), over the limit of 1;",
		"at worst the 1 more cost $840.00 a month.",
	])}
}

test_none_is_told if {
	found := rule.findings with input as testing.estimate([testing.llm_call({"max_retries": 0}, {})])
		with data.tollbar_settings as testing.settings("llm_retries", {"untold_retries": 9})
	found == set()
}

test_a_cost_that_is_not_known if {
	call := object.remove(testing.llm_call({"max_retries": 4}, {}), ["monthly_cost"])
	found := rule.findings with input as testing.estimate([call])
	testing.messages(found) == {"[TB302] workload.bot retries a call up to 4 times, over the limit of 3."}
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([testing.llm_call({"max_retries": 4}, {})])
		with data.tollbar_settings as testing.settings("llm_retries", case.params)
	testing.severities(found) == case.severities
}
