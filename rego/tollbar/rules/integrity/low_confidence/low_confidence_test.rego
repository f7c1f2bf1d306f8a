package tollbar.rules.integrity.low_confidence_test

import data.tollbar.rules.integrity.low_confidence as rule
import data.tollbar.testing

_line(name, confidence, cost) := {
	"name": name,
	"unit": "GB",
	"unit_price": 1,
	"monthly_cost": cost,
	"basis": "assumed",
	"confidence": confidence,
	"price": {"source": "vendor", "as_of": "2026-11-01", "trust": "A"},
}

_uncertain(expected, lines) := testing.resource(object.union(
	testing.range_of(expected, expected, expected),
	{"cost_estimate": {"confidence": "low"}, "breakdown": lines},
))

test_finding if {
	found := rule.findings with input as testing.estimate([_uncertain(3000, [
		_line("Data processed", "low", 1800),
		_line("Hours", "high", 1000),
		_line("Data sent", "low", 200),
	])])
	found == {{
		"code": "TB006",
		"rule": "low_confidence",
		"title": "No large cost is of low confidence",
		"severity": "warning",
		"msg": concat(" ", [
			"[TB006] aws_instance.web has $2,000.00 of its $3,000.00 a month at low confidence",
			"(Data processed ($1,800.00), Data sent ($200.00)), over the limit of $1,000.00.",
		]),
		"resource": "aws_instance.web",
		"limit": 1000,
		"actual": 2000,
		"remediation": concat(" ", [
			"Tell its use in a usage file, or give the history of its use;",
			`"tollbar explain aws_instance.web" says by which keys.`,
			"Where the price is another region's, run tollbar prices refresh or write the price into a price book.",
		]),
		"docs": "docs/rules/TB006.md",
		"_loc": {"file": "main.tf", "line": 3},
	}}
}

test_resources[name] if {
	some name, case in {
		"at the limit": {"resource": _uncertain(1000, [_line("Data", "low", 1000)]), "actual": set()},
		"over the limit": {"resource": _uncertain(1000.01, [_line("Data", "low", 1000.01)]), "actual": {1000.01}},
		"a large cost, of which little is uncertain": {
			"resource": _uncertain(9000, [_line("Hours", "high", 8990), _line("Data", "low", 10)]),
			"actual": set(),
		},
		"two lines of the same cost": {
			"resource": _uncertain(1200, [_line("Data", "low", 600), _line("Data", "low", 600)]),
			"actual": {1200},
		},
		"a line whose cost is not known": {
			"resource": _uncertain(1200, [
				_line("Data", "low", 1200),
				object.remove(_line("Other", "low", 0), ["monthly_cost"]),
			]),
			"actual": {1200},
		},
		"no line tells": {"resource": _uncertain(1200, []), "actual": {1200}},
		"medium confidence": {
			"resource": object.union(
				_uncertain(1200, [_line("Data", "low", 1200)]),
				{"cost_estimate": {"confidence": "medium"}},
			),
			"actual": set(),
		},
		"no cost": {"resource": testing.resource({}), "actual": set()},
		"deleted": {
			"resource": object.union(_uncertain(1200, [_line("Data", "low", 1200)]), {"action": "delete"}),
			"actual": set(),
		},
	}
	found := rule.findings with input as testing.estimate([case.resource])
	{finding.actual | some finding in found} == case.actual
}

test_limit if {
	found := rule.findings with input as testing.estimate([_uncertain(1200, [_line("Data", "low", 1200)])])
		with data.tollbar_settings as testing.settings("low_confidence", {"limit": 1200})
	found == set()
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([_uncertain(1200, [_line("Data", "low", 1200)])])
		with data.tollbar_settings as testing.settings("low_confidence", case.params)
	testing.severities(found) == case.severities
}
