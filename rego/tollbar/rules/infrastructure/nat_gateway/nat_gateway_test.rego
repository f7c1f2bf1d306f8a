package tollbar.rules.infrastructure.nat_gateway_test

import data.tollbar.rules.infrastructure.nat_gateway as rule
import data.tollbar.testing

# A gateway that costs so much a month by the hour, and so much for the data it processes.
_gateway(hours, processed, given) := testing.resource(object.union(
	{
		"address": "aws_nat_gateway.a",
		"type": "aws_nat_gateway",
		"monthly_cost": hours + processed,
		"breakdown": [
			{"name": "NAT gateway", "monthly_cost": hours},
			{"name": "Data processed", "monthly_cost": processed},
		],
	},
	given,
))

_common := {
	"code": "TB112",
	"rule": "nat_gateway",
	"title": "NAT gateways are few, and what could go around them does",
	"severity": "warning",
	"remediation": concat(" ", [
		"Route the private subnets through one gateway, and traffic to the cloud's own services around it:",
		"by gateway endpoints (S3, DynamoDB), service endpoints (Azure) or Private Google Access, which cost nothing.",
	]),
	"docs": "docs/rules/TB112.md",
}

test_too_many if {
	found := rule.findings with input as testing.estimate([
		_gateway(32, 1.5, {}),
		_gateway(32, 0, {"address": "aws_nat_gateway.b"}),
		testing.resource({}),
	])
	found == {object.union(_common, {
		"msg": concat(" ", [
			"[TB112] payments has 2 NAT gateways in dev, over the limit of 1:",
			"aws_nat_gateway.a, aws_nat_gateway.b, for $65.50 a month in all.",
		]),
		"limit": 1,
		"actual": 2,
	})}
}

test_too_much_processed if {
	found := rule.findings with input as testing.estimate([_gateway(32, 96, {})])
	found == {object.union(_common, {
		"msg": concat(" ", [
			"[TB112] aws_nat_gateway.a pays $96.00 of $128.00 a month for data processed (75%),",
			"over the limit of $64.00.",
		]),
		"resource": "aws_nat_gateway.a",
		"limit": 64,
		"actual": 96,
		"_loc": {"file": "main.tf", "line": 3},
	})}
}

_two(given) := [_gateway(32, 0, given), _gateway(32, 0, object.union({"address": "aws_nat_gateway.b"}, given))]

test_number[name] if {
	some name, case in {
		"one in dev": {"resources": [_gateway(32, 0, {})], "params": {}, "limits": set()},
		"two in staging": {"resources": _two({"environment": "staging"}), "params": {}, "limits": {1}},
		"two in prod": {"resources": _two({"environment": "prod"}), "params": {}, "limits": set()},
		"one in each environment": {
			"resources": [_gateway(32, 0, {}), _gateway(32, 0, {"environment": "staging"})],
			"params": {},
			"limits": set(),
		},
		"limits of one's own": {"resources": _two({}), "params": {"limits": {"dev": 2}}, "limits": set()},
		"a limit for all others": {"resources": _two({"environment": "prod"}), "params": {"other": 0}, "limits": {0}},
		"no limit": {"resources": _two({}), "params": {"limits": {"dev": null}, "other": 0}, "limits": set()},
		"of Azure": {"resources": _two({"type": "azurerm_nat_gateway"}), "params": {}, "limits": {1}},
		"types of one's own": {"resources": _two({}), "params": {"types": ["aws_instance"]}, "limits": set()},
		"deleted": {"resources": _two({"action": "delete"}), "params": {}, "limits": set()},
	}
	found := rule.findings with input as testing.estimate(case.resources)
		with data.tollbar_settings as testing.settings("nat_gateway", case.params)
	{finding.limit | some finding in found} == case.limits
}

test_processed[name] if {
	some name, case in {
		"at the share": {"resource": _gateway(64, 64, {}), "params": {}, "limits": set()},
		"over the share": {"resource": _gateway(64, 65, {}), "params": {}, "limits": {64.5}},
		"over the share, at what is always allowed": {"resource": _gateway(32, 50, {}), "params": {}, "limits": set()},
		"over what is always allowed": {"resource": _gateway(32, 50.01, {}), "params": {}, "limits": {50}},
		"a share of one's own": {"resource": _gateway(300, 100, {}), "params": {"percent": 20}, "limits": {80}},
		"no limit": {"resource": _gateway(32, 900, {}), "params": {"percent": null}, "limits": set()},
		"lines of one's own": {"resource": _gateway(900, 10, {}), "params": {"lines": ["nat *"]}, "limits": {455}},
		"not known": {
			"resource": _gateway(32, 0, {"breakdown": [{"name": "Data processed"}]}),
			"params": {},
			"limits": set(),
		},
	}
	found := rule.findings with input as testing.estimate([case.resource])
		with data.tollbar_settings as testing.settings("nat_gateway", case.params)
	{finding.limit | some finding in found} == case.limits
}

# What a discount makes free is no division by 0, which would leave the whole decision undefined.
test_gateway_for_nothing if {
	found := rule.findings with input as testing.estimate([_gateway(-60, 60, {})])
	testing.messages(found) == {concat(" ", [
		"[TB112] aws_nat_gateway.a pays $60.00 of $0.00 a month for data processed (600000%),",
		"over the limit of $50.00.",
	])}
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([_gateway(32, 100, {})])
		with data.tollbar_settings as testing.settings("nat_gateway", case.params)
	testing.severities(found) == case.severities
}
