package tollbar.lib.schema_test

import data.tollbar.lib.schema

_schema := {
	"type": "object",
	"additionalProperties": false,
	"required": ["name"],
	"properties": {
		"name": {"type": "string", "minLength": 2},
		"size": {"type": ["number", "null"]},
		"parts": {
			"type": "array",
			"items": {"type": "object", "additionalProperties": false, "properties": {"color": {"enum": ["red", "blue"]}}},
		},
		"owner": {"$ref": "#/$defs/owner"},
		"from": {"type": "string", "format": "date", "pattern": "^20[0-9]{2}-[0-9]{2}-[0-9]{2}$"},
		"site": {"type": "string", "format": "uri", "pattern": "^h"},
	},
	"$defs": {"owner": {"type": "object", "additionalProperties": false, "properties": {"team": {"type": "string"}}}},
}

test_errors[name] if {
	some name, case in {
		"none": {"document": {"name": "ab"}, "errors": set()},
		"missing": {"document": {}, "errors": {{"field": "name", "text": "is missing"}}},
		"unknown": {
			"document": {"name": "ab", "colour": 1},
			"errors": {{"field": "colour", "text": "is not known (known: from, name, owner, parts, site, size)"}},
		},
		"misspelt": {
			"document": {"name": "ab", "siez": 1},
			"errors": {{"field": "siez", "text": "is not known (did you mean size?)"}},
		},
		"misspelt in a list": {
			"document": {"name": "ab", "parts": [{}, {"colour": "red"}]},
			"errors": {{"field": "parts.1.colour", "text": "is not known (did you mean color?)"}},
		},
		"misspelt behind a reference": {
			"document": {"name": "ab", "owner": {"taem": "x"}},
			"errors": {{"field": "owner.taem", "text": "is not known (did you mean team?)"}},
		},
		"a wrong type": {
			"document": {"name": 5},
			"errors": {{"field": "name", "text": "must be string, not integer"}},
		},
		"a wrong type where there are several": {
			"document": {"name": "ab", "size": "large"},
			"errors": {{"field": "size", "text": "must be number or null, not string"}},
		},
		"not one of the values": {
			"document": {"name": "ab", "parts": [{"color": "green"}]},
			"errors": {{"field": "parts.0.color", "text": `must be one of the following: "red", "blue"`}},
		},
		"misspelt among the values": {
			"document": {"name": "ab", "parts": [{}, {"color": "rad"}]},
			"errors": {{"field": "parts.1.color", "text": `must be one of the following: "red", "blue" (did you mean red?)`}},
		},
		"no text among the values": {
			"document": {"name": "ab", "parts": [{"color": 5}]},
			"errors": {{"field": "parts.0.color", "text": `must be one of the following: "red", "blue"`}},
		},
		"no day, by its format and its pattern": {
			"document": {"name": "ab", "from": "1/12/2026"},
			"errors": {{"field": "from", "text": "must be a day, such as 2026-12-31"}},
		},
		"a day that is not in the calendar": {
			"document": {"name": "ab", "from": "2026-13-01"},
			"errors": {{"field": "from", "text": "must be a day, such as 2026-12-31"}},
		},
		"another format and pattern": {
			"document": {"name": "ab", "site": "::"},
			"errors": {
				{"field": "site", "text": "does not match format 'uri'"},
				{"field": "site", "text": "does not match pattern '^h'"},
			},
		},
		"another error": {
			"document": {"name": "a"},
			"errors": {{"field": "name", "text": "string length must be greater than or equal to 2"}},
		},
		"several": {
			"document": {"size": "large"},
			"errors": {
				{"field": "name", "text": "is missing"},
				{"field": "size", "text": "must be number or null, not string"},
			},
		},
		"one without words": {
			"document": {"name": "ab", "a\nb": 1},
			"errors": {{"field": "", "text": "does not match"}},
		},
	}
	schema.errors(case.document, _schema) == case.errors
}

test_undefined_if_it_cannot_be_checked if not schema.errors({}, {"type": "nonsense"})
