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

test_nothing_is_present_where_all_is_deleted if {
	present := resources.present with input as testing.estimate([testing.resource({"action": "delete"})])
	present == []
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

_list := testing.resource({"address": "list", "monthly_cost": 30, "traits": {"attached": true}})

_committed := testing.resource({
	"address": "committed",
	"monthly_cost": 40,
	"costs": {"list": 40, "committed": 0, "effective": 20},
	"traits": {"attached": false},
})

test_with_a_field[field] if {
	some field, found in {"costs": [_committed], "traits": [_list, _committed], "ml": []}
	resources.with_field(field) == found with input as testing.estimate([_list, _committed])
}

test_with_a_trait[trait] if {
	some trait, addresses in {"attached": ["list", "committed"], "vcpus": ["committed"], "gpus": []}
	found := resources.with_trait(trait) with input as testing.estimate([
		_list,
		object.union(_committed, {"traits": {"attached": true, "vcpus": 2}}),
	])
	[resource.address | some resource in found] == addresses
}

test_with_a_trait_of_a_value if {
	found := resources.with_trait_as("attached", false) with input as testing.estimate([_list, _committed])
	found == [_committed]
}

test_costlier[name] if {
	some name, case in {
		"a cent under the list price": {"cost": "list", "amount": 39.99, "found": {"committed"}},
		"at the list price": {"cost": "list", "amount": 40, "found": set()},
		"at the list price of one of them": {"cost": "list", "amount": 30, "found": {"committed"}},
		"a cent under the effective cost": {"cost": "effective", "amount": 19.99, "found": {"list", "committed"}},
		"at the effective cost": {"cost": "effective", "amount": 20, "found": {"list"}},
	}
	found := resources.costlier({"cost": case.cost}, case.amount) with input as testing.estimate([_list, _committed])
	{resource.address | some resource in found} == case.found
}

test_costliest[cost] if {
	some cost, text in {
		"list": "committed ($40.00), list ($30.00)",
		"effective": "list ($30.00), committed ($20.00)",
	}
	resources.costliest({"cost": cost}) == text with input as testing.estimate([_list, _committed])
}
