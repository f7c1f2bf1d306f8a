package tollbar.lib.resources_test

import data.tollbar.lib.resources
import data.tollbar.testing

_mixed := testing.estimate([
	testing.resource({"address": "a", "action": "create"}),
	testing.resource({"address": "b", "action": "delete", "type": "aws_eip", "environment": "prod"}),
	testing.resource({"address": "c", "action": "no-op", "type": "aws_lb", "environment": "staging"}),
	object.remove(testing.resource({"address": "d"}), ["action"]),
])

test_present if {
	present := resources.present with input as _mixed
	[resource.address | some resource in present] == ["a", "c", "d"]
}

test_types_and_environments if {
	types := resources.types with input as _mixed
	types == {"aws_instance", "aws_lb"}
	environments := resources.environments with input as _mixed
	environments == {"dev", "staging"}
}

test_monthly_cost[name] if {
	some name, case in {
		"at list price": {"config": {"cost": "list"}, "priced": _with_commitments, "found": {[100, ""]}},
		"at list price, if not told": {"config": {}, "priced": _with_commitments, "found": {[100, ""]}},
		"with commitments": {
			"config": {"cost": "effective"},
			"priced": _with_commitments,
			"found": {[60, " with commitments"]},
		},
		"estimated without commitments": {
			"config": {"cost": "effective"},
			"priced": {"monthly_cost": 100},
			"found": {[100, ""]},
		},
		"not known": {"config": {"cost": "effective"}, "priced": {}, "found": set()},
	}
	found := {[cost, note] |
		cost := resources.monthly_cost(case.config, case.priced)
		note := resources.cost_note(case.config, case.priced)
	}
	found == case.found
}

_with_commitments := {"monthly_cost": 100, "costs": {"list": 100, "committed": 10, "effective": 60}}

test_limit[name] if {
	some name, case in {
		"its own": {"config": {"limits": {"dev": 5}, "other": 7}, "limits": {5}},
		"zero": {"config": {"limits": {"dev": 0}, "other": 7}, "limits": {0}},
		"that of all others": {"config": {"limits": {"prod": 5}, "other": 7}, "limits": {7}},
		"none": {"config": {"limits": {"prod": 5}, "other": null}, "limits": set()},
		"none here, whatever the others have": {"config": {"limits": {"dev": null}, "other": 7}, "limits": set()},
	}
	{limit | limit := resources.limit(case.config, "dev")} == case.limits
}

test_largest[name] if {
	some name, case in {
		"none": {"amounts": set(), "text": "not known"},
		"two": {"amounts": {[1, "a"], [2, "b"]}, "text": "b ($2.00), a ($1.00)"},
		"three of four": {
			"amounts": {[1, "a"], [2, "b"], [3, "c"], [2, "d"]},
			"text": "c ($3.00), d ($2.00), b ($2.00)",
		},
	}
	resources.largest(case.amounts) == case.text
}

test_alternative if {
	[cheapest, other] := [{"instance_type": "a"}, {"instance_type": "b"}]
	resources.alternative({"alternatives": [cheapest, other]}) == {"alternative": cheapest}
	resources.alternative({"alternatives": []}) == {}
	resources.alternative({}) == {}
}

test_by_type if {
	[web, queue, api, deleted] := [
		testing.resource({"address": "web"}),
		testing.resource({"address": "queue", "type": "aws_sqs_queue"}),
		testing.resource({"address": "api"}),
		testing.resource({"address": "deleted", "action": "delete", "type": "aws_eip"}),
	]
	found := resources.by_type with input as testing.estimate([web, queue, api, deleted])
	found == {"aws_instance": [web, api], "aws_sqs_queue": [queue]}
}
