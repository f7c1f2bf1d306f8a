package tollbar.rules.governance.tag_values_test

import data.tollbar.rules.governance.tag_values as rule
import data.tollbar.testing

_values := {"values": {"environment": ["prod", "dev"], "cost_center": ["CC-????"]}}

_tagged(tags) := testing.resource({"tags": tags})

test_finding if {
	found := rule.findings with input as testing.estimate([_tagged({"environment": "prodd", "cost_center": "42"})])
		with data.tollbar_settings as testing.settings("tag_values", _values)
	found == {{
		"code": "TB202",
		"rule": "tag_values",
		"title": "Tags have allowed values",
		"severity": "warning",
		"msg": concat(" ", [
			`[TB202] aws_instance.web has tag values that are not allowed: cost_center is "42",`,
			`environment is "prodd" (did you mean prod?).`,
		]),
		"resource": "aws_instance.web",
		"remediation": concat(" ", [
			"Use an allowed value - cost_center: CC-????; environment: prod, dev.",
			"Or add the new one to tag_values.values.",
		]),
		"docs": "docs/rules/TB202.md",
		"_loc": {"file": "main.tf", "line": 3},
	}}
}

test_resources[name] if {
	some name, case in {
		"allowed": {"resource": {"tags": {"environment": "prod", "cost_center": "CC-1234"}}, "count": 0},
		"another case": {"resource": {"tags": {"environment": "Prod"}}, "count": 1},
		"no full match of a pattern": {"resource": {"tags": {"cost_center": "CC-12345"}}, "count": 1},
		"an empty value is missing": {"resource": {"tags": {"environment": " "}}, "count": 0},
		"a tag that is not listed": {"resource": {"tags": {"team": "payments"}}, "count": 0},
		"no tags": {"resource": {}, "count": 0},
		"deleted": {"resource": {"tags": {"environment": "x"}, "action": "delete"}, "count": 0},
		"free": {"resource": {"tags": {"environment": "x"}, "free": true}, "count": 1},
	}
	found := rule.findings with input as testing.estimate([testing.resource(case.resource)])
		with data.tollbar_settings as testing.settings("tag_values", _values)
	count(found) == case.count
}

test_whatever_the_case[value] if {
	some value, count_of in {"PROD": 0, "Prod": 0, "prod": 0, "PRODD": 1}
	found := rule.findings with input as testing.estimate([_tagged({"environment": value})])
		with data.tollbar_settings as testing.settings("tag_values", {
			"values": {"environment": ["Prod"]},
			"case_sensitive": false,
		})
	count(found) == count_of
}

test_each_resource_for_itself if {
	found := rule.findings with input as testing.estimate([
		_tagged({"environment": "qa"}),
		testing.resource({"address": "aws_instance.api", "tags": {"environment": "dev"}}),
		testing.resource({"address": "aws_instance.job", "tags": {"environment": "staging"}}),
	])
		with data.tollbar_settings as testing.settings("tag_values", _values)
	testing.messages(found) == {
		`[TB202] aws_instance.web has tag values that are not allowed: environment is "qa".`,
		`[TB202] aws_instance.job has tag values that are not allowed: environment is "staging".`,
	}
}

test_no_values_by_default if {
	found := rule.findings with input as testing.estimate([_tagged({"environment": "whatever"})])
	found == set()
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([_tagged({"environment": "qa"})])
		with data.tollbar_settings as testing.settings("tag_values", object.union(_values, case.params))
	testing.severities(found) == case.severities
}
