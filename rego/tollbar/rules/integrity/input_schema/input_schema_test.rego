package tollbar.rules.integrity.input_schema_test

import data.tollbar.params
import data.tollbar.rules.integrity.input_schema as rule
import data.tollbar.testing

_valid := testing.estimate([testing.resource({"monthly_cost": 5})])

test_finding if {
	found := rule.findings with input as object.remove(_valid, ["coverage"])
	found == {{
		"code": "TB001",
		"rule": "input_schema",
		"title": "The input is an estimate",
		"severity": "error",
		"msg": "[TB001] The input is not an estimate: coverage is missing.",
		"remediation": "Make the estimate with this release of Tollbar, or correct what produces it.",
		"docs": "docs/rules/TB001.md",
	}}
}

test_valid if {
	rule.valid with input as _valid
	found := rule.findings with input as _valid
	found == set()
}

test_inputs[name] if {
	some name, case in {
		"a list": {"input": [_valid], "problem": "it must be a JSON object"},
		"text": {"input": "estimate", "problem": "it must be a JSON object"},
		"null": {"input": null, "problem": "it must be a JSON object"},
		"another version": {
			"input": object.union(_valid, {"schema_version": "2.0", "more": 1}),
			"problem": "its schema_version is 2.0, and this release reads 1.0",
		},
		"no version": {
			"input": object.remove(_valid, ["schema_version"]),
			"problem": "schema_version is missing",
		},
		"another currency": {
			"input": object.union(_valid, {"currency": "EUR"}),
			"problem": `currency does not match: "USD"`,
		},
		"a cost as text": {
			"input": testing.estimate([testing.resource({"monthly_cost": "5"})]),
			"problem": "resources.0.monthly_cost must be number, not string",
		},
		"a misspelt field": {
			"input": testing.estimate([testing.resource({"montly_cost": 5})]),
			"problem": "resources.0.montly_cost is not known (did you mean monthly_cost?)",
		},
		"a missing field of a resource": {
			"input": testing.estimate([object.remove(testing.resource({}), ["address"])]),
			"problem": "resources.0.address is missing",
		},
		"an unknown action": {
			"input": testing.estimate([testing.resource({"action": "destroy"})]),
			"problem": concat("", [
				"resources.0.action must be one of the following: ",
				`"create", "update", "delete", "replace", "no-op"`,
			]),
		},
		"a time that is none": {
			"input": object.union(_valid, {"meta": {"now": "yesterday"}}),
			"problem": "meta.now must be an RFC 3339 timestamp",
		},
		"a time of another type": {
			"input": object.union(_valid, {"meta": {"now": 5}}),
			"problem": "meta.now must be string, not integer",
		},
	}
	found := rule.findings with input as case.input
	testing.messages(found) == {sprintf("[TB001] The input is not an estimate: %s.", [case.problem])}
}

test_no_input if {
	found := rule.findings
	testing.messages(found) == {"[TB001] The input is not an estimate: it must be a JSON object."}
}

test_first_five if {
	found := rule.findings with input as {"schema_version": "1.0", "totals": {}}
	testing.messages(found) == {concat(" ", [
		"[TB001] The input is not an estimate: coverage is missing; currency is missing; deployment is missing;",
		"meta is missing; resources is missing; and 4 more.",
	])}
}

test_all_five if {
	found := rule.findings with input as object.remove(_valid, ["coverage", "currency", "deployment", "meta", "totals"])
	testing.messages(found) == {concat(" ", [
		"[TB001] The input is not an estimate: coverage is missing; currency is missing; deployment is missing;",
		"meta is missing; totals is missing.",
	])}
}

# Someone gave conftest or OPA the policies without their data.
test_data_not_loaded[name] if {
	some name, documents in {
		"none": {"schemas": {}, "defaults": {}},
		"no parameters": {"schemas": data.tollbar.schemas, "defaults": {}},
		"no schemas": {"schemas": {}, "defaults": params.defaults},
		"no schema of estimates": {
			"schemas": object.remove(data.tollbar.schemas, ["estimate"]),
			"defaults": params.defaults,
		},
		"no schema of settings": {
			"schemas": object.remove(data.tollbar.schemas, ["settings"]),
			"defaults": params.defaults,
		},
		"no schema of what all rules have": {
			"schemas": object.remove(data.tollbar.schemas, ["rule"]),
			"defaults": params.defaults,
		},
	}
	found := rule.findings with input as _valid
		with data.tollbar.schemas as documents.schemas
		with params.defaults as documents.defaults
	{[finding.severity, finding.msg] | some finding in found} == {[
		"error",
		"[TB001] The input is not an estimate: the library's data.json files are not loaded.",
	]}
}

