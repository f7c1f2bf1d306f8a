package tollbar.rules.efficiency.unused_commitment_test

import data.tollbar.rules.efficiency.unused_commitment as rule
import data.tollbar.testing

# An estimate with a commitment of which a share is used.
_used(percent) := testing.estimate_with([], {"commitments": [{
	"id": "ri-db",
	"kind": "reserved_instance",
	"monthly_cost": 1500,
	"used_percent": percent,
	"unused_cost": (1500 * (100 - percent)) / 100,
}]})

test_finding if {
	found := rule.findings with input as _used(39.96)
	found == {{
		"code": "TB501",
		"rule": "unused_commitment",
		"title": "No commitment goes unused",
		"severity": "warning",
		"msg": "[TB501] ri-db goes unused by 60% ($900.60 of $1,500.00 a month), over the limit of 20%.",
		"limit": 20,
		"actual": 60.04,
		"remediation": concat(" ", [
			"Move machines into what it covers, exchange or sell it, or do not renew it.",
			"If other deployments use it, leave it out of the commitments of this one.",
		]),
		"docs": "docs/rules/TB501.md",
	}}
}

test_limits[name] if {
	some name, case in {
		"all used": {"used": 100, "params": {}, "limits": set()},
		"at the limit": {"used": 80, "params": {}, "limits": set()},
		"over the limit": {"used": 79.99, "params": {}, "limits": {20}},
		"under a limit of one's own": {"used": 79.99, "params": {"percent": 30}, "limits": set()},
		"over a limit of nothing": {"used": 99.9, "params": {"percent": 0}, "limits": {0}},
	}
	found := rule.findings with input as _used(case.used)
		with data.tollbar_settings as testing.settings("unused_commitment", case.params)
	{finding.limit | some finding in found} == case.limits
}

test_each_is_named if {
	unused := {"kind": "savings_plan", "monthly_cost": 365, "used_percent": 0, "unused_cost": 365}
	found := rule.findings with input as testing.estimate_with([], {"commitments": [
		object.union(unused, {"id": "sp-1"}),
		object.union(unused, {"id": "sp-2"}),
	]})
	testing.messages(found) == {
		"[TB501] sp-1 goes unused by 100% ($365.00 of $365.00 a month), over the limit of 20%.",
		"[TB501] sp-2 goes unused by 100% ($365.00 of $365.00 a month), over the limit of 20%.",
	}
}

test_without_commitments if {
	found := rule.findings with input as testing.estimate([testing.resource({"monthly_cost": 1})])
	found == set()
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as _used(0)
		with data.tollbar_settings as testing.settings("unused_commitment", case.params)
	testing.severities(found) == case.severities
}
