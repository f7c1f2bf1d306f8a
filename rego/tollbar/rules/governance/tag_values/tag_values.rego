# METADATA
# title: Tags have allowed values
# description: |
#   A bill is split by the values of tags: prod, Prod and production are three lines of it. This rule compares the tags
#   of each resource with lists of allowed values or patterns. By default no values are listed, and it finds nothing. A
#   tag that is missing or empty is for required_tags (TB201) to tell.
# custom:
#   code: TB202
#   category: governance
#   default_mode: warn
#   message: "has tag values that are not allowed: {problems}."
#   remediation: "Use an allowed value - {allowed}. Or add the new one to tag_values.values."
#   params: [mode, enforce_from, values, case_sensitive]
#   since: 0.2.0
package tollbar.rules.governance.tag_values

import data.tollbar.lib.globs
import data.tollbar.lib.inventory
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.lib.spelling
import data.tollbar.params

# METADATA
# description: One finding per resource, with all its wrong values.
# scope: document
findings := result.findings(rego.metadata.chain(), [[resource, {}, {
	"{problems}": concat(", ", {text | some text in problems}),
	"{allowed}": concat("; ", {_allowed[tag] | some tag, _ in problems}),
}] |
	_is_any_problem
	some resource in resources.present
	problems := {tag: text |
		some tag, texts in _problems
		text := texts[resource.tags[tag]]
	}
	count(problems) > 0
])

# The resources are not looked at where nothing is wrong.
_is_any_problem if some _ in _problems

# What is wrong with each value in use. Values are few where resources are many: each is matched once.
_problems[tag] := {value: text |
	some value in values
	not globs.any_matches(_patterns[tag], _comparable(value))
	text := sprintf("%s is %q%s", [tag, value, _hint(tag, value)])
} if {
	some tag, values in _used
}

_config := params.active.tag_values

_used[tag] := {value | value := inventory.parts.tags[_][tag]; trim_space(value) != ""} if some tag, _ in _config.values

_patterns[tag] := [_comparable(pattern) | some pattern in patterns] if some tag, patterns in _config.values

_comparable(text) := {true: text, false: lower(text)}[_config.case_sensitive]

default _hint(_, _) := ""

_hint(tag, value) := sprintf(" (did you mean %s?)", [candidate]) if {
	candidate := spelling.nearest(value, {pattern | some pattern in _config.values[tag]})
}

_allowed[tag] := sprintf("%s: %s", [tag, concat(", ", patterns)]) if some tag, patterns in _config.values
