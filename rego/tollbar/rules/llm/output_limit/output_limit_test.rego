package tollbar.rules.llm.output_limit_test

import data.tollbar.rules.llm.output_limit as rule
import data.tollbar.testing

_limit := {
	"policy": "limit-output-tokens",
	"task_type": "content_generation",
	"max_output_tokens": 750,
	"mode": "warn",
	"alert_channel": "#content-eng-alerts",
}

_writing(given) := testing.llm_call(object.union({"task_type": "content_generation"}, given), {})

test_finding if {
	found := rule.findings with input as testing.estimate([_writing({"max_output_tokens": 2000})])
		with data.tollbar_settings as testing.settings("output_limit", {"cases": [_limit]})
	found == {{
		"code": "TB303",
		"rule": "output_limit",
		"title": "Calls of language models limit their output",
		"severity": "warning",
		"msg": concat(" ", [
			"[TB303] workload.bot allows 2000 output tokens a call for content_generation,",
			"over the limit of 750 by policy limit-output-tokens.",
		]),
		"resource": "workload.bot",
		"limit": 750,
		"actual": 2000,
		"policy": "limit-output-tokens",
		"alert_channel": "#content-eng-alerts",
		"remediation": "Set max_output_tokens to 750: as many as the longest useful answer has.",
		"docs": "docs/rules/TB303.md",
		"_loc": {"file": "workloads.yml", "line": 2},
	}}
}

test_calls[name] if {
	some name, case in {
		"at the limit": {"call": {"max_output_tokens": 750}, "found": set()},
		"over it": {"call": {"max_output_tokens": 751}, "found": {concat(" ", [
			"warning [TB303] workload.bot allows 751 output tokens a call for content_generation,",
			"over the limit of 750.",
		])}},
		"seen in a log": {"call": {"max_output_tokens": 751, "observed": true}, "found": {concat(" ", [
			"warning [TB303] workload.bot writes up to 751 output tokens a call for content_generation,",
			"over the limit of 750.",
		])}},
		"no limit": {"call": {}, "found": {concat(" ", [
			"warning [TB303] workload.bot sets no limit to the output of a call for content_generation,",
			"where 750 tokens are the most.",
		])}},
		"another task": {"call": {"task_type": "translation", "max_output_tokens": 9000}, "found": set()},
		"another task, no limit": {
			"call": {"task_type": "translation"},
			"found": {"info [TB303] workload.bot sets no limit to the output of a call."},
		},
		"no task, no limit": {
			"call": {"task_type": null},
			"found": {"info [TB303] workload.bot sets no limit to the output of a call."},
		},
		"no output": {"call": {"output_tokens": 0}, "found": set()},
		"output that is not told": {
			"call": {"task_type": null, "output_tokens": null},
			"found": {"info [TB303] workload.bot sets no limit to the output of a call."},
		},
	}
	found := rule.findings with input as testing.estimate([_writing(case.call)])
	{sprintf("%s %s", [finding.severity, finding.msg]) | some finding in found} == case.found
}

test_params[name] if {
	some name, case in {
		"any task": {"params": {"cases": [{"max_output_tokens": 100}]}, "call": {"task_type": null}, "found": {concat(" ", [
			"warning [TB303] workload.bot sets no limit to the output of a call,",
			"where 100 tokens are the most.",
		])}},
		"no case": {
			"params": {"cases": []},
			"call": {},
			"found": {"info [TB303] workload.bot sets no limit to the output of a call."},
		},
		"switched off": {
			"params": {"cases": [object.union(_limit, {"mode": "off"})]},
			"call": {"max_output_tokens": 9000},
			"found": set(),
		},
		"a mode of its own": {
			"params": {"cases": [object.union(_limit, {"mode": "enforce"})]},
			"call": {"max_output_tokens": 9000},
			"found": {concat(" ", [
				"error [TB303] workload.bot allows 9000 output tokens a call for content_generation,",
				"over the limit of 750 by policy limit-output-tokens.",
			])},
		},
		"unlimited, denied": {
			"params": {"unlimited": "enforce"},
			"call": {"task_type": null},
			"found": {"error [TB303] workload.bot sets no limit to the output of a call."},
		},
		"unlimited, let be": {"params": {"unlimited": "off"}, "call": {"task_type": null}, "found": set()},
		"unlimited, let be as YAML 1.1 reads it": {
			"params": {"unlimited": false},
			"call": {"task_type": null},
			"found": set(),
		},
	}
	found := rule.findings with input as testing.estimate([_writing(case.call)])
		with data.tollbar_settings as testing.settings("output_limit", case.params)
	{sprintf("%s %s", [finding.severity, finding.msg]) | some finding in found} == case.found
}

test_remediation_without_a_limit if {
	found := rule.findings with input as testing.estimate([testing.llm_call({}, {})])
	{finding.remediation | some finding in found} == {"Set max_output_tokens: as many as the longest useful answer has."}
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([_writing({"max_output_tokens": 751})])
		with data.tollbar_settings as testing.settings("output_limit", case.params)
	testing.severities(found) == case.severities
}

test_off_is_off_for_all if {
	found := rule.findings with input as testing.estimate([testing.llm_call({}, {})])
		with data.tollbar_settings as testing.settings("output_limit", {"mode": "off", "unlimited": "enforce"})
	found == set()
}
