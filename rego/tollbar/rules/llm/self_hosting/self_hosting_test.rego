package tollbar.rules.llm.self_hosting_test

import data.tollbar.rules.llm.self_hosting as rule
import data.tollbar.testing

# 2,000,000 x 1K tokens a month.
_hosted(unit_cost, about) := testing.own_model({}, object.union(
	{
		"type": "llm_self_hosted",
		"unit_cost": object.union(
			{
				"unit": "1K tokens",
				"quantity": 2000000,
				"cost": 0.0005,
				"compared_with": "gpt-4o-mini",
				"compared_cost": 0.0003,
			},
			unit_cost,
		),
	},
	about,
))

test_finding if {
	found := rule.findings with input as testing.estimate([_hosted({"break_even": 3333333.3}, {})])
	found == {{
		"code": "TB311",
		"rule": "self_hosting",
		"title": "Language models are hosted where that costs less",
		"severity": "info",
		"msg": concat(" ", [
			"[TB311] workload.ranker costs $1,000.00 a month for tokens that gpt-4o-mini sells for $600.00;",
			"it pays from 3,333,333 x 1K tokens a month on, and 2,000,000 are served.",
		]),
		"resource": "workload.ranker",
		"limit": 600,
		"actual": 1000,
		"saving": 400,
		"remediation": "Call gpt-4o-mini by API, or serve more tokens with fewer or smaller machines.",
		"docs": "docs/rules/TB311.md",
		"_loc": {"file": "workloads.yml", "line": 2},
	}}
}

test_hosted[name] if {
	some name, case in {
		"it never pays": {"unit_cost": {}, "about": {}, "params": {}, "messages": {concat(" ", [
			"[TB311] workload.ranker costs $1,000.00 a month for tokens that gpt-4o-mini sells for $600.00,",
			"and could never serve enough to pay.",
		])}},
		"it pays": {"unit_cost": {"compared_cost": 0.0006}, "about": {}, "params": {}, "messages": set()},
		"nearly": {"unit_cost": {}, "about": {"monthly_cost": 609.99}, "params": {}, "messages": set()},
		"just not": {"unit_cost": {}, "about": {"monthly_cost": 610}, "params": {}, "messages": {concat(" ", [
			"[TB311] workload.ranker costs $610.00 a month for tokens that gpt-4o-mini sells for $600.00,",
			"and could never serve enough to pay.",
		])}},
		"not worth it here": {"unit_cost": {}, "about": {}, "params": {"min_saving": 401}, "messages": set()},
		"something else": {"unit_cost": {}, "about": {"type": "aws_instance"}, "params": {}, "messages": set()},
		"deleted": {"unit_cost": {}, "about": {"action": "delete"}, "params": {}, "messages": set()},
	}
	found := rule.findings with input as testing.estimate([_hosted(case.unit_cost, case.about)])
		with data.tollbar_settings as testing.settings("self_hosting", case.params)
	testing.messages(found) == case.messages
}

test_what_is_not_compared_cannot_be if {
	resource := object.remove(_hosted({}, {}), ["unit_cost"])
	found := rule.findings with input as testing.estimate([resource])
	found == set()
}

test_api_finding if {
	calls := [testing.llm_call({}, {"monthly_cost": 10000}), testing.llm_call({}, {"monthly_cost": 2500})]
	found := rule.findings with input as testing.estimate(calls)
	found == {{
		"code": "TB311",
		"rule": "self_hosting",
		"title": "Language models are hosted where that costs less",
		"severity": "info",
		"msg": concat(" ", [
			"[TB311] payments calls language models for $150,000.00 a year,",
			"over the $125,000.00 from which on hosting one is worth a comparison.",
		]),
		"limit": 125000,
		"actual": 150000,
		"remediation": concat(" ", [
			"Compare it with an open model on your own machines: a workload of kind self_hosted_llm with compare_with",
			"tells its cost per token and its break-even.",
		]),
		"docs": "docs/rules/TB311.md",
	}}
}

test_api[name] if {
	some name, case in {
		"at the limit": {"cost": 1000, "params": {"yearly_api_cost": 12000}, "found": set()},
		"over it": {"cost": 1000.01, "params": {"yearly_api_cost": 12000}, "found": {12000}},
		"never": {"cost": 999999, "params": {"yearly_api_cost": null}, "found": set()},
	}
	found := rule.findings with input as testing.estimate([testing.llm_call({}, {"monthly_cost": case.cost})])
		with data.tollbar_settings as testing.settings("self_hosting", case.params)
	{finding.limit | some finding in found} == case.found
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([_hosted({}, {})])
		with data.tollbar_settings as testing.settings("self_hosting", case.params)
	testing.severities(found) == case.severities
}

test_modes_of_the_deployment[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([testing.llm_call({}, {"monthly_cost": 99999})])
		with data.tollbar_settings as testing.settings("self_hosting", case.params)
	testing.severities(found) == case.severities
}
