package tollbar.rules.llm.model_overkill_test

import data.tollbar.rules.llm.model_overkill as rule
import data.tollbar.testing

_others := [
	{"model": "gpt-4o-mini", "provider": "openai", "monthly_cost": 6},
	{"model": "claude-haiku-4-5", "provider": "anthropic", "monthly_cost": 46},
]

_summarizing(given) := testing.llm_call(
	object.union({"task_type": "summarization", "other_models": _others}, given),
	{},
)

# The first case of the file that people have.
_overkill := {
	"policy": "prevent-model-overkill",
	"task_type": "summarization",
	"input_tokens_max": 500,
	"disallowed_models": ["gpt-4", "claude-3-opus", "o1-pro"],
	"suggest_fallback": "gpt-4o-mini",
	"mode": "enforce",
	"alert_channel": "#finops-llm-alerts",
}

test_finding if {
	found := rule.findings with input as testing.estimate([_summarizing({})])
		with data.tollbar_settings as testing.settings("model_overkill", {"cases": [_overkill]})
	found == {{
		"code": "TB301",
		"rule": "model_overkill",
		"title": "No language model is larger than its task needs",
		"severity": "error",
		"msg": concat(" ", [
			"[TB301] workload.bot uses gpt-4 for summarization with 400 input tokens a call,",
			"which is disallowed up to 500 input tokens by policy prevent-model-overkill.",
			"Suggested fallback: gpt-4o-mini, which saves $834.00 a month ($20.85 per 1,000 calls).",
		]),
		"resource": "workload.bot",
		"limit": 500,
		"actual": "gpt-4",
		"policy": "prevent-model-overkill",
		"alert_channel": "#finops-llm-alerts",
		"fallback": "gpt-4o-mini",
		"saving": 834,
		"remediation": "Use gpt-4o-mini for summarization, and keep gpt-4 for what it is needed for.",
		"docs": "docs/rules/TB301.md",
		"_loc": {"file": "workloads.yml", "line": 2},
	}}
}

test_default_cases[name] if {
	some name, case in {
		"summarization": {"call": {}, "found": {[500, "warning"]}},
		"at the size": {"call": {"input_tokens": 500}, "found": {[500, "warning"]}},
		"over the size": {"call": {"input_tokens": 500.01}, "found": set()},
		"a size that is not told": {"call": {"input_tokens": null}, "found": {[500, "warning"]}},
		"another task": {"call": {"task_type": "translation"}, "found": set()},
		"no task": {"call": {"task_type": null}, "found": set()},
		"a smaller model": {"call": {"model": "gpt-4o-mini"}, "found": set()},
		"a model for longer texts": {"call": {"model": "gpt-4o"}, "found": set()},
		"questions": {
			"call": {"task_type": "basic_q_and_a", "model": "gpt-4o", "input_tokens": 200},
			"found": {[200, "warning"]},
		},
		"longer questions": {"call": {"task_type": "basic_q_and_a", "input_tokens": 201}, "found": set()},
		"a snapshot": {"call": {"model": "openai/gpt-4-0613"}, "found": {[500, "warning"]}},
	}
	found := rule.findings with input as testing.estimate([_summarizing(case.call)])
	{[finding.limit, finding.severity] | some finding in found} == case.found
}

