package tollbar.rules.llm.fallback_chain_test

import data.tollbar.rules.llm.fallback_chain as rule
import data.tollbar.testing

_others := [
	{"model": "gpt-4o-mini", "provider": "openai", "monthly_cost": 6},
	{"model": "claude-haiku-4-5", "provider": "anthropic", "monthly_cost": 46},
	{"model": "as-dear", "provider": "openai", "monthly_cost": 840},
	{"model": "gpt-4-32k", "provider": "openai", "monthly_cost": 1680},
]

_falling_back(chain) := testing.llm_call({"fallbacks": chain, "other_models": _others}, {})

test_finding if {
	found := rule.findings with input as testing.estimate([_falling_back(["gpt-4-32k", "gpt-4o-mini", "gpt-4o-mini"])])
	found == {{
		"code": "TB309",
		"rule": "fallback_chain",
		"title": "Fallback chains are short and do not lead to dearer models",
		"severity": "warning",
		"msg": concat(" ", [
			"[TB309] workload.bot has the fallbacks gpt-4-32k, gpt-4o-mini, gpt-4o-mini: 3 are more than 2;",
			"gpt-4-32k costs $1,680.00 a month instead of $840.00; gpt-4o-mini is tried twice.",
		]),
		"resource": "workload.bot",
		"actual": 3,
		"remediation": "Fall back to one or two cheaper models, each once, then tell the caller.",
		"docs": "docs/rules/TB309.md",
		"_loc": {"file": "workloads.yml", "line": 2},
	}}
}

test_chains[name] if {
	some name, case in {
		"none": {"chain": [], "params": {}, "problems": set()},
		"two": {"chain": ["gpt-4o-mini", "claude-haiku-4-5"], "params": {}, "problems": set()},
		"over a limit of one's own": {
			"chain": ["gpt-4o-mini"],
			"params": {"max_fallbacks": 0},
			"problems": {"1 are more than 0"},
		},
		"any number": {
			"chain": ["gpt-4o-mini", "claude-haiku-4-5", "as-dear"],
			"params": {"max_fallbacks": null},
			"problems": set(),
		},
		"itself": {"chain": ["gpt-4"], "params": {}, "problems": {"gpt-4 is tried twice"}},
		"as dear": {"chain": ["as-dear"], "params": {}, "problems": set()},
		"twice as dear, as may be": {"chain": ["gpt-4-32k"], "params": {"dearer": 100}, "problems": set()},
		"dearer than may be": {
			"chain": ["gpt-4-32k"],
			"params": {"dearer": 99},
			"problems": {"gpt-4-32k costs $1,680.00 a month instead of $840.00"},
		},
		"however dear": {"chain": ["gpt-4-32k", "gpt-77"], "params": {"dearer": null}, "problems": set()},
		"a price that is not known": {
			"chain": ["gpt-77"],
			"params": {},
			"problems": {"the price of gpt-77 is not known"},
		},
		"one provider": {
			"chain": ["gpt-4o-mini"],
			"params": {"other_provider": true},
			"problems": {"all models are of openai"},
		},
		"two providers": {
			"chain": ["gpt-4o-mini", "claude-haiku-4-5"],
			"params": {"other_provider": true},
			"problems": set(),
		},
		"no chain, no other provider": {"chain": [], "params": {"other_provider": true}, "problems": set()},
	}
	found := rule.findings with input as testing.estimate([_falling_back(case.chain)])
		with data.tollbar_settings as testing.settings("fallback_chain", case.params)
	chain := concat(", ", case.chain)
	testing.messages(found) == {sprintf("[TB309] workload.bot has the fallbacks %s: %s.", [chain, problem]) |
		some problem in case.problems
	}
}

test_nothing_is_known_of_the_use if {
	call := object.remove(testing.llm_call({"fallbacks": ["gpt-4o-mini"], "other_models": []}, {}), ["monthly_cost"])
	found := rule.findings with input as testing.estimate([call])
	found == set()
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([_falling_back(["gpt-4-32k"])])
		with data.tollbar_settings as testing.settings("fallback_chain", case.params)
	testing.severities(found) == case.severities
}
