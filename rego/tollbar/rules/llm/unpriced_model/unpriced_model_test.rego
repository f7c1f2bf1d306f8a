package tollbar.rules.llm.unpriced_model_test

import data.tollbar.rules.llm.unpriced_model as rule
import data.tollbar.testing

_unknown := object.union(
	object.remove(testing.llm_call({"model": "gpt-77"}, {}), ["monthly_cost"]),
	testing.unpriced("price_not_found", "no price for llm/openai/gpt-77/input_tokens"),
)

test_finding if {
	found := rule.findings with input as testing.estimate([_unknown])
	found == {{
		"code": "TB304",
		"rule": "unpriced_model",
		"title": "Every language model that is called has a price",
		"severity": "warning",
		"msg": concat(" ", [
			"[TB304] workload.bot calls gpt-77, of which no price is known:",
			"no price for llm/openai/gpt-77/input_tokens.",
		]),
		"resource": "workload.bot",
		"actual": "gpt-77",
		"remediation": concat(" ", [
			"Correct the name, tell its provider, run tollbar prices refresh, or add its price to a price book.",
			"If it may go unpriced, list it in unpriced_model.allow_models.",
		]),
		"docs": "docs/rules/TB304.md",
		"_loc": {"file": "workloads.yml", "line": 2},
	}}
}

test_resources[name] if {
	some name, case in {
		"priced": {"resource": testing.llm_call({}, {}), "allowed": [], "found": set()},
		"priced, and said so": {"resource": testing.llm_call({}, {"unpriced": []}), "allowed": [], "found": set()},
		"of no model": {
			"resource": testing.resource(testing.unpriced("price_not_found", "x")),
			"allowed": [],
			"found": set(),
		},
		"allowed": {"resource": _unknown, "allowed": ["my-*", "gpt-77"], "found": set()},
		"another allowed": {"resource": _unknown, "allowed": ["my-*"], "found": {"gpt-77"}},
		"deleted": {"resource": object.union(_unknown, {"action": "delete"}), "allowed": [], "found": set()},
	}
	found := rule.findings with input as testing.estimate([case.resource])
		with data.tollbar_settings as testing.settings("unpriced_model", {"allow_models": case.allowed})
	{finding.actual | some finding in found} == case.found
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([_unknown])
		with data.tollbar_settings as testing.settings("unpriced_model", case.params)
	testing.severities(found) == case.severities
}