test_schema_that_cannot_be_used if {
	schema := object.union(data.tollbar.schemas.estimate, {"type": "nonsense"})
	found := rule.findings with input as _valid with data.tollbar.schemas.estimate as schema
	testing.messages(found) == {"[TB001] The input is not an estimate: it could not be checked."}
}

test_cannot_be_switched_off[name] if {
	some name, settings in {
		"by its own mode": testing.settings("input_schema", {"mode": "off"}),
		"by the mode of all": {"mode": "off"},
	}
	found := rule.findings with input as [] with data.tollbar_settings as settings
	testing.severities(found) == {"error"}
}

_line := {
	"name": "Instance usage",
	"unit": "hours",
	"unit_price": 0.1,
	"basis": "fixed",
	"price": {"source": "list", "as_of": "2026-11-01", "trust": "A"},
}

# Breakdowns are checked apart from the rest, each different line once.
test_breakdowns[name] if {
	some name, case in {
		"the same line again and again": {"breakdowns": [[_line, _line], [_line]], "problems": set()},
		"one that is wrong": {
			"breakdowns": [[_line], [_line, object.remove(_line, ["unit"])]],
			"problems": {"[TB001] The input is not an estimate: resources.1.breakdown.1.unit is missing."},
		},
		"no list of lines": {
			"breakdowns": [[_line], {"0": _line}],
			"problems": {"[TB001] The input is not an estimate: resources.1.breakdown must be array, not object."},
		},
		"no line": {
			"breakdowns": [[_line], ["free"]],
			"problems": {"[TB001] The input is not an estimate: resources.1.breakdown.0 must be object, not string."},
		},
		"false": {
			"breakdowns": [false],
			"problems": {"[TB001] The input is not an estimate: resources.0.breakdown must be array, not boolean."},
		},
	}
	resources := [testing.resource({"breakdown": breakdown}) | some breakdown in case.breakdowns]
	found := rule.findings with input as testing.estimate(resources)
	testing.messages(found) == case.problems
}

test_resources_that_are_none[name] if {
	some name, case in {
		"a text among them": {
			"resources": [testing.resource({}), "web"],
			"problem": "resources.1 must be object, not string",
		},
		"not in a list": {
			"resources": {"web": testing.resource({})},
			"problem": "resources must be array, not object",
		},
	}
	found := rule.findings with input as object.union(_valid, {"resources": case.resources})
	testing.messages(found) == {sprintf("[TB001] The input is not an estimate: %s.", [case.problem])}
}

test_parts_that_are_checked_once[name] if {
	some name, case in {
		"tags": {"part": {"tags": {"team": 7}}, "problem": "tags.team must be string, not integer"},
		"no tags": {"part": {"tags": null}, "problem": "tags must be object, not null"},
		"alternatives": {
			"part": {"alternatives": [{"instance_type": 7}]},
			"problem": "alternatives.0.instance_type must be string, not integer",
		},
		"no list of what has no price": {"part": {"unpriced": false}, "problem": "unpriced must be array, not boolean"},
	}
	resources := [testing.resource({}), testing.resource(case.part)]
	found := rule.findings with input as testing.estimate(resources)
	some message in testing.messages(found)
	contains(message, sprintf("resources.1.%s", [case.problem]))
}

test_names_and_figures[name] if {
	some name, case in {
		"no name": {"resource": object.remove(testing.resource({}), ["name"]), "problem": "name is missing"},
		"an address that is null": {
			"resource": testing.resource({"address": null}),
			"problem": "address must be string, not null",
		},
		"a name that is a list": {
			"resource": testing.resource({"name": ["web"]}),
			"problem": "name must be string, not array",
		},
		"a cost that is an object": {
			"resource": testing.resource({"monthly_cost": {"usd": 1}}),
			"problem": "monthly_cost must be number, not object",
		},
		"a cost that is true": {
			"resource": testing.resource({"previous_monthly_cost": true}),
			"problem": "previous_monthly_cost must be number, not boolean",
		},
	}
	found := rule.findings with input as testing.estimate([testing.resource({"monthly_cost": 1}), case.resource])
	testing.messages(found) == {sprintf("[TB001] The input is not an estimate: resources.1.%s.", [case.problem])}
}
