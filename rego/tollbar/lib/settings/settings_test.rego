package tollbar.lib.settings_test

import data.tollbar.lib.settings
import data.tollbar.params
import data.tollbar.testing

test_valid[name] if {
	some name, case in {
		"valid": {"given": {"mode": "warn"}, "valid": {"mode": "warn"}},
		"not valid, and so not used at all": {"given": {"mode": "warn", "rules": {"x": {}}}, "valid": {}},
		"not an object": {"given": "warn", "valid": {}},
	}
	valid := settings.valid with data.tollbar_settings as case.given
	valid == case.valid
}

test_none if settings.valid == {}

# The rules' tests say what is found of settings that are not valid; this, that the schemas are schemas.
test_json_schema if {
	json.verify_schema(settings.json_schema) == [true, null]
	settings.json_schema.properties.rules.properties.deployment_limit.properties.limit.type == "number"
}

test_parameters_are_closed[rule] if {
	some rule, schema in settings.rule_schemas
	schema.additionalProperties == false
	({"mode", "enforce_from"} - object.keys(schema.properties)) in {set(), {"mode", "enforce_from"}}
}

test_defaults_are_valid if {
	problems := settings.problems with data.tollbar_settings as {"rules": params.defaults}
	problems == set()
}

test_each_parameter_has_a_default[rule] if {
	some rule, schema in settings.rule_schemas
	object.keys(schema.properties) - {"enforce_from"} == object.keys(object.get(params.defaults, rule, {}))
}

test_schemas_of_patterns_keep_out_what_could_be_invalid[pattern] if {
	some pattern in ["[a", "a]", "{a", "a}", `a\`]
	problems := settings.problems
		with data.tollbar_settings as testing.settings("unpriced_resource", {"allow_types": [pattern]})
	count(problems) == 1
}
