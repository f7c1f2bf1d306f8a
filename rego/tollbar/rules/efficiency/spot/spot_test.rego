package tollbar.rules.efficiency.spot_test

import data.tollbar.rules.efficiency.spot as rule
import data.tollbar.testing

_traits := {"traits": {"fault_tolerant": true, "purchase_option": "on_demand"}}

_worker(given) := testing.resource(object.union_n([_traits, {"monthly_cost": 200}, given]))

test_finding if {
	found := rule.findings with input as testing.estimate([_worker({})])
	found == {{
		"code": "TB502",
		"rule": "spot",
		"title": "Work that can be interrupted runs on spot machines",
		"severity": "info",
		"msg": "[TB502] aws_instance.web can be interrupted, and runs on demand in dev for $200.00 a month.",
		"resource": "aws_instance.web",
		"actual": 200,
		"saving": 120,
		"remediation": concat(" ", [
			"Run it on spot machines, with checkpoints or retries and several machine types to choose from.",
			"At 60% less, an estimate, that saves about $120.00 a month.",
		]),
		"docs": "docs/rules/TB502.md",
		"_loc": {"file": "main.tf", "line": 3},
	}}
}

test_resources[name] if {
	some name, case in {
		"at the minimum": {"resource": _worker({"monthly_cost": 50}), "params": {}, "savings": {30}},
		"under the minimum": {"resource": _worker({"monthly_cost": 49.99}), "params": {}, "savings": set()},
		"under a minimum of one's own": {"resource": _worker({}), "params": {"minimum": 201}, "savings": set()},
		"another saving": {"resource": _worker({}), "params": {"saving_percent": 70}, "savings": {140}},
		"not fault tolerant": {
			"resource": _worker({"traits": {"fault_tolerant": false}}),
			"params": {},
			"savings": set(),
		},
		"on spot": {"resource": _worker({"traits": {"purchase_option": "spot"}}), "params": {}, "savings": set()},
		"nobody knows whether it is fault tolerant": {
			"resource": testing.resource({"monthly_cost": 200, "traits": {"purchase_option": "on_demand"}}),
			"params": {},
			"savings": set(),
		},
		"nobody knows whether it is on demand": {
			"resource": testing.resource({"monthly_cost": 200, "traits": {"fault_tolerant": true}}),
			"params": {},
			"savings": set(),
		},
		"no cost": {"resource": testing.resource(_traits), "params": {}, "savings": set()},
		"an environment that is not looked at": {
			"resource": _worker({}),
			"params": {"environments": ["prod", "stag*"]},
			"savings": set(),
		},
		"one that is": {"resource": _worker({}), "params": {"environments": ["prod", "d*"]}, "savings": {120}},
		"deleted": {"resource": _worker({"action": "delete"}), "params": {}, "savings": set()},
		"committed in part": {
			"resource": _worker({"costs": {"list": 200, "committed": 60, "effective": 160}}),
			"params": {},
			"savings": {60},
		},
		"committed in full": {
			"resource": _worker({"costs": {"list": 200, "committed": 120, "effective": 120}}),
			"params": {},
			"savings": set(),
		},
	}
	found := rule.findings with input as testing.estimate([case.resource])
		with data.tollbar_settings as testing.settings("spot", case.params)
	{finding.saving | some finding in found} == case.savings
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([_worker({})])
		with data.tollbar_settings as testing.settings("spot", case.params)
	testing.severities(found) == case.severities
}
