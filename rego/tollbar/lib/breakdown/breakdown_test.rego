package tollbar.lib.breakdown_test

import data.tollbar.lib.breakdown
import data.tollbar.testing

_resource := testing.resource({"breakdown": [
	{"name": "NAT gateway", "monthly_cost": 32.85},
	{"name": "Data processed", "monthly_cost": 45},
	{"name": "Data processed", "monthly_cost": 5},
	{"name": "Data transfer out"},
]})

test_names[name] if {
	some name, case in {
		"whatever the case": {"patterns": ["data*", "*Gate*"], "names": {
			"Data processed",
			"Data transfer out",
			"Data lost",
			"NAT gateway",
		}},
		"one": {"patterns": ["* OUT"], "names": {"Data transfer out"}},
		"none": {"patterns": [], "names": set()},
	}
	found := breakdown.names(case.patterns) with input as testing.estimate([
		_resource,
		testing.resource({}),
		testing.resource({"action": "delete", "breakdown": [{"name": "Data lost"}]}),
	])
	found == case.names
}

test_cost[name] if {
	some name, case in {
		"both lines": {"names": {"Data processed"}, "cost": 50},
		"a line without a cost": {"names": {"Data transfer out"}, "cost": 0},
		"no such line": {"names": {"Requests"}, "cost": 0},
	}
	breakdown.cost(_resource, case.names) == case.cost
}

test_no_breakdown if breakdown.cost(testing.resource({}), {"Data processed"}) == 0

test_having[name] if {
	gateway := testing.resource({"address": "gateway", "breakdown": [{"name": "NAT gateway"}, {"name": "Data processed"}]})
	queue := testing.resource({"address": "queue", "breakdown": [{"name": "Requests"}]})
	deleted := testing.resource({"address": "deleted", "action": "delete", "breakdown": [{"name": "Requests"}]})
	some name, case in {
		"one of its lines": {"names": {"Data processed"}, "addresses": ["gateway"]},
		"several of its lines, once": {"names": {"Data processed", "NAT gateway"}, "addresses": ["gateway"]},
		"lines of several": {"names": {"Requests", "NAT gateway"}, "addresses": ["gateway", "queue"]},
		"no such line": {"names": {"Storage"}, "addresses": []},
		"none": {"names": set(), "addresses": []},
	}
	found := breakdown.having(case.names) with input as testing.estimate([deleted, gateway, queue, testing.resource({})])
	[resource.address | some resource in found] == case.addresses
}
