package tollbar.rules.llm.prompt_cache_test

import data.tollbar.rules.llm.prompt_cache as rule
import data.tollbar.testing

_repeating(given) := testing.llm_call(
	object.union({"input_tokens": 2000, "repeated_share": 0.6, "cached_share": 0.1, "cache_monthly_cost": 540}, given),
	{},
)

test_finding if {
	found := rule.findings with input as testing.estimate([_repeating({})])
	found == {{
		"code": "TB307",
		"rule": "prompt_cache",
		"title": "What repeats in prompts is read from the cache",
		"severity": "info",
		"msg": concat(" ", [
			"[TB307] workload.bot repeats 60% of its input and reads 10% from the cache;",
			"the rest of it would save $300.00 a month.",
		]),
		"resource": "workload.bot",
		"limit": 0.2,
		"actual": 0.1,
		"saving": 300,
		"remediation": concat(" ", [
			"Put what stays the same first, unchanged to the letter,",
			"and mark it for the cache where the provider wants that (cache_control).",
		]),
		"docs": "docs/rules/TB307.md",
		"_loc": {"file": "workloads.yml", "line": 2},
	}}
}

test_calls[name] if {
	some name, case in {
		"no cache": {"call": {"cached_share": null}, "params": {}, "found": {300}},
		"nearly all": {"call": {"repeated_share": 0.3, "input_tokens": 9000}, "params": {}, "found": set()},
		"a little less": {"call": {"repeated_share": 0.3001, "input_tokens": 9000}, "params": {}, "found": {300}},
		"all of it": {"call": {"cached_share": 0.6}, "params": {"missed_share": 0}, "found": set()},
		"not told": {"call": {"repeated_share": null}, "params": {}, "found": set()},
		"no cache is sold": {"call": {"cache_monthly_cost": null}, "params": {}, "found": set()},
		"a small saving": {"call": {"cache_monthly_cost": 830.5}, "params": {}, "found": set()},
		"just enough": {"call": {"cache_monthly_cost": 830}, "params": {}, "found": {10}},
		"not worth it here": {"call": {}, "params": {"min_saving": 301}, "found": set()},
		"too short": {"call": {"input_tokens": 1706}, "params": {}, "found": set()},
		"just long enough": {"call": {"input_tokens": 2048, "repeated_share": 0.5}, "params": {}, "found": {300}},
		"of a length that is not told": {"call": {"input_tokens": null}, "params": {}, "found": {300}},
		"short, where that is cached": {"call": {"input_tokens": 100}, "params": {"min_tokens": 0}, "found": {300}},
	}
	found := rule.findings with input as testing.estimate([_repeating(case.call)])
		with data.tollbar_settings as testing.settings("prompt_cache", case.params)
	{finding.saving | some finding in found} == case.found
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([_repeating({})])
		with data.tollbar_settings as testing.settings("prompt_cache", case.params)
	testing.severities(found) == case.severities
}
