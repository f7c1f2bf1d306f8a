# METADATA
# description: |
#   What holds for every rule, checked over what OPA says of the library itself:
#
#     opa inspect --annotations --format json rego |
#       opa eval --data rego --stdin-input --fail-defined 'data.tollbar.testing.conventions_test.problems[_]'
# schemas:
#   - input: {} # no estimate
package tollbar.testing.conventions_test

import data.tollbar.lib.settings
import data.tollbar.params

# METADATA
# description: What is not as it should be; empty if all is well.
# scope: document
problems contains sprintf("%s has no %s", [name, field]) if {
	some name, rule in _rules
	some field in ["title", "description"]
	object.get(rule.annotations, field, "") == ""
}

problems contains sprintf("%s has no custom.%s", [name, field]) if {
	some name, rule in _rules
	some field in ["code", "category", "default_mode", "message", "remediation", "params", "since"]
	object.get(rule.annotations, ["custom", field], "") == ""
}

problems contains sprintf("%s has the code %s, which is not one of %s", [name, code, rule.group]) if {
	some name, rule in _rules
	code := rule.annotations.custom.code
	not regex.match(sprintf(`^TB%d\d\d$`, [_hundreds[rule.group]]), code)
}

problems contains sprintf("%s and %s have the code %s", [name, other, code]) if {
	some name, rule in _rules
	code := rule.annotations.custom.code
	some other, twin in _rules
	twin.annotations.custom.code == code
	name < other
}

problems contains sprintf("%s has the category %s", [name, rule.annotations.custom.category]) if {
	some name, rule in _rules
	rule.annotations.custom.category != rule.group
}

problems contains sprintf("%s has other parameters than its schema", [name]) if {
	some name, rule in _rules
	documented := {param | some param in rule.annotations.custom.params}
	documented != object.keys(object.get(settings.rule_schemas, [name, "properties"], {}))
}

problems contains sprintf("%s has another default mode than its defaults", [name]) if {
	some name, rule in _rules
	rule.annotations.custom.default_mode != object.get(params.defaults, [name, "mode"], "enforce")
}

problems contains sprintf("%s has parameters, but is no rule", [name]) if {
	some name in (object.keys(params.defaults) - object.keys(_rules))
}

problems contains sprintf("%s has a parameter %s without a description", [name, param]) if {
	some name, schema in settings.rule_schemas
	some param, property in schema.properties
	object.get(property, "description", "") == ""
}

problems contains sprintf("%s has no tests", [name]) if {
	some name, rule in _rules
	not input.namespaces[sprintf("data.tollbar.rules.%s.%s_test", [rule.group, name])]
}

problems contains "there are no rules" if count(_rules) == 0

_rules[name] := {"group": group, "annotations": entry.annotations} if {
	some entry in input.annotations
	entry.annotations.scope == "package"
	[_, _, branch, group, name] := [step.value | some step in entry.path]
	branch == "rules"
}

_hundreds := {"integrity": 0, "infrastructure": 1, "governance": 2, "llm": 3, "budget": 4, "efficiency": 5}

# What opa inspect says of a library with one rule.
_inspected(group, annotations) := {
	"namespaces": {sprintf("data.tollbar.rules.%s.one_test", [group]): ["one_test.rego"]},
	"annotations": [{
		"annotations": object.union({"scope": "package"}, annotations),
		"path": [{"type": "string", "value": value} | some value in ["data", "tollbar", "rules", group, "one"]],
	}],
}

_annotations := {
	"title": "One",
	"description": "One rule.",
	"custom": {
		"code": "TB101",
		"category": "infrastructure",
		"default_mode": "warn",
		"message": "is wrong.",
		"remediation": "Correct it.",
		"params": ["mode"],
		"since": "0.1.0",
	},
}

test_as_it_should_be if {
	found := problems with input as _inspected("infrastructure", _annotations)
		with settings.rule_schemas as {"one": {"properties": {"mode": {"description": "Its mode."}}}}
		with params.defaults as {"one": {"mode": "warn"}}
	found == set()
}

test_problems[name] if {
	some name, case in {
		"no title": {
			"inspected": _inspected("infrastructure", object.remove(_annotations, ["title"])),
			"problems": {"one has no title"},
		},
		"no texts": {
			"inspected": _inspected("infrastructure", object.union(_annotations, {"custom": {"message": "", "since": ""}})),
			"problems": {"one has no custom.message", "one has no custom.since"},
		},
		"another group": {
			"inspected": _inspected("governance", _annotations),
			"problems": {
				"one has the code TB101, which is not one of governance",
				"one has the category infrastructure",
			},
		},
		"other parameters": {
			"inspected": _inspected("infrastructure", object.union(_annotations, {"custom": {"params": []}})),
			"problems": {"one has other parameters than its schema"},
		},
		"another mode": {
			"inspected": _inspected("infrastructure", object.union(_annotations, {"custom": {"default_mode": "off"}})),
			"problems": {"one has another default mode than its defaults"},
		},
		"no tests": {
			"inspected": object.remove(_inspected("infrastructure", _annotations), ["namespaces"]),
			"problems": {"one has no tests"},
		},
		"no rules": {
			"inspected": {},
			"problems": {
				"there are no rules",
				"one has parameters, but is no rule",
			},
		},
	}
	found := problems with input as case.inspected
		with settings.rule_schemas as {"one": {"properties": {"mode": {"description": "Its mode."}}}}
		with params.defaults as {"one": {"mode": "warn"}}
	found == case.problems
}

test_a_parameter_without_a_description if {
	found := problems with input as _inspected("infrastructure", _annotations)
		with settings.rule_schemas as {"one": {"properties": {"mode": {}}}}
		with params.defaults as {"one": {"mode": "warn"}}
	found == {"one has a parameter mode without a description"}
}

test_a_code_used_twice if {
	first := _inspected("infrastructure", _annotations)
	second := json.patch(first, [{"op": "replace", "path": "/annotations/0/path/4/value", "value": "two"}])
	both := array.concat(first.annotations, second.annotations)
	found := problems with input as {"annotations": both}
	"one and two have the code TB101" in found
}
