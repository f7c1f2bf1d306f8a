package tollbar.rules.governance.exemption_expired_test

import data.tollbar.rules.governance.exemption_expired as rule
import data.tollbar.testing

_exemption(given) := object.union({"id": "EX-1", "rules": ["TB101"], "reason": "load test"}, given)

_settings(exemption, params) := {
	"exemptions": [_exemption(exemption)],
	"rules": {"exemption_expired": params},
}

_estimate := testing.estimate([
	testing.resource({}),
	testing.resource({"address": "aws_instance.api[0]"}),
	testing.resource({"address": "aws_eip.old", "action": "delete"}),
])

test_finding if {
	found := rule.findings with input as _estimate
		with data.tollbar_settings as _settings({"expires": "2026-11-20", "rules": ["TB101", "TB103"]}, {})
	found == {{
		"code": "TB206",
		"rule": "exemption_expired",
		"title": "No exemption is without effect",
		"severity": "warning",
		"msg": "[TB206] EX-1 expired on 2026-11-20 and exempts TB101, TB103 no more.",
		"remediation": "Remove it, or have it approved again with a later day.",
		"docs": "docs/rules/TB206.md",
	}}
}

_covers_nothing(address) := {sprintf("[TB206] EX-1 covers nothing: no resource has the address %s.", [address])}

test_exemptions[name] if {
	some name, case in {
		"of the deployment, without an end": {"exemption": {}, "messages": set()},
		"on its last day": {"exemption": {"expires": "2026-11-21"}, "messages": set()},
		"on the day after": {
			"exemption": {"expires": "2026-11-20"},
			"messages": {"[TB206] EX-1 expired on 2026-11-20 and exempts TB101 no more."},
		},
		"expired and unused": {
			"exemption": {"expires": "2026-11-20", "address": "aws_instance.none"},
			"messages": {"[TB206] EX-1 expired on 2026-11-20 and exempts TB101 no more."},
		},
		"an address that is there": {"exemption": {"address": "aws_instance.web"}, "messages": set()},
		"that is deleted": {"exemption": {"address": "aws_eip.old"}, "messages": set()},
		"that is not there": {
			"exemption": {"address": "aws_instance.wbe"},
			"messages": _covers_nothing("aws_instance.wbe"),
		},
		"a pattern that matches": {"exemption": {"address": "aws_instance.*"}, "messages": set()},
		"one of what is counted": {"exemption": {"address": "aws_instance.api[*]"}, "messages": set()},
		"that does not": {"exemption": {"address": "google_*"}, "messages": _covers_nothing("google_*")},
		"a rule's name": {"exemption": {"rules": ["environment_limit"]}, "messages": set()},
		"a misspelt one": {
			"exemption": {"rules": ["enviroment_limit", "TB101"]},
			"messages": {concat(" ", [
				"[TB206] EX-1 names the rule enviroment_limit, which is not known",
				"(did you mean environment_limit?).",
			])},
		},
		"unused and misspelt": {
			"exemption": {"rules": ["TB11"], "address": "google_*"},
			"messages": ({"[TB206] EX-1 names the rule TB11, which is not known."} | _covers_nothing("google_*")),
		},
	}
	found := rule.findings with input as _estimate with data.tollbar_settings as _settings(case.exemption, {})
	testing.messages(found) == case.messages
}

test_unused_ones_untold[name] if {
	some name, case in {
		"unused": {"exemption": {"address": "google_*"}, "count": 0},
		"expired": {"exemption": {"address": "google_*", "expires": "2026-11-20"}, "count": 1},
	}
	found := rule.findings with input as _estimate
		with data.tollbar_settings as _settings(case.exemption, {"unused": false})
	count(found) == case.count
}

test_no_exemptions if {
	found := rule.findings with input as _estimate
	found == set()
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as _estimate
		with data.tollbar_settings as _settings({"expires": "2026-11-20"}, case.params)
	testing.severities(found) == case.severities
}
