package tollbar.rules.efficiency.commitment_coverage_test

import data.tollbar.rules.efficiency.commitment_coverage as rule
import data.tollbar.testing

# A machine in prod of which a commitment covers a part, at half the list price.
_machine(address, list, covered) := testing.resource({
	"address": address,
	"environment": "prod",
	"instance_type": "m5.large",
	"monthly_cost": list,
	"costs": {"list": list, "committed": covered / 2, "effective": list - (covered / 2)},
})

test_finding if {
	found := rule.findings with input as testing.estimate([_machine("web", 1600, 400), _machine("db", 400, 400)])
	found == {{
		"code": "TB503",
		"rule": "commitment_coverage",
		"title": "Commitments cover enough of the machines",
		"severity": "info",
		"msg": concat(" ", [
			"[TB503] payments has commitments for 40% of the list cost of its machines, under the target of 60%:",
			"$1,200.00 of $2,000.00 a month is on demand. Most of it: web ($1,200.00), db ($0.00).",
		]),
		"limit": 60,
		"actual": 40,
		"remediation": concat(" ", [
			"Commit to what runs all year and will stay; leave on demand what comes and goes.",
			"Or lower commitment_coverage.percent.",
		]),
		"docs": "docs/rules/TB503.md",
	}}
}

test_coverage[name] if {
	some name, case in {
		"at the target": {"machines": [_machine("web", 2000, 1200)], "params": {}, "shares": set()},
		"under the target": {"machines": [_machine("web", 2000, 1199)], "params": {}, "shares": {59.95}},
		"under a target of one's own": {
			"machines": [_machine("web", 2000, 1200)],
			"params": {"percent": 61},
			"shares": {60},
		},
		"at the minimum": {"machines": [_machine("web", 500, 0)], "params": {}, "shares": {0}},
		"under the minimum": {"machines": [_machine("web", 499.99, 0)], "params": {}, "shares": set()},
		"a minimum of one's own": {"machines": [_machine("web", 100, 0)], "params": {"minimum": 100}, "shares": {0}},
		"nothing covered of two alike": {
			"machines": [_machine("web", 300, 0), _machine("web", 300, 0)],
			"params": {},
			"shares": {0},
		},
		"no machines": {"machines": [], "params": {"minimum": 0}, "shares": set()},
		"a machine that costs nothing": {
			"machines": [_machine("web", 0, 0)],
			"params": {"minimum": 0},
			"shares": {0},
		},
		"in dev": {
			"machines": [object.union(_machine("web", 2000, 0), {"environment": "dev"})],
			"params": {},
			"shares": set(),
		},
		"in dev, which counts": {
			"machines": [
				object.union(_machine("web", 2000, 0), {"environment": "dev"}),
				object.union(_machine("api", 2000, 2000), {"environment": "qa"}),
			],
			"params": {"environments": ["dev"]},
			"shares": {0},
		},
		"estimated without commitments": {
			"machines": [object.remove(_machine("web", 2000, 0), ["costs"])],
			"params": {},
			"shares": set(),
		},
	}
	found := rule.findings with input as testing.estimate(case.machines)
		with data.tollbar_settings as testing.settings("commitment_coverage", case.params)
	{finding.actual | some finding in found} == case.shares
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([_machine("web", 2000, 0)])
		with data.tollbar_settings as testing.settings("commitment_coverage", case.params)
	testing.severities(found) == case.severities
}
