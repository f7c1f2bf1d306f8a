package tollbar.rules.infrastructure.storage_lifecycle_test

import data.tollbar.rules.infrastructure.storage_lifecycle as rule
import data.tollbar.testing

_bucket(traits) := testing.resource({"address": "aws_s3_bucket.a", "traits": object.union(
	{"lifecycle_rules": false},
	traits,
)})

test_finding if {
	found := rule.findings with input as testing.estimate([object.union(
		_bucket({"storage_gib": 50000}),
		{"monthly_cost": 1150},
	)])
	found == {{
		"code": "TB118",
		"rule": "storage_lifecycle",
		"title": "Large object stores have lifecycle rules",
		"severity": "info",
		"msg": concat(" ", [
			"[TB118] aws_s3_bucket.a keeps 50,000 GiB ($1,150.00 a month) without lifecycle rules,",
			"over the limit of 1,000 GiB.",
		]),
		"resource": "aws_s3_bucket.a",
		"limit": 1000,
		"actual": 50000,
		"remediation": concat(" ", [
			"Add lifecycle rules: move what is seldom read to a colder class;",
			"delete what is no longer needed, old versions, and uploads that were never completed.",
		]),
		"docs": "docs/rules/TB118.md",
		"_loc": {"file": "main.tf", "line": 3},
	}}
}

_unknown := "[TB118] aws_s3_bucket.a keeps an unknown amount without lifecycle rules, over the limit of 1,000 GiB."

test_stores[name] if {
	some name, case in {
		"at the limit": {"resource": _bucket({"storage_gib": 1000}), "params": {}, "messages": set()},
		"over the limit, at an unknown cost": {
			"resource": _bucket({"storage_gib": 1001}),
			"params": {},
			"messages": {"[TB118] aws_s3_bucket.a keeps 1,001 GiB without lifecycle rules, over the limit of 1,000 GiB."},
		},
		"a limit of one's own": {
			"resource": _bucket({"storage_gib": 1001}),
			"params": {"limit": 2000},
			"messages": set(),
		},
		"with rules": {
			"resource": _bucket({"storage_gib": 9000, "lifecycle_rules": true}),
			"params": {"include_unknown": true},
			"messages": set(),
		},
		"not known whether it has rules": {
			"resource": testing.resource({"traits": {"storage_gib": 9000}}),
			"params": {"include_unknown": true},
			"messages": set(),
		},
		"not known how much": {"resource": _bucket({}), "params": {}, "messages": set()},
		"not known how much, included": {
			"resource": _bucket({}),
			"params": {"include_unknown": true},
			"messages": {_unknown},
		},
		"known to be little, unknown ones included": {
			"resource": _bucket({"storage_gib": 0}),
			"params": {"include_unknown": true},
			"messages": set(),
		},
		"not known how much, but whether": {
			"resource": testing.resource({"traits": {"lifecycle_rules": true}}),
			"params": {"include_unknown": true},
			"messages": set(),
		},
		"deleted": {
			"resource": object.union(_bucket({"storage_gib": 9000}), {"action": "delete"}),
			"params": {},
			"messages": set(),
		},
	}
	found := rule.findings with input as testing.estimate([case.resource])
		with data.tollbar_settings as testing.settings("storage_lifecycle", case.params)
	testing.messages(found) == case.messages
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([_bucket({"storage_gib": 5000})])
		with data.tollbar_settings as testing.settings("storage_lifecycle", case.params)
	testing.severities(found) == case.severities
}
