package tollbar.rules.infrastructure.gpu_test

import data.tollbar.rules.infrastructure.gpu as rule
import data.tollbar.testing

# A machine with GPUs on spot capacity, with what is given merged over it.
_machine(given) := testing.resource(object.union(
	{"traits": {"gpus": 1, "gpu": "a10g", "purchase_option": "spot"}},
	given,
))

test_finding if {
	found := rule.findings with input as testing.estimate([
		_machine({"address": "a", "traits": {"gpus": 4, "purchase_option": "on_demand"}}),
		testing.resource({"address": "no GPU", "traits": {"purchase_option": "on_demand"}}),
		testing.resource({"address": "nothing known"}),
	])
	common := {
		"code": "TB111",
		"rule": "gpu",
		"title": "GPUs are used only where, and as many as, they are meant to be",
		"severity": "warning",
		"remediation": concat(" ", [
			"Choose machines without GPUs, fewer GPUs, or a hosted model;",
			"run what may be interrupted on spot capacity.",
		]),
		"docs": "docs/rules/TB111.md",
	}
	found == {
		object.union(common, {
			"msg": "[TB111] payments uses 4 GPUs in dev, over the limit of 1 (a 4).",
			"limit": 1,
			"actual": 4,
		}),
		object.union(common, {
			"msg": "[TB111] a uses 4 x a10g in dev, but not on spot capacity, as GPUs must there.",
			"resource": "a",
			"actual": 4,
			"_loc": {"file": "main.tf", "line": 3},
		}),
	}
}

test_where[name] if {
	some name, case in {
		"anywhere": {"resource": {}, "params": {}, "messages": set()},
		"only in prod": {"resource": {}, "params": {"environments": ["prod*", "live"]}, "messages": {concat("", [
			"[TB111] aws_instance.web uses 1 x a10g in dev, ",
			"where GPUs may not be used (only in prod*, live).",
		])}},
		"in prod": {"resource": {"environment": "production"}, "params": {"environments": ["prod*"]}, "messages": set()},
		"none": {"resource": {"traits": {"gpus": 0}}, "params": {"environments": ["prod"]}, "messages": set()},
		"a share of one": {
			"resource": {"traits": {"gpus": 0.5}},
			"params": {"environments": ["prod"]},
			"messages": {concat("", [
				"[TB111] aws_instance.web uses 0.5 x a10g in dev, ",
				"where GPUs may not be used (only in prod).",
			])},
		},
		"deleted": {"resource": {"action": "delete"}, "params": {"environments": ["prod"]}, "messages": set()},
	}
	found := rule.findings with input as testing.estimate([_machine(case.resource)])
		with data.tollbar_settings as testing.settings("gpu", case.params)
	testing.messages(found) == case.messages
}

test_unknown_model if {
	resource := testing.resource({"traits": {"gpus": 1, "purchase_option": "spot"}})
	found := rule.findings with input as testing.estimate([resource])
		with data.tollbar_settings as testing.settings("gpu", {"environments": ["prod"]})
	testing.messages(found) == {concat("", [
		"[TB111] aws_instance.web uses 1 x GPU in dev, ",
		"where GPUs may not be used (only in prod).",
	])}
}

_on_spot := {"gpus": 2, "gpu": "l4", "purchase_option": "spot"}

test_how_many[name] if {
	some name, case in {
		"at the limit": {"resources": [_machine({})], "params": {}, "messages": set()},
		"over the limit": {
			"resources": [_machine({"address": "a"}), _machine({"address": "b"})],
			"params": {},
			"messages": {"[TB111] payments uses 2 GPUs in dev, over the limit of 1 (a 1, b 1)."},
		},
		"environments count by themselves": {
			"resources": [_machine({}), _machine({"environment": "staging"})],
			"params": {},
			"messages": set(),
		},
		"autoscaling counts with its bound": {
			"resources": [_machine({"environment": "staging", "traits": object.union(_on_spot, {"replicas_max": 3})})],
			"params": {},
			"messages": {"[TB111] payments uses 6 GPUs in staging, over the limit of 4 (aws_instance.web 6)."},
		},
		"no limit in prod": {
			"resources": [_machine({"environment": "prod", "traits": {"gpus": 64}})],
			"params": {},
			"messages": set(),
		},
		"a limit for all others": {
			"resources": [_machine({"environment": "prod", "traits": {"gpus": 64}})],
			"params": {"other": 63},
			"messages": {"[TB111] payments uses 64 GPUs in prod, over the limit of 63 (aws_instance.web 64)."},
		},
		"no limit in dev": {
			"resources": [_machine({"traits": {"gpus": 64}})],
			"params": {"limits": {"dev": null}, "other": 0},
			"messages": set(),
		},
	}
	found := rule.findings with input as testing.estimate(case.resources)
		with data.tollbar_settings as testing.settings("gpu", case.params)
	testing.messages(found) == case.messages
}

_not_on_spot := "[TB111] aws_instance.web uses 1 x a10g in dev, but not on spot capacity, as GPUs must there."

test_spot[name] if {
	some name, case in {
		"on demand": {"traits": {"purchase_option": "on_demand"}, "params": {}, "messages": {_not_on_spot}},
		"not known": {"traits": {}, "params": {}, "messages": {_not_on_spot}},
		"on spot": {"traits": {"purchase_option": "spot"}, "params": {}, "messages": set()},
		"not demanded": {"traits": {}, "params": {"spot_environments": []}, "messages": set()},
		"demanded elsewhere": {"traits": {}, "params": {"spot_environments": ["staging"]}, "messages": set()},
	}
	resource := testing.resource({"traits": object.union({"gpus": 1, "gpu": "a10g"}, case.traits)})
	found := rule.findings with input as testing.estimate([resource])
		with data.tollbar_settings as testing.settings("gpu", case.params)
	testing.messages(found) == case.messages
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([_machine({"traits": {"gpus": 2}})])
		with data.tollbar_settings as testing.settings("gpu", case.params)
	testing.severities(found) == case.severities
}
