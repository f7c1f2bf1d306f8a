# METADATA
# description: Checks documents against JSON Schemas and says in readable words what does not match.
package tollbar.lib.schema

import data.tollbar.lib.spelling

# METADATA
# description: |
#   What of a document does not match a schema: a set of {field, text}, the text a phrase that follows the field.
#   Undefined, not empty, if that cannot be found out.
errors(document, schema) := {{"field": _field(error), "text": text} |
	some error in found
	text := concat("", [_text(error, schema), _meant(error, document)])
} if {
	[_, found] := json.match_schema(document, schema)
}

# Missing and unknown properties are reported of their parent; readers look for the property itself.
_field(error) := concat(".", array.concat(_parents(error), _property(error)))

_parents(error) := [part | some part in split(error.field, "."); part != "(Root)"]

_property(error) := [name |
	pattern := {
		"additional_property_not_allowed": `^Additional property (.+) is not allowed$`,
		"required": `^(.+) is required$`,
	}[error.type]
	[_, name] := regex.find_all_string_submatch_n(pattern, error.desc, 1)[0]
]

# A default, so that no error is lost for want of words.
default _text(_, _) := "does not match"

_text(error, _) := "is missing" if error.type == "required"

_text(error, schema) := sprintf("is not known%s", [spelling.hint(name, _names(_parents(error), schema))]) if {
	error.type == "additional_property_not_allowed"
	[name] := _property(error)
}

_text(error, _) := sprintf("must be %s, not %s", [replace(expected, ",", " or "), given]) if {
	error.type == "invalid_type"
	pattern := `^Invalid type\. Expected: \[?([^\]]+)\]?, given: (.+)$`
	[_, expected, given] := regex.find_all_string_submatch_n(pattern, error.desc, 1)[0]
}

# Days have a format and a pattern: one text for both, so that they are one error.
_text(error, _) := "must be a day, such as 2026-12-31" if _is_of_a_day(error)

# "limit must be one of the following: ..." or "Must be greater than or equal to 0"
_text(error, _) := concat("", [lower(substring(phrase, 0, 1)), substring(phrase, 1, -1)]) if {
	not error.type in {"additional_property_not_allowed", "invalid_type", "required"}
	not _is_of_a_day(error)
	phrase := trim_prefix(error.desc, sprintf("%s ", [error.field]))
}

# Of a text that is none of those allowed, the one that may have been meant.
default _meant(_, _) := ""

_meant(error, document) := sprintf(" (did you mean %s?)", [candidate]) if {
	error.type == "enum"
	given := object.get(document, [step | some part in _parents(error); some step in _keys(part)], null)
	is_string(given)
	allowed := {name | some [_, name] in regex.find_all_string_submatch_n(`"([^"]+)"`, error.desc, -1)}
	candidate := spelling.nearest(given, allowed)
}

_keys(part) := [to_number(part)] if regex.match(`^\d+$`, part)

_keys(part) := [part] if not regex.match(`^\d+$`, part)

_is_of_a_day(error) if {
	error.type in {"format", "pattern"}
	regex.match(`'(date|\^20\[0-9\]\{2\}-\[0-9\]\{2\}-\[0-9\]\{2\}\$)'$`, error.desc)
}

# The names known below some parents; those known anywhere, where a $ref stands in between.
_names(parents, schema) := object.keys(properties) if {
	properties := object.get(schema, _pointer(parents), null)
	is_object(properties)
} else := {name |
	some path, properties
	walk(schema, [path, properties])
	path[count(path) - 1] == "properties"
	some name in object.keys(properties)
}

# ["approvers", "0"] -> ["properties", "approvers", "items", "properties"]
_pointer(parents) := array.concat(
	[step |
		some part in parents
		some step in _steps(part)
	],
	["properties"],
)

_steps(part) := ["items"] if regex.match(`^\d+$`, part)

_steps(part) := ["properties", part] if not regex.match(`^\d+$`, part)
