package tollbar.rules.llm.model_tier_test

import data.tollbar.rules.llm.model_tier as rule
import data.tollbar.testing

test_finding if {
	found := rule.findings with input as testing.estimate([testing.llm_call({}, {})])
		with data.tollbar_settings as testing.settings("model_tier", {"environments": {"dev": 1}})
	found == {{
		"code": "TB305",
		"rule": "model_tier",
		"title": "Language models are used by those who may",
		"severity": "warning",
		"msg": "[TB305] workload.bot calls gpt-4 of tier 2, but dev may use tier 1.",
		"resource": "workload.bot",
		"limit": 1,
		"actual": 2,
		"remediation": "Use a model up to tier 1, or ask for tier 2: model_tier.teams lists who has it.",
		"docs": "docs/rules/TB305.md",
		"_loc": {"file": "workloads.yml", "line": 2},
	}}
}

test_who[name] if {
	some name, case in {
		"nothing set": {"params": {}, "resource": {}, "messages": set()},
		"an environment's tier": {"params": {"environments": {"dev": 2}}, "resource": {}, "messages": set()},
		"another environment": {
			"params": {"environments": {"dev": 1}},
			"resource": {"environment": "prod"},
			"messages": set(),
		},
		"all others": {
			"params": {"environments": {"dev": 1}, "other": 0},
			"resource": {"environment": "prod"},
			"messages": {"[TB305] workload.bot calls gpt-4 of tier 2, but prod may use tier 0."},
		},
		"null: any": {"params": {"environments": {"dev": null}, "other": 1}, "resource": {}, "messages": set()},
		"a team that may": {
			"params": {"environments": {"dev": 1}, "teams": {"search": 2}},
			"resource": {"tags": {"team": "search"}},
			"messages": set(),
		},
		"a team that may not": {
			"params": {"teams": {"search": 1}, "other": 3},
			"resource": {"tags": {"team": "search"}},
			"messages": {"[TB305] workload.bot calls gpt-4 of tier 2, but team search may use tier 1."},
		},
		"a team that may nothing": {
			"params": {"teams": {"search": 0}},
			"resource": {"tags": {"team": "search"}},
			"messages": {"[TB305] workload.bot calls gpt-4 of tier 2, but team search may use tier 0."},
		},
		"the deployment's team": {
			"params": {"teams": {"checkout": 1}},
			"resource": {},
			"messages": {"[TB305] workload.bot calls gpt-4 of tier 2, but team checkout may use tier 1."},
		},
		"another team": {"params": {"teams": {"search": 1}}, "resource": {}, "messages": set()},
	}
	document := testing.estimate_with([testing.llm_call({}, case.resource)], {"deployment": {"team": "checkout"}})
	found := rule.findings with input as document
		with data.tollbar_settings as testing.settings("model_tier", case.params)
	testing.messages(found) == case.messages
}

test_no_team if {
	found := rule.findings with input as testing.estimate([testing.llm_call({}, {})])
		with data.tollbar_settings as testing.settings("model_tier", {"teams": {"search": 0}, "other": 1})
	testing.messages(found) == {"[TB305] workload.bot calls gpt-4 of tier 2, but dev may use tier 1."}
}

test_tier_that_is_asked_for[name] if {
	some name, case in {
		"enough": {"call": {"tier": 2}, "messages": set()},
		"too low": {
			"call": {"tier": 1},
			"messages": {"[TB305] workload.bot calls gpt-4 of tier 2, but it asks for tier 1."},
		},
	}
	found := rule.findings with input as testing.estimate([testing.llm_call(case.call, {})])
	testing.messages(found) == case.messages
}

test_tiers[model] if {
	some model, tier in {
		"gpt-3.5-turbo": 1,
		"gpt-3.5-turbo-0125": 1,
		"gpt-4o-mini": 1,
		"gpt-5.4-nano": 1,
		"claude-instant-1.2": 1,
		"claude-haiku-4-5-20251001": 1,
		"gemini-2.5-flash-lite": 1,
		"gpt-4-0613": 2,
		"gpt-4o": 2,
		"gpt-5.1": 2,
		"claude-2": 2,
		"claude-3-5-sonnet-20241022": 2,
		"gemini-2.5-pro": 2,
		"ft:gpt-4o-mini:acme": 3,
		"gpt-4-vision-preview": 3,
		"claude-opus-4-5": 3,
		"o1-pro": 3,
		"a-model-of-nobody": 3,
	}
	found := rule.findings with input as testing.estimate([testing.llm_call({"model": model}, {})])
		with data.tollbar_settings as testing.settings("model_tier", {"other": 0})
	{finding.actual | some finding in found} == {tier}
}

test_params[name] if {
	some name, case in {
		"models of one's own": {"params": {"tiers": {"1": ["gpt-4"], "2": []}}, "actual": {1}},
		"in several tiers": {"params": {"tiers": {"3": ["gpt-*"]}}, "actual": {3}},
		"unlisted": {"params": {"tiers": {"2": []}, "unlisted": 1}, "actual": {1}},
		"unlisted, not judged": {"params": {"tiers": {"2": []}, "unlisted": null}, "actual": set()},
	}
	found := rule.findings with input as testing.estimate([testing.llm_call({}, {})])
		with data.tollbar_settings as testing.settings("model_tier", object.union({"other": 0}, case.params))
	{finding.actual | some finding in found} == case.actual
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([testing.llm_call({"tier": 1}, {})])
		with data.tollbar_settings as testing.settings("model_tier", case.params)
	testing.severities(found) == case.severities
}
