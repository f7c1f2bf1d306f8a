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

# Most of a large estimate are the lines of its breakdowns, and the tags and alternatives of its resources, and most of
# these are alike: each different one is checked once. Only whether all matches is found out so; what does not is found
# in the whole.
_matches_in_parts if {
	is_array(input.resources)
	bare := [object.remove(resource, _parts) | some resource in input.resources; is_object(resource)]

	# One that is no object would be missing.
	count(bare) == count(input.resources)
	_matches(object.union(input, {"resources": bare}), data.tollbar.schemas.estimate)
	every resource in input.resources { is_array(object.get(resource, "breakdown", [])) }
	lines := {line | some resource in input.resources; some line in resource.breakdown}
	_matches({"breakdown": lines}, _lines_schema)
	every part in _whole_parts {
		_matches({"parts": {value | some resource in input.resources; value := resource[part]}}, _part_schema(part))
	}
}

# Not cost_estimate and traits: OPA looks among figures of the same whole part one by one.
_whole_parts := {"alternatives", "tags", "unpriced"}

_parts := _whole_parts | {"breakdown"}

_part_schema(part) := {
	"$defs": data.tollbar.schemas.estimate["$defs"],
	"properties": {"parts": {"items": data.tollbar.schemas.estimate["$defs"].EstimatedResource.properties[part]}},
}

_matches(document, json_schema) if json.match_schema(document, json_schema)[0]

_lines_schema := {
	"$defs": data.tollbar.schemas.estimate["$defs"],
	"properties": object.filter(data.tollbar.schemas.estimate["$defs"].EstimatedResource.properties, ["breakdown"]),
}

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
