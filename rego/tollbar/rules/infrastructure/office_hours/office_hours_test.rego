package tollbar.rules.infrastructure.office_hours_test

import data.tollbar.rules.infrastructure.office_hours as rule
import data.tollbar.testing

# A machine that runs for so many hours a month.
_machine(hours, given) := testing.resource(object.union(
	{
		"traits": {"hours_per_month": hours},
		"breakdown": [
			{"name": "Instance usage", "unit": "hours", "monthly_cost": 73},
			{"name": "Storage", "unit": "GB-months", "monthly_cost": 900},
		],
	},
	given,
))

test_finding if {
	found := rule.findings with input as testing.estimate([_machine(730, {})])
	found == {{
		"code": "TB121",
		"rule": "office_hours",
		"title": "Machines that nobody uses at night are stopped at night",
		"severity": "info",
		"msg": concat(" ", [
			"[TB121] aws_instance.web runs 730 hours a month in dev;",
			"in office hours (260) it would cost $47.00 less.",
		]),
		"resource": "aws_instance.web",
		"limit": 500,
		"actual": 730,
		"saving": 47,
		"remediation": "Stop it at night and on weekends by a schedule, or scale it to nothing.",
		"docs": "docs/rules/TB121.md",
		"_loc": {"file": "main.tf", "line": 3},
	}}
}

_by_size := [
	{"unit": "vCPU-hours", "monthly_cost": 50},
	{"unit": "GiB-hours", "monthly_cost": 23},
	{"unit": "hours"},
]

test_hours[name] if {
	some name, case in {
		"at the limit": {"resource": _machine(500, {}), "params": {}, "savings": set()},
		"over the limit": {"resource": _machine(520, {}), "params": {}, "savings": {36.5}},
		"a limit of one's own": {"resource": _machine(730, {}), "params": {"limit": 730}, "savings": set()},
		"other office hours": {"resource": _machine(730, {}), "params": {"office_hours": 200}, "savings": {53}},
		"longer office hours than it runs": {
			"resource": _machine(730, {}),
			"params": {"office_hours": 744},
			"savings": set(),
		},
		"saves as much as is not reported": {"resource": _machine(730, {}), "params": {"from": 47}, "savings": set()},
		"saves more": {"resource": _machine(730, {}), "params": {"from": 46.99}, "savings": {47}},
		"billed by vCPUs and GiB": {
			"resource": _machine(730, {"breakdown": _by_size}),
			"params": {},
			"savings": {47},
		},
		"not known how long": {
			"resource": object.remove(_machine(730, {}), ["traits"]),
			"params": {},
			"savings": set(),
		},
		"at an unknown cost": {
			"resource": object.remove(_machine(730, {}), ["breakdown"]),
			"params": {},
			"savings": set(),
		},
		"in prod": {"resource": _machine(730, {"environment": "prod"}), "params": {}, "savings": set()},
		"in prod, as set": {
			"resource": _machine(730, {"environment": "prod"}),
			"params": {"environments": ["prod"]},
			"savings": {47},
		},
		"what cannot be stopped": {"resource": _machine(730, {"type": "aws_lb"}), "params": {}, "savings": set()},
		"types of one's own": {
			"resource": _machine(730, {"type": "aws_lb"}),
			"params": {"types": ["aws_l*"]},
			"savings": {47},
		},
		"deleted": {"resource": _machine(730, {"action": "delete"}), "params": {}, "savings": set()},
	}
	found := rule.findings with input as testing.estimate([case.resource])
		with data.tollbar_settings as testing.settings("office_hours", case.params)
	{finding.saving | some finding in found} == case.savings
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([_machine(730, {})])
		with data.tollbar_settings as testing.settings("office_hours", case.params)
	testing.severities(found) == case.severities
}
