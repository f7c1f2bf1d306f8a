package tollbar.rules.efficiency.autoscaling_bounds_test

import data.tollbar.rules.efficiency.autoscaling_bounds as rule
import data.tollbar.testing

_scaled(traits) := testing.resource({"traits": object.union({"autoscaling": true}, traits)})

test_finding if {
	found := rule.findings with input as testing.estimate([_scaled({"replicas_min": 3, "replicas_max": 100})])
	found == {{
		"code": "TB507",
		"rule": "autoscaling_bounds",
		"title": "Autoscaling has sensible bounds",
		"severity": "warning",
		"msg": concat(" ", [
			"[TB507] aws_instance.web may scale from 3 to 100, over 10 times,",
			"never has fewer than 3 replicas, over the dev limit of 2.",
		]),
		"resource": "aws_instance.web",
		"remediation": concat(" ", [
			"Set the maximum to what the highest load you expect needs, and the minimum to what the lowest does.",
			"Alarms on the number of replicas tell of the rest.",
		]),
		"docs": "docs/rules/TB507.md",
		"_loc": {"file": "main.tf", "line": 3},
	}}
}

test_bounds[name] if {
	some name, case in {
		"within": {"resource": _scaled({"replicas_min": 1, "replicas_max": 5}), "params": {}, "problems": set()},
		"no maximum": {
			"resource": _scaled({"replicas_min": 1}),
			"params": {},
			"problems": {"scales without a maximum that is known"},
		},
		"at the ratio": {"resource": _scaled({"replicas_min": 2, "replicas_max": 20}), "params": {}, "problems": set()},
		"over the ratio": {
			"resource": _scaled({"replicas_min": 2, "replicas_max": 21}),
			"params": {},
			"problems": {"may scale from 2 to 21, over 10 times"},
		},
		"from none, at the ratio": {
			"resource": _scaled({"replicas_min": 0, "replicas_max": 10}),
			"params": {},
			"problems": set(),
		},
		"from none, over the ratio": {
			"resource": _scaled({"replicas_min": 0, "replicas_max": 11}),
			"params": {},
			"problems": {"may scale from 0 to 11, over 10 times"},
		},
		"a ratio of one's own": {
			"resource": _scaled({"replicas_min": 1, "replicas_max": 3}),
			"params": {"max_ratio": 2.5},
			"problems": {"may scale from 1 to 3, over 2.5 times"},
		},
		"any ratio": {
			"resource": _scaled({"replicas_min": 1, "replicas_max": 1000}),
			"params": {"max_ratio": null},
			"problems": set(),
		},
		"a minimum that is not known": {"resource": _scaled({"replicas_max": 1000}), "params": {}, "problems": set()},
		"at the largest minimum": {
			"resource": _scaled({"replicas_min": 2, "replicas_max": 5}),
			"params": {},
			"problems": set(),
		},
		"over the largest minimum": {
			"resource": _scaled({"replicas_min": 3, "replicas_max": 5}),
			"params": {},
			"problems": {"never has fewer than 3 replicas, over the dev limit of 2"},
		},
		"over it, in prod": {
			"resource": object.union(_scaled({"replicas_min": 3, "replicas_max": 5}), {"environment": "prod"}),
			"params": {},
			"problems": set(),
		},
		"over that of other environments": {
			"resource": object.union(_scaled({"replicas_min": 3, "replicas_max": 5}), {"environment": "prod"}),
			"params": {"other": 2},
			"problems": {"never has fewer than 3 replicas, over the prod limit of 2"},
		},
		"none in dev": {
			"resource": _scaled({"replicas_min": 3, "replicas_max": 5}),
			"params": {"min_replicas": {"dev": null}},
			"problems": set(),
		},
		"does not scale": {
			"resource": _scaled({"autoscaling": false, "replicas_min": 9}),
			"params": {},
			"problems": set(),
		},
		"nobody knows whether it scales": {
			"resource": testing.resource({"traits": {"replicas_min": 9}}),
			"params": {},
			"problems": set(),
		},
		"no traits": {"resource": testing.resource({}), "params": {}, "problems": set()},
		"deleted": {"resource": object.union(_scaled({}), {"action": "delete"}), "params": {}, "problems": set()},
	}
	found := rule.findings with input as testing.estimate([case.resource])
		with data.tollbar_settings as testing.settings("autoscaling_bounds", case.params)
	problems := {trim_suffix(trim_prefix(finding.msg, "[TB507] aws_instance.web "), ".") | some finding in found}
	problems == case.problems
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([_scaled({})])
		with data.tollbar_settings as testing.settings("autoscaling_bounds", case.params)
	testing.severities(found) == case.severities
}
