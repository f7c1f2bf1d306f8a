package tollbar.rules.integrity.unpriced_resource_test

import data.tollbar.rules.integrity.unpriced_resource as rule
import data.tollbar.testing

_unknown := testing.resource(testing.unpriced("unsupported_type", "aws_foo is not known"))

test_finding if {
	found := rule.findings with input as testing.estimate([_unknown])
	found == {{
		"code": "TB002",
		"rule": "unpriced_resource",
		"title": "Every resource has a price",
		"severity": "warning",
		"msg": "[TB002] aws_instance.web has no complete price: the type is not supported (aws_foo is not known).",
		"resource": "aws_instance.web",
		"remediation": concat(" ", [
			"Run tollbar prices refresh, add its price to a price book, or give what is known only after apply.",
			"If the type may go unpriced, list it in unpriced_resource.allow_types.",
		]),
		"docs": "docs/rules/TB002.md",
		"_loc": {"file": "main.tf", "line": 3},
	}}
}

test_resources[name] if {
	some name, case in {
		"priced": {"resource": {"monthly_cost": 5}, "messages": set()},
		"priced, and said so": {"resource": {"monthly_cost": 5, "unpriced": []}, "messages": set()},
		"free": {"resource": {"free": true}, "messages": set()},
		"no cost, it depends on use": {"resource": {}, "messages": set()},
		"deleted": {
			"resource": object.union(testing.unpriced("price_not_found", "x"), {"action": "delete"}),
			"messages": set(),
		},
		"priced in part": {
			"resource": object.union(testing.unpriced("price_not_found", "storage in eu-south-2"), {"monthly_cost": 5}),
			"messages": {"[TB002] aws_instance.web has no complete price: no price was found (storage in eu-south-2)."},
		},
		"several reasons, one finding": {
			"resource": {"unpriced": [
				{"reason": "unknown_until_apply", "detail": "instance_type"},
				{"reason": "price_not_found", "detail": "storage"},
			]},
			"messages": {concat(" ", [
				"[TB002] aws_instance.web has no complete price: no price was found (storage);",
				"a value is not known until apply (instance_type).",
			])},
		},
		"a reason is told once": {
			"resource": {"unpriced": [{"reason": "price_not_found", "detail": d} | some d in ["a", "c", "b"]]},
			"messages": {"[TB002] aws_instance.web has no complete price: no price was found (a; b; c)."},
		},
		"of many details, two": {
			"resource": {"unpriced": [{"reason": "price_not_found", "detail": d} | some d in ["d", "a", "c", "b"]]},
			"messages": {"[TB002] aws_instance.web has no complete price: no price was found (a; b; and 2 more)."},
		},
	}
	found := rule.findings with input as testing.estimate([testing.resource(case.resource)])
	testing.messages(found) == case.messages
}

test_allowed_types[name] if {
	some name, case in {
		"the type": {"allow_types": ["aws_instance"], "count": 0},
		"a pattern": {"allow_types": ["google_*", "aws_*"], "count": 0},
		"another type": {"allow_types": ["aws_inst"], "count": 1},
		"none": {"allow_types": [], "count": 1},
	}
	found := rule.findings with input as testing.estimate([_unknown])
		with data.tollbar_settings as testing.settings("unpriced_resource", {"allow_types": case.allow_types})
	count(found) == case.count
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([_unknown])
		with data.tollbar_settings as testing.settings("unpriced_resource", case.params)
	testing.severities(found) == case.severities
}
