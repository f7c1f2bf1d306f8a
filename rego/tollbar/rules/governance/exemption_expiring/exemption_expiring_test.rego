package tollbar.rules.governance.exemption_expiring_test

import data.tollbar.rules.governance.exemption_expiring as rule
import data.tollbar.testing

_settings(exemption, params) := {
	"exemptions": [object.union({"id": "EX-1", "rules": ["TB101"], "reason": "load test"}, exemption)],
	"rules": {"exemption_expiring": params},
}

_estimate := testing.estimate([testing.resource({})])

test_finding if {
	found := rule.findings with input as _estimate
		with data.tollbar_settings as _settings({"expires": "2026-11-30", "rules": ["TB101", "TB103"]}, {})
	found == {{
		"code": "TB207",
		"rule": "exemption_expiring",
		"title": "No exemption is about to expire",
		"severity": "info",
		"msg": concat(" ", [
			"[TB207] EX-1 expires in 9 days (2026-11-30 is its last day);",
			"what it exempts from TB101, TB103 will be judged again.",
		]),
		"limit": 14,
		"actual": 9,
		"remediation": "Bring down the cost of what it covers, or have it approved again with a later day.",
		"docs": "docs/rules/TB207.md",
	}}
}

test_exemptions[name] if {
	some name, case in {
		"without an end": {"exemption": {}, "params": {}, "when": set()},
		"expired": {"exemption": {"expires": "2026-11-20"}, "params": {}, "when": set()},
		"its last day": {"exemption": {"expires": "2026-11-21"}, "params": {}, "when": {"today"}},
		"the day before": {"exemption": {"expires": "2026-11-22"}, "params": {}, "when": {"tomorrow"}},
		"two days before": {"exemption": {"expires": "2026-11-23"}, "params": {}, "when": {"in 2 days"}},
		"the first day it is told": {"exemption": {"expires": "2026-12-05"}, "params": {}, "when": {"in 14 days"}},
		"the day before that": {"exemption": {"expires": "2026-12-06"}, "params": {}, "when": set()},
		"days of one's own": {"exemption": {"expires": "2026-12-06"}, "params": {"days": 15}, "when": {"in 15 days"}},
		"only on the last day": {"exemption": {"expires": "2026-11-22"}, "params": {"days": 0}, "when": set()},
		"not begun": {
			"exemption": {"expires": "2026-11-25", "starts": "2026-11-22"},
			"params": {},
			"when": set(),
		},
		"of a resource": {
			"exemption": {"expires": "2026-11-22", "address": "aws_instance.web"},
			"params": {},
			"when": {"tomorrow"},
		},
		"of nothing here": {
			"exemption": {"expires": "2026-11-22", "address": "aws_instance.none"},
			"params": {},
			"when": set(),
		},
	}
	found := rule.findings with input as _estimate
		with data.tollbar_settings as _settings(case.exemption, case.params)
	when := {when |
		some finding in found
		[_, rest] := split(finding.msg, " expires ")
		[when, _] := split(rest, " (")
	}
	when == case.when
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as _estimate
		with data.tollbar_settings as _settings({"expires": "2026-11-22"}, case.params)
	testing.severities(found) == case.severities
}
