package tollbar.lib.llm_test

import data.tollbar.lib.llm
import data.tollbar.testing

test_calls if {
	found := llm.calls with input as testing.estimate([
		testing.resource({}),
		testing.llm_call({}, {}),
		testing.llm_call({}, {"action": "delete"}),
	])
	[resource.address | some resource in found] == ["workload.bot"]
}

test_model_matches[name] if {
	some name, case in {
		"its name": {"pattern": "gpt-4", "model": "gpt-4", "matches": true},
		"whatever the case": {"pattern": "GPT-4", "model": "Gpt-4", "matches": true},
		"a snapshot": {"pattern": "gpt-4", "model": "gpt-4-0613", "matches": true},
		"a snapshot of a day": {"pattern": "gpt-4o", "model": "gpt-4o-2024-08-06", "matches": true},
		"a snapshot as Anthropic writes it": {
			"pattern": "claude-3-opus",
			"model": "claude-3-opus-20240229",
			"matches": true,
		},
		"the latest": {"pattern": "claude-3-opus", "model": "claude-3-opus-latest", "matches": true},
		"as Google Cloud writes it": {"pattern": "claude-3-opus", "model": "claude-3-opus@20240229", "matches": true},
		"as Bedrock writes it": {
			"pattern": "claude-3-opus",
			"model": "us.anthropic.claude-3-opus-20240229-v1:0",
			"matches": true,
		},
		"with its provider": {"pattern": "gpt-4", "model": "openai/gpt-4-0613", "matches": true},
		"a pattern with a provider": {"pattern": "azure/*", "model": "azure/gpt-4o", "matches": true},
		"a pattern with another provider": {"pattern": "azure/*", "model": "openai/gpt-4o", "matches": false},
		"one snapshot only": {"pattern": "gpt-4-0613", "model": "gpt-4-0613", "matches": true},
		"another snapshot": {"pattern": "gpt-4-0314", "model": "gpt-4-0613", "matches": false},
		"another model of that beginning": {"pattern": "gpt-4", "model": "gpt-4o", "matches": false},
		"a larger one": {"pattern": "gpt-4", "model": "gpt-4-32k", "matches": false},
		"a number that is a version": {"pattern": "claude-opus-4", "model": "claude-opus-4-5", "matches": false},
		"a family": {"pattern": "claude-opus-*", "model": "claude-opus-4-5", "matches": true},
	}
	{true | llm.model_matches(case.pattern, case.model)} == {true | case.matches}
}

test_any_model_matches if {
	llm.any_model_matches(["o1", "gpt-4"], "gpt-4-0613")
	not llm.any_model_matches(["o1", "gpt-4"], "gpt-4o")
	not llm.any_model_matches([], "gpt-4o")
}

test_task_matches[name] if {
	some name, case in {
		"the task": {"pattern": "summarization", "task": "summarization", "matches": true},
		"written in another way": {"pattern": "basic_q_and_a", "task": "Basic Q-and-A", "matches": true},
		"another task": {"pattern": "summarization", "task": "translation", "matches": false},
		"a part of it": {"pattern": "summar", "task": "summarization", "matches": false},
		"a pattern": {"pattern": "summar*", "task": "summarization", "matches": true},
		"any": {"pattern": "any", "task": "translation", "matches": true},
		"any, none told": {"pattern": "any", "task": "", "matches": true},
		"none told": {"pattern": "summarization", "task": "", "matches": false},
	}
	{true | llm.task_matches(case.pattern, case.task)} == {true | case.matches}
}

test_task if {
	llm.task({"task_type": "translation"}) == "translation"
	llm.task({}) == ""
}

test_cases_on if {
	llm.cases_on([{"a": 1}, {"mode": "off"}, {"mode": false}, {"mode": "warn"}]) == [{"a": 1}, {"mode": "warn"}]
}

test_severity if {
	llm.severity({"mode": "enforce"}) == {"severity": "error"}
	llm.severity({"mode": "warn"}) == {"severity": "warning"}
	llm.severity({"mode": "advisory"}) == {"severity": "info"}
	llm.severity({}) == {}
}

test_policy if {
	llm.policy({"policy": "cap", "mode": "warn"}) == {"policy": "cap"}
	llm.policy({"alert_channel": "#sre", "notify": false, "max_retries": 3}) == {"alert_channel": "#sre", "notify": false}
	llm.policy({}) == {}
	llm.by_policy({"policy": "cap"}) == " by policy cap"
	llm.by_policy({}) == ""
}

test_words if {
	llm.per_call(0.0072) == "$7.20 per 1,000 calls"
	llm.monthly(12.5) == "$12.50 a month"
	llm.whole(2000.4) == "2000"
	llm.percent(0.6) == "60%"
}
