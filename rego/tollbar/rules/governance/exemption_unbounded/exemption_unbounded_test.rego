package tollbar.rules.governance.exemption_unbounded_test

import data.tollbar.rules.governance.exemption_unbounded as rule
import data.tollbar.testing

_required := {"id": "EX-1", "rules": ["TB101"], "reason": "load test"}

_bounded := object.union(_required, {"approver": "ann", "expires": "2026-12-31", "address": "aws_instance.web"})

_settings(exemptions, params) := {"exemptions": exemptions, "rules": {"exemption_unbounded": params}}

test_finding if {
	found := rule.findings with input as testing.estimate([])
		with data.tollbar_settings as _settings([_required], {})
	found == {{
		"code": "TB208",
		"rule": "exemption_unbounded",
		"title": "Every exemption is bounded",
		"severity": "warning",
		"msg": concat(" ", [
			"[TB208] EX-1 covers the whole deployment at any cost: it has no max_monthly_cost;",
			"has no approver; has no expires.",
		]),
		"remediation": concat(" ", [
			"Give it what is missing - approver: NAME, expires: DATE, max_monthly_cost: USD - or a narrower address.",
			"What an exemption must tell is set in exemption_unbounded.",
		]),
		"docs": "docs/rules/TB208.md",
	}}
}

test_exemptions[name] if {
	some name, case in {
		"bounded": {"exemption": _bounded, "params": {}, "problems": set()},
		"without an end": {
			"exemption": object.remove(_bounded, ["expires"]),
			"params": {},
			"problems": {"has no expires"},
		},
		"without an end, which is allowed": {
			"exemption": object.remove(_bounded, ["expires"]),
			"params": {"require": ["approver"]},
			"problems": set(),
		},
		"without a ticket, which is required": {
			"exemption": _bounded,
			"params": {"require": ["ticket", "max_monthly_cost"]},
			"problems": {"has no max_monthly_cost; has no ticket"},
		},
		"of the deployment": {
			"exemption": object.remove(_bounded, ["address"]),
			"params": {},
			"problems": {"covers the whole deployment at any cost: it has no max_monthly_cost"},
		},
		"of the deployment, with a cap": {
			"exemption": object.union(object.remove(_bounded, ["address"]), {"max_monthly_cost": 0}),
			"params": {},
			"problems": set(),
		},
		"of the deployment, without a cap, which is allowed": {
			"exemption": object.remove(_bounded, ["address"]),
			"params": {"cap": "none"},
			"problems": set(),
		},
		"of every address": {
			"exemption": object.union(_bounded, {"address": "*.*"}),
			"params": {},
			"problems": {"covers every resource at any cost: it has no max_monthly_cost"},
		},
		"of a pattern": {"exemption": object.union(_bounded, {"address": "aws_*.web"}), "params": {}, "problems": set()},
		"as long as may be": {
			"exemption": object.union(_bounded, {"expires": "2027-11-22"}),
			"params": {},
			"problems": set(),
		},
		"too long": {
			"exemption": object.union(_bounded, {"expires": "2027-11-23"}),
			"params": {},
			"problems": {"ends in 367 days, and 366 is the limit"},
		},
		"too long for a limit of one's own": {
			"exemption": _bounded,
			"params": {"max_days": 30},
			"problems": {"ends in 40 days, and 30 is the limit"},
		},
		"as long as one likes": {
			"exemption": object.union(_bounded, {"expires": "2099-11-23"}),
			"params": {"max_days": null},
			"problems": set(),
		},
		"expired": {"exemption": object.union(_required, {"expires": "2026-11-20"}), "params": {}, "problems": set()},
		"on its last day": {
			"exemption": object.union(_bounded, {"expires": "2026-11-21", "address": "*"}),
			"params": {},
			"problems": {"covers every resource at any cost: it has no max_monthly_cost"},
		},
	}
	found := rule.findings with input as testing.estimate([])
		with data.tollbar_settings as _settings([case.exemption], case.params)
	problems := {trim_suffix(trim_prefix(finding.msg, "[TB208] EX-1 "), ".") | some finding in found}
	problems == case.problems
}

test_ids_are_used_once if {
	found := rule.findings with input as testing.estimate([])
		with data.tollbar_settings as _settings(
			[_bounded, object.union(_bounded, {"id": "EX-2"}), object.union(_bounded, {"address": "a"})],
			{},
		)
	testing.messages(found) == {"[TB208] EX-1 shares its id with another exemption."}
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([])
		with data.tollbar_settings as _settings([_required], case.params)
	testing.severities(found) == case.severities
}
