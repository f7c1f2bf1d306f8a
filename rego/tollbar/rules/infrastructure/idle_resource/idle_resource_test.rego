package tollbar.rules.infrastructure.idle_resource_test

import data.tollbar.rules.infrastructure.idle_resource as rule
import data.tollbar.testing

_address := {"address": "aws_eip.a", "type": "aws_eip", "monthly_cost": 3.65, "traits": {"attached": false}}

test_finding if {
	found := rule.findings with input as testing.estimate([testing.resource(_address)])
	found == {{
		"code": "TB114",
		"rule": "idle_resource",
		"title": "Nothing is paid for that is not used",
		"severity": "warning",
		"msg": "[TB114] aws_eip.a costs $3.65 a month, but nothing in the project uses it.",
		"resource": "aws_eip.a",
		"actual": 3.65,
		"remediation": "Delete what is not used, or attach it to what it is for.",
		"docs": "docs/rules/TB114.md",
		"_loc": {"file": "main.tf", "line": 3},
	}}
}

test_attached[name] if {
	some name, case in {
		"attached": {"given": {"traits": {"attached": true}}, "params": {}, "actual": set()},
		"free": {"given": {"free": true}, "params": {}, "actual": set()},
		"cheaper than what is reported": {"given": {"monthly_cost": 0.99}, "params": {}, "actual": set()},
		"as dear as what is reported": {"given": {"monthly_cost": 1}, "params": {}, "actual": {1}},
		"costs nothing": {"given": {"monthly_cost": 0}, "params": {}, "actual": set()},
		"reported from another amount on": {"given": {}, "params": {"from": 3.66}, "actual": set()},
		"deleted": {"given": {"action": "delete"}, "params": {}, "actual": set()},
	}
	found := rule.findings with input as testing.estimate([testing.resource(object.union(_address, case.given))])
		with data.tollbar_settings as testing.settings("idle_resource", case.params)
	{finding.actual | some finding in found} == case.actual
}

test_not_known_whether_attached if {
	found := rule.findings with input as testing.estimate([testing.resource(object.remove(_address, ["traits"]))])
	found == set()
}

test_unknown_cost if {
	found := rule.findings with input as testing.estimate([testing.resource(object.remove(_address, ["monthly_cost"]))])
	testing.messages(found) == {concat("", [
		"[TB114] aws_eip.a costs an unknown amount a month, ",
		"but nothing in the project uses it.",
	])}
}

# A gateway with some use.
_gateway(use) := {
	"address": "aws_nat_gateway.a",
	"type": "aws_nat_gateway",
	"monthly_cost": 32.85,
	"breakdown": array.concat([{"name": "NAT gateway", "basis": "fixed", "quantity": 730, "monthly_cost": 32.85}], use),
}

_unused := {"name": "Data processed", "basis": "usage", "quantity": 0, "monthly_cost": 0}

test_told_use if {
	found := rule.findings with input as testing.estimate([testing.resource(_gateway([_unused]))])
	testing.messages(found) == {concat("", [
		"[TB114] aws_nat_gateway.a costs $32.85 a month, ",
		"but all its told use is 0.",
	])}
}

test_remediation_of_told_use if {
	found := rule.findings with input as testing.estimate([testing.resource(_gateway([_unused]))])
	{finding.remediation | some finding in found} == {concat(" ", [
		"Delete what is not used,",
		"or tell how much it is used.",
	])}
}

test_use[name] if {
	some name, case in {
		"none in the months before": {"use": [object.union(_unused, {"basis": "history"})], "given": {}, "idle": {32.85}},
		"some": {"use": [object.union(_unused, {"quantity": 0.1})], "given": {}, "idle": set()},
		"some of two": {"use": [_unused, object.union(_unused, {"quantity": 1})], "given": {}, "idle": set()},
		"assumed": {"use": [object.union(_unused, {"basis": "assumed"})], "given": {}, "idle": set()},
		"not told": {"use": [object.remove(_unused, ["quantity"])], "given": {}, "idle": set()},
		"no such line": {"use": [], "given": {}, "idle": set()},
		"another type": {"use": [_unused], "given": {"type": "aws_db_instance"}, "idle": set()},
		"at what is reported": {"use": [_unused], "given": {"monthly_cost": 1}, "idle": {1}},
		"under what is reported": {"use": [_unused], "given": {"monthly_cost": 0.99}, "idle": set()},
		"reported as not attached": {
			"use": [_unused],
			"given": {"monthly_cost": 5, "traits": {"attached": false}},
			"idle": {5},
		},
		"attached": {"use": [_unused], "given": {"traits": {"attached": true}}, "idle": {32.85}},
		"deleted": {"use": [_unused], "given": {"action": "delete"}, "idle": set()},
	}
	found := rule.findings with input as testing.estimate([testing.resource(object.union(_gateway(case.use), case.given))])
	{finding.actual | some finding in found} == case.idle
}

test_traffic_types_of_ones_own if {
	found := rule.findings with input as testing.estimate([testing.resource(_gateway([_unused]))])
		with data.tollbar_settings as testing.settings("idle_resource", {"traffic_types": ["aws_lb"]})
	found == set()
}

# A pool of which so much is paid for what no pod takes.
_pool(idle) := {
	"address": "NodePool/general",
	"type": "kubernetes_node_pool",
	"monthly_cost": idle,
	"breakdown": [{"name": "Idle capacity of 3 nodes (m6i.xlarge)", "basis": "fixed", "monthly_cost": idle}],
}

test_idle_capacity if {
	found := rule.findings with input as testing.estimate([testing.resource(_pool(300.5))])
	[[finding.msg, finding.limit, finding.actual, finding.remediation] | some finding in found] == [[
		concat(" ", [
			"[TB114] NodePool/general costs $300.50 a month for capacity that no pod takes,",
			"over the limit of $250.00.",
		]),
		250,
		300.5,
		"Delete what is not used, or use smaller or fewer nodes, and a lower minimum of them.",
	]]
}

test_capacity[name] if {
	some name, case in {
		"at the limit": {"idle": 250, "params": {}, "found": 0},
		"over the limit": {"idle": 250.01, "params": {}, "found": 1},
		"under a limit of one's own": {"idle": 250.01, "params": {"capacity": 300}, "found": 0},
		"not limited": {"idle": 9000, "params": {"capacity": null}, "found": 0},
		"lines of one's own": {"idle": 9000, "params": {"capacity_lines": ["spare*"]}, "found": 0},
	}
	found := rule.findings with input as testing.estimate([testing.resource(_pool(case.idle))])
		with data.tollbar_settings as testing.settings("idle_resource", case.params)
	count(found) == case.found
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([testing.resource(_address)])
		with data.tollbar_settings as testing.settings("idle_resource", case.params)
	testing.severities(found) == case.severities
}
