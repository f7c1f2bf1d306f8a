package tollbar.rules.integrity.assumed_share_test

import data.tollbar.rules.integrity.assumed_share as rule
import data.tollbar.testing

_line(basis, cost) := {
	"name": "Data processed",
	"unit": "GB",
	"unit_price": 1,
	"monthly_cost": cost,
	"basis": basis,
	"price": {"source": "vendor", "as_of": "2026-11-01", "trust": "A"},
}

_resource(address, lines) := testing.resource({
	"address": address,
	"monthly_cost": sum([line.monthly_cost | some line in lines]),
	"breakdown": lines,
})

_half_and_half(cost) := [_resource("aws_nat_gateway.main", [_line("assumed", cost), _line("fixed", cost)])]

test_finding if {
	found := rule.findings with input as testing.estimate([
		_resource("aws_nat_gateway.main", [_line("assumed", 300), _line("assumed", 90), _line("fixed", 60)]),
		_resource("aws_s3_bucket.files", [_line("assumed", 60)]),
		_resource("aws_instance.web", [_line("fixed", 30), _line("usage", 60)]),
	])
	found == {{
		"code": "TB007",
		"rule": "assumed_share",
		"title": "The total does not rest on assumptions",
		"severity": "warning",
		"msg": concat(" ", [
			"[TB007] payments has 75% of its total ($450.00 of $600.00 a month) from assumed use, over the limit of 50%.",
			"Most of it: aws_nat_gateway.main ($390.00), aws_s3_bucket.files ($60.00).",
		]),
		"limit": 50,
		"actual": 75,
		"remediation": concat(" ", [
			"Tell the use of what is named, in a usage file (--usage-file) or by its history (--usage-history).",
			"With --no-assumptions, what is not told is left out of the total.",
		]),
		"docs": "docs/rules/TB007.md",
	}}
}

test_shares[name] if {
	some name, case in {
		"at the limit": {"resources": _half_and_half(200), "params": {}, "shares": set()},
		"over the limit": {"resources": _half_and_half(200), "params": {"percent": 49.99}, "shares": {50}},
		"at the minimum": {"resources": _half_and_half(100), "params": {"percent": 0}, "shares": {50}},
		"under the minimum": {"resources": _half_and_half(99.99), "params": {"percent": 0}, "shares": set()},
		"under a minimum of one's own": {
			"resources": _half_and_half(200),
			"params": {"percent": 0, "minimum": 200.01},
			"shares": set(),
		},
		"nothing costs anything": {
			"resources": [_resource("aws_s3_bucket.files", [_line("assumed", 0)])],
			"params": {"percent": 0, "minimum": 0},
			"shares": set(),
		},
		"no resources": {"resources": [], "params": {"percent": 0, "minimum": 0}, "shares": set()},
		"two alike": {
			"resources": [_resource("a", [_line("assumed", 60)]), _resource("a", [_line("assumed", 60)])],
			"params": {},
			"shares": {100},
		},
		"a line whose cost is not known": {
			"resources": [_resource("a", [_line("assumed", 120)]), testing.resource({"breakdown": [object.remove(
				_line("assumed", 0),
				["monthly_cost"],
			)]})],
			"params": {},
			"shares": {100},
		},
	}
	found := rule.findings with input as testing.estimate(case.resources)
		with data.tollbar_settings as testing.settings("assumed_share", case.params)
	{finding.actual | some finding in found} == case.shares
}

test_what_is_deleted_does_not_count if {
	deleted := object.union(_resource("a", [_line("assumed", 120)]), {"action": "delete"})
	found := rule.findings with input as testing.estimate_with([deleted], {"totals": {"monthly_cost": 100}})
	found == set()
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([_resource("a", [_line("assumed", 120)])])
		with data.tollbar_settings as testing.settings("assumed_share", case.params)
	testing.severities(found) == case.severities
}
