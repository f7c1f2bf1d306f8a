package tollbar.lib.inventory_test

import data.tollbar.lib.inventory

_line := {"name": "Requests", "unit": "1M", "unit_price": 0.4, "quantity": 1.25}

_queue := {
	"name": "queue",
	"address": "aws_sqs_queue.queue",
	"type": "aws_sqs_queue",
	"environment": "dev",
	"tags": {"team": "a"},
	"monthly_cost": 0.5,
	"breakdown": [_line],
	"traits": {"attached": true},
}

_job := object.union(_queue, {"name": "job", "address": "aws_sqs_queue.job", "monthly_cost": 7})

_web := object.union(_queue, {
	"name": "web",
	"address": "aws_instance.web",
	"type": "aws_instance",
	"tags": {"team": "b"},
	"breakdown": [object.union(_line, {"quantity": 1.5})],
	"traits": {"attached": true, "vcpus": 1.25},
})

test_kinds if {
	found := inventory.kinds with input as {"resources": [_queue, _job, _web]}
	found == {
		{"type": "aws_sqs_queue", "environment": "dev"},
		{"type": "aws_instance", "environment": "dev"},
	}
}

test_parts if {
	found := inventory.parts with input as {"resources": [_queue, _job, _web, object.remove(_job, ["name"])]}
	{part: {value | some value in values} | some part, values in found} == {
		"address": {""},
		"breakdown": {[_line], [object.union(_line, {"quantity": 1.5})]},
		"cost_estimate": set(),
		"costs": set(),
		"location": set(),
		"monthly_cost": {0},
		"name": {"", null},
		"previous_effective_cost": set(),
		"previous_monthly_cost": set(),
		"tags": {{"team": "a"}, {"team": "b"}},
		"traits": {{"attached": true}, {"attached": true, "vcpus": 1.25}},
	}
	count(found.breakdown) == 2
}

test_fields_and_traits if {
	document := {"resources": [_queue, _web]}
	inventory.fields == object.keys(_queue) with input as document
	inventory.traits == {"attached", "vcpus"} with input as document
	inventory.fields == {"address", "name"} with input as {"resources": [{}]}
}

# An example of each type stands for all values of these: the schema of the estimate must ask no more of them.
test_nothing_but_its_type_is_asked_of_names_and_figures if {
	schemas := data.tollbar.schemas.estimate["$defs"].EstimatedResource.properties
	parts := {"address", "name", "monthly_cost", "previous_effective_cost", "previous_monthly_cost"}
	asked := {[keyword, value] | some part in parts; some keyword, value in schemas[part]; keyword != "description"}
	asked == {["type", "string"], ["type", "number"]}
}
