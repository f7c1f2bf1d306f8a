# METADATA
# description: |
#   What users set: the document data.tollbar_settings, a root of its own because a bundle owns the root tollbar.
package tollbar.lib.settings

import data.tollbar.lib.schema

# METADATA
# description: The settings, if all of them are valid. Else none is used, and the rule settings_valid denies.
# scope: document
default valid := {}

valid := _given if count(problems) == 0

# METADATA
# description: What is wrong with the settings, as a set of {field, text}.
# scope: document
default problems := {{"field": "tollbar_settings", "text": "could not be checked"}}

problems := set() if {
	json.match_schema({"settings": _given}, {"properties": {"settings": _schema_of_given}})[0]
} else := schema.errors({"tollbar_settings": _given}, {"properties": {"tollbar_settings": json_schema}})

# The schemas of the rules that are set: making a schema of all of them takes longer than all else the policy does.
_schema_of_given := _schema({name: rule_schemas[name] | some name in object.keys(_given.rules)})

_schema_of_given := _schema({}) if not is_object(object.get(_given, "rules", null))

_schema(rules) := object.union(
	data.tollbar.schemas.settings,
	{"properties": {"rules": {"additionalProperties": false, "properties": rules}}},
)

default _given := {}

_given := data.tollbar_settings

# METADATA
# description: The JSON Schema of all settings, for editors too. It names every rule with its parameters.
json_schema := _schema(rule_schemas)

# METADATA
# description: |
#   The JSON Schemas of what may be set of each rule: its own parameters, and those of every rule that has a mode. A
#   rule without a mode is always on.
# scope: document
rule_schemas[name] := object.union(data.tollbar.schemas.rule, {"properties": params}) if {
	some group, name
	params := data.tollbar.rules[group][name].params
	data.tollbar.rules[group][name].mode
}

rule_schemas[name] := {"additionalProperties": false, "properties": params} if {
	some group, name
	params := data.tollbar.rules[group][name].params
	not data.tollbar.rules[group][name].mode
}