test_cases[name] if {
	some name, case in {
		"any task, any size": {
			"cases": [{"disallowed_models": ["gpt-4"]}],
			"call": {"task_type": null, "input_tokens": null},
			"messages": {concat(" ", [
				"[TB301] workload.bot uses gpt-4 for a task that it does not tell, which is disallowed.",
				"Suggested fallback: a smaller model.",
			])},
		},
		"the fallback's cost is not known": {
			"cases": [object.union(_overkill, {"suggest_fallback": "gemini-flash"})],
			"call": {"input_tokens": null},
			"messages": {concat(" ", [
				"[TB301] workload.bot uses gpt-4 for summarization without telling its input tokens,",
				"which is disallowed up to 500 input tokens by policy prevent-model-overkill.",
				"Suggested fallback: gemini-flash.",
			])},
		},
		"how many calls is not known": {
			"cases": [{"disallowed_models": ["gpt-4"], "suggest_fallback": "gpt-4o-mini"}],
			"call": {"calls_per_month": null},
			"messages": {concat(" ", [
				"[TB301] workload.bot uses gpt-4 for summarization with 400 input tokens a call,",
				"which is disallowed. Suggested fallback: gpt-4o-mini, which saves $834.00 a month.",
			])},
		},
		"no calls at all": {
			"cases": [{"disallowed_models": ["gpt-4"], "suggest_fallback": "gpt-4o-mini"}],
			"call": {"calls_per_month": 0},
			"messages": {concat(" ", [
				"[TB301] workload.bot uses gpt-4 for summarization with 400 input tokens a call,",
				"which is disallowed. Suggested fallback: gpt-4o-mini, which saves $834.00 a month.",
			])},
		},
		"no attempts at all": {
			"cases": [{"disallowed_models": ["gpt-4"], "suggest_fallback": "gpt-4o-mini"}],
			"call": {"attempts_per_call": 0},
			"messages": {concat(" ", [
				"[TB301] workload.bot uses gpt-4 for summarization with 400 input tokens a call,",
				"which is disallowed. Suggested fallback: gpt-4o-mini, which saves $834.00 a month.",
			])},
		},
		"a fallback whose name is no pattern": {
			"cases": [{"disallowed_models": ["gpt-4"], "suggest_fallback": "ft:{mini"}],
			"call": {"input_tokens": null},
			"messages": {concat(" ", [
				"[TB301] workload.bot uses gpt-4 for summarization, which is disallowed.",
				"Suggested fallback: ft:{mini.",
			])},
		},
		"with retries": {
			"cases": [{"disallowed_models": ["gpt-4"], "suggest_fallback": "gpt-4o-mini"}],
			"call": {"attempts_per_call": 2},
			"messages": {concat(" ", [
				"[TB301] workload.bot uses gpt-4 for summarization with 400 input tokens a call, which is disallowed.",
				"Suggested fallback: gpt-4o-mini, which saves $834.00 a month ($10.43 per 1,000 calls).",
			])},
		},
		"the fallback itself": {
			"cases": [{"disallowed_models": ["gpt-4*"], "suggest_fallback": "gpt-4o-mini"}],
			"call": {"model": "gpt-4o-mini-2024-07-18"},
			"messages": set(),
		},
		"switched off": {"cases": [object.union(_overkill, {"mode": "off"})], "call": {}, "messages": set()},
		"none": {"cases": [], "call": {}, "messages": set()},
	}
	found := rule.findings with input as testing.estimate([_summarizing(case.call)])
		with data.tollbar_settings as testing.settings("model_overkill", {"cases": case.cases})
	testing.messages(found) == case.messages
}

test_saving[name] if {
	some name, case in {
		"half a cent": {"cost": 0.005, "other": 0, "saving": {5}},
		"less": {"cost": 0.004, "other": 0, "saving": set()},
		"a dearer fallback": {"cost": 840, "other": 841, "saving": set()},
	}
	others := [{"model": "gpt-4o-mini", "monthly_cost": case.other}]
	call := testing.llm_call({"task_type": "summarization", "other_models": others}, {"monthly_cost": case.cost})
	found := rule.findings with input as testing.estimate([call])
	{thousandths | some finding in found; thousandths := round(finding.saving * 1000)} == case.saving
	count(found) == 1
}

test_modes_of_a_case[mode] if {
	some mode, severity in {"enforce": "error", "warn": "warning", "advisory": "info"}
	found := rule.findings with input as testing.estimate([_summarizing({})])
		with data.tollbar_settings as testing.settings("model_overkill", {"cases": [object.union(_overkill, {"mode": mode})]})
	testing.severities(found) == {severity}
}

test_each_case_is_told if {
	found := rule.findings with input as testing.estimate([_summarizing({})])
		with data.tollbar_settings as testing.settings("model_overkill", {"cases": [
			_overkill,
			{"policy": "no-openai", "disallowed_models": ["gpt-*"]},
		]})
	{finding.policy | some finding in found} == {"prevent-model-overkill", "no-openai"}
}

test_no_calls[name] if {
	some name, resource in {
		"deleted": testing.llm_call({"task_type": "summarization"}, {"action": "delete"}),
		"no language model": testing.resource({}),
	}
	found := rule.findings with input as testing.estimate([resource])
	found == set()
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([_summarizing({})])
		with data.tollbar_settings as testing.settings("model_overkill", case.params)
	testing.severities(found) == case.severities
}
