package tollbar.rules.integrity.unpriced_share_test

import data.tollbar.rules.integrity.unpriced_share as rule
import data.tollbar.testing

_unpriced(type) := testing.resource(object.union({"type": type}, testing.unpriced("unsupported_type", "not known")))

_priced := [testing.resource({"monthly_cost": 5}) | some _ in numbers.range(1, 4)]

# One of five is 20%.
test_finding if {
	found := rule.findings with input as testing.estimate(array.concat(
		array.slice(_priced, 0, 2),
		[_unpriced("aws_foo"), _unpriced("aws_foo"), _unpriced("aws_bar")],
	))
	found == {{
		"code": "TB005",
		"rule": "unpriced_share",
		"title": "Most resources have a price",
		"severity": "warning",
		"msg": concat(" ", [
			"[TB005] payments has no complete price for 60% of its resources (3 of 5: aws_bar, aws_foo),",
			"over the limit of 20%. The total leaves out what has none.",
		]),
		"limit": 20,
		"actual": 60,
		"remediation": concat(" ", [
			"Run tollbar prices refresh, add the missing prices to a price book,",
			"or give what is known only after apply.",
			"Types that may go unpriced belong into unpriced_resource.allow_types.",
		]),
		"docs": "docs/rules/TB005.md",
	}}
}

test_shares[name] if {
	some name, case in {
		"no resources": {"resources": [], "params": {"percent": 0}, "shares": set()},
		"all priced": {"resources": _priced, "params": {"percent": 0}, "shares": set()},
		"at the limit": {"resources": array.concat(_priced, [_unpriced("aws_foo")]), "params": {}, "shares": set()},
		"over the limit": {
			"resources": array.concat(array.slice(_priced, 0, 3), [_unpriced("aws_foo")]),
			"params": {},
			"shares": {25},
		},
		"under a limit of one's own": {
			"resources": array.concat(array.slice(_priced, 0, 3), [_unpriced("aws_foo")]),
			"params": {"percent": 25},
			"shares": set(),
		},
		"free ones do not count": {
			"resources": [testing.resource({"free": true}), testing.resource({"monthly_cost": 1}), _unpriced("aws_foo")],
			"params": {},
			"shares": {50},
		},
		"nor do deleted ones": {
			"resources": array.concat(_priced, [object.union(_unpriced("aws_foo"), {"action": "delete"})]),
			"params": {"percent": 0},
			"shares": set(),
		},
		"an empty list of what is unpriced": {
			"resources": [testing.resource({"monthly_cost": 1, "unpriced": []})],
			"params": {"percent": 0},
			"shares": set(),
		},
		"what depends on use is not unpriced": {
			"resources": [testing.resource({})],
			"params": {"percent": 0},
			"shares": set(),
		},
	}
	found := rule.findings with input as testing.estimate(case.resources)
		with data.tollbar_settings as testing.settings("unpriced_share", case.params)
	{finding.actual | some finding in found} == case.shares
}

test_accepted_types_do_not_count_as_unpriced if {
	found := rule.findings with input as testing.estimate([_unpriced("aws_foo"), _unpriced("aws_bar")])
		with data.tollbar_settings as testing.settings("unpriced_resource", {"allow_types": ["*_foo"], "mode": "off"})
	{finding.actual | some finding in found} == {50}
}

test_three_types_are_named[name] if {
	some name, case in {
		"three": {"types": ["aws_c", "aws_b", "aws_a"], "named": "(3 of 3: aws_a, aws_b, aws_c)"},
		"four": {"types": ["aws_d", "aws_c", "aws_b", "aws_a"], "named": "(4 of 4: aws_a, aws_b, aws_c, ...)"},
	}
	found := rule.findings with input as testing.estimate([_unpriced(type) | some type in case.types])
	[finding] := [finding | some finding in found]
	contains(finding.msg, case.named)
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([_unpriced("aws_foo")])
		with data.tollbar_settings as testing.settings("unpriced_share", case.params)
	testing.severities(found) == case.severities
}
