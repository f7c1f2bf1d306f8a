package tollbar.rules.llm.context_waste_test

import data.tollbar.rules.llm.context_waste as rule
import data.tollbar.testing

_wasting(given) := testing.llm_call(
	object.union({"context_tokens": 3000, "context_used_share": 0.2, "unused_context_cost": 57.6}, given),
	{},
)

test_finding if {
	found := rule.findings with input as testing.estimate([_wasting({})])
	found == {{
		"code": "TB306",
		"rule": "context_waste",
		"title": "Context that is sent to a language model is used",
		"severity": "info",
		"msg": concat(" ", [
			"[TB306] workload.bot sends 3000 tokens of context of which 20% is used, less than 50%;",
			"the rest costs $57.60 a month.",
		]),
		"resource": "workload.bot",
		"limit": 0.5,
		"actual": 0.2,
		"saving": 57.6,
		"remediation": concat(" ", [
			"Retrieve fewer passages, cut or summarize the history,",
			"and leave out what the answer does not need.",
		]),
		"docs": "docs/rules/TB306.md",
		"_loc": {"file": "workloads.yml", "line": 2},
	}}
}

test_calls[name] if {
	some name, case in {
		"at the limit": {"call": {"context_used_share": 0.5}, "params": {}, "found": set()},
		"under it": {"call": {"context_used_share": 0.49}, "params": {}, "found": {0.49}},
		"under one's own": {"call": {"context_used_share": 0.89}, "params": {"used_share": 0.9}, "found": {0.89}},
		"nothing of it": {"call": {"context_used_share": 0}, "params": {}, "found": {0}},
		"how much is not told": {"call": {"context_used_share": null}, "params": {}, "found": set()},
		"a small saving": {"call": {"unused_context_cost": 9.99}, "params": {}, "found": set()},
		"just enough": {"call": {"unused_context_cost": 10}, "params": {}, "found": {0.2}},
		"not worth it here": {"call": {}, "params": {"min_saving": 57.61}, "found": set()},
	}
	found := rule.findings with input as testing.estimate([_wasting(case.call)])
		with data.tollbar_settings as testing.settings("context_waste", case.params)
	{finding.actual | some finding in found} == case.found
}

test_what_is_not_known_is_not_little if {
	call := _wasting({"unused_context_cost": null, "context_tokens": null})
	found := rule.findings with input as testing.estimate([call])
	{[finding.msg, object.get(finding, "saving", "none")] | some finding in found} == {[
		"[TB306] workload.bot sends an amount of context of which 20% is used, less than 50%.",
		"none",
	]}
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([_wasting({})])
		with data.tollbar_settings as testing.settings("context_waste", case.params)
	testing.severities(found) == case.severities
}
