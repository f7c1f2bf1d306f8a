# METADATA
# title: The input is an estimate
# description: |
#   The policy judges an estimate: what "tollbar estimate --format json" writes, in the form of the schema that comes
#   with the library (rego/tollbar/schemas/estimate/data.json). Every other rule relies on that form, since a field that
#   is missing or of a wrong type would let it pass in silence. So the form is checked first, and nothing else of the
#   input is judged until it is right. The rule is always on. The command line ends with exit code 3.
# custom:
#   code: TB001
#   category: integrity
#   default_mode: enforce
#   message: "is not an estimate: {problems}."
#   remediation: Make the estimate with this release of Tollbar, or correct what produces it.
#   params: []
#   since: 0.1.0
package tollbar.rules.integrity.input_schema

import data.tollbar.lib.clock
import data.tollbar.lib.inventory
import data.tollbar.lib.result
import data.tollbar.lib.schema
import data.tollbar.params

# METADATA
# description: At most one finding. It names the first five fields that are wrong.
# scope: document
findings contains result.finding(rego.metadata.chain(), {"name": "The input"}, {}, {"{problems}": text}) if {
	count(_problems) > 0
	text := concat("; ", array.concat(array.slice(_problems, 0, 5), _more))
}

# METADATA
# description: Whether the input is an estimate. What the decision relies on before it allows anything.
valid if count(_problems) == 0

# Whatever keeps the input from being checked is a problem too.
default _problems := ["it could not be checked"]

_problems := ["it must be a JSON object"] if {
	not _is_object
} else := ["the library's data.json files are not loaded"] if {
	not _data_loaded
} else := [sprintf("its schema_version is %v, and this release reads %v", [input.schema_version, _known_version])] if {
	input.schema_version != _known_version
} else := sort({sprintf("%s %s", [error.field, error.text]) | some error in _mismatches} | _wrong_time) if {
	# Or the comprehension would make nothing found of what could not be checked.
	_mismatches
}

_mismatches := set() if {
	_matches_in_parts
} else := schema.errors(input, data.tollbar.schemas.estimate)

# Turning a large estimate into what a JSON Schema can be compared with takes longer than most rules: what is alike is
# checked once. Only whether all matches is found out so; what does not is found in the whole.
_matches_in_parts if {
	is_array(input.resources)
	{type_name(resource) | some resource in input.resources} | {"object"} == {"object"}
	_matches(object.union(input, {"resources": inventory.kinds}), _schema_of_kinds)
	_matches(inventory.parts, {
		"$defs": _defs,
		"properties": {part: {"items": _resource.properties[part]} | some part, _ in inventory.parts},
	})
}

_matches(document, json_schema) if json.match_schema(document, json_schema)[0]

_schema_of_kinds := json.patch(data.tollbar.schemas.estimate, [{
	"op": "replace",
	"path": ["$defs", "EstimatedResource", "required"],
	"value": [field | some field in _resource.required; not field in object.keys(inventory.parts)],
}])

_resource := _defs.EstimatedResource

_defs := data.tollbar.schemas.estimate["$defs"]

# A rule of its own because "not is_object(input)" is undefined, not true, where there is no input at all.
_is_object if is_object(input)

default _more := []

_more := [sprintf("and %d more", [count(_problems) - 5])] if count(_problems) > 5

_data_loaded if {
	data.tollbar.schemas.settings
	data.tollbar.schemas.rule
	count(params.defaults) > 0
	_known_version
}

_known_version := data.tollbar.schemas.estimate.properties.schema_version.const

default _wrong_time := set()

_wrong_time := {"meta.now must be an RFC 3339 timestamp"} if {
	is_string(input.meta.now)
	not clock.valid(input.meta.now)
}
