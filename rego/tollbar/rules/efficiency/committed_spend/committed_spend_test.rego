package tollbar.rules.efficiency.committed_spend_test

import data.tollbar.rules.efficiency.committed_spend as rule
import data.tollbar.testing

_machine(address, uncovered) := testing.resource({
	"address": address,
	"instance_type": "m5.large",
	"monthly_cost": 1000 + uncovered,
	"costs": {"list": 1000 + uncovered, "committed": 600, "effective": 600 + uncovered},
})

_estimate(machines, list, effective) := testing.estimate_with(
	machines,
	{"totals": {"costs": {"list": list, "committed": 0, "effective": effective}}},
)

test_findings if {
	found := rule.findings with input as _estimate([_machine("web", 4000), _machine("db", 2000)], 500, 525)
	found == {
		{
			"code": "TB504",
			"rule": "committed_spend",
			"title": "The spend fits what was committed",
			"severity": "warning",
			"msg": concat(" ", [
				"[TB504] payments costs $6,000.00 a month on demand beyond what commitments cover of its machines,",
				"over the limit of $5,000.00.",
			]),
			"limit": 5000,
			"actual": 6000,
			"remediation": concat(" ", [
				"Use smaller or fewer machines, or commit to what will stay:",
				"web ($4,000.00), db ($2,000.00).",
			]),
			"docs": "docs/rules/TB504.md",
		},
		{
			"code": "TB504",
			"rule": "committed_spend",
			"title": "The spend fits what was committed",
			"severity": "warning",
			"msg": concat(" ", [
				"[TB504] payments costs $525.00 a month with its commitments,",
				"more than the $500.00 at list price.",
			]),
			"limit": 500,
			"actual": 525,
			"remediation": concat(" ", [
				"Look for the commitment whose rate is over the list price: exchange or sell it, or do not renew it.",
				"tollbar prices refresh makes sure that the list price is today's.",
			]),
			"docs": "docs/rules/TB504.md",
		},
	}
}

test_costs[name] if {
	some name, case in {
		"at the limit": {"machines": [_machine("web", 5000)], "params": {}, "actual": set()},
		"over the limit": {"machines": [_machine("web", 5000.25)], "params": {}, "actual": {5000.25}},
		"over a limit of one's own": {"machines": [_machine("web", 50)], "params": {"limit": 40}, "actual": {50}},
		"no limit": {"machines": [_machine("web", 50000)], "params": {"limit": null}, "actual": set()},
		"two alike": {"machines": [_machine("web", 3000), _machine("web", 3000)], "params": {}, "actual": {6000}},
		"no machines": {"machines": [], "params": {"limit": 0}, "actual": set()},
	}
	found := rule.findings with input as _estimate(case.machines, 100, 100)
		with data.tollbar_settings as testing.settings("committed_spend", case.params)
	{finding.actual | some finding in found} == case.actual
}

test_without_commitments if {
	machine := testing.resource({"instance_type": "m5.large", "monthly_cost": 9000})
	found := rule.findings with input as testing.estimate([machine])
	found == set()
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as _estimate([], 100, 100.01)
		with data.tollbar_settings as testing.settings("committed_spend", case.params)
	testing.severities(found) == case.severities
}
