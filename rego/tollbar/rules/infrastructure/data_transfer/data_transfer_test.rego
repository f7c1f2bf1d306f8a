package tollbar.rules.infrastructure.data_transfer_test

import data.tollbar.rules.infrastructure.data_transfer as rule
import data.tollbar.testing

# An estimate of something that costs so much for data transfer and so much for the rest.
_estimate(transfer, rest) := testing.estimate([testing.resource({
	"monthly_cost": transfer + rest,
	"breakdown": [
		{"name": "Instance usage", "monthly_cost": rest},
		{"name": "Outbound data transfer to Internet", "monthly_cost": transfer},
	],
})])

test_finding if {
	found := rule.findings with input as testing.estimate([
		testing.resource({"address": "a", "monthly_cost": 150, "breakdown": [
			{"name": "Data transfer out to internet", "monthly_cost": 100},
			{"name": "Intra-region data transfer", "monthly_cost": 50},
		]}),
		testing.resource({
			"address": "b",
			"monthly_cost": 200,
			"breakdown": [{"name": "Network egress", "monthly_cost": 200}, {"name": "Network egress"}],
		}),
		testing.resource({
			"address": "c",
			"monthly_cost": 650,
			"breakdown": [{"name": "Instance usage", "monthly_cost": 650}],
		}),
		testing.resource({
			"address": "deleted",
			"action": "delete",
			"breakdown": [{"name": "Network egress", "monthly_cost": 900}],
		}),
	])
	found == {{
		"code": "TB113",
		"rule": "data_transfer",
		"title": "Data transfer is a small part of what a deployment costs",
		"severity": "warning",
		"msg": concat(" ", [
			"[TB113] payments pays $350.00 a month for data transfer (35% of the total),",
			"over the limit of $200.00, 20% of the total.",
		]),
		"limit": 200,
		"actual": 350,
		"remediation": concat(" ", [
			"Keep traffic within one region and zone, use private endpoints and a CDN,",
			"cache and compress what is sent again and again. Most of it: b ($200.00), a ($150.00).",
		]),
		"docs": "docs/rules/TB113.md",
	}}
}

test_limits[name] if {
	some name, case in {
		"at the share": {"estimate": _estimate(200, 800), "params": {}, "limits": set()},
		"over the share": {"estimate": _estimate(250, 750), "params": {}, "limits": {200}},
		"at what is never reported": {"estimate": _estimate(100, 0), "params": {}, "limits": set()},
		"over what is never reported": {"estimate": _estimate(105, 0), "params": {}, "limits": {21}},
		"reported from nothing on": {"estimate": _estimate(1, 0), "params": {"from": 0}, "limits": {0.2}},
		"at the amount": {
			"estimate": _estimate(300, 9000),
			"params": {"limits": {"dev": 300}},
			"limits": set(),
		},
		"over the amount": {
			"estimate": _estimate(300.01, 9000),
			"params": {"limits": {"dev": 300}},
			"limits": {300},
		},
		"over that of all others": {
			"estimate": _estimate(300.01, 9000),
			"params": {"limits": {"prod": 900}, "other": 300},
			"limits": {300},
		},
		"over both, the lower counts": {
			"estimate": _estimate(500, 500),
			"params": {"limits": {"dev": 300}},
			"limits": {200},
		},
		"over the amount alone": {
			"estimate": _estimate(500, 500),
			"params": {"limits": {"dev": 300}, "percent": null},
			"limits": {300},
		},
		"neither": {
			"estimate": _estimate(500, 500),
			"params": {"percent": null},
			"limits": set(),
		},
		"lines of one's own": {
			"estimate": _estimate(5, 495),
			"params": {"lines": ["instance*"]},
			"limits": {100},
		},
		"none": {"estimate": _estimate(0, 495), "params": {"from": 0, "percent": 0}, "limits": set()},
	}
	found := rule.findings with input as case.estimate
		with data.tollbar_settings as testing.settings("data_transfer", case.params)
	{finding.limit | some finding in found} == case.limits
}

test_amount_in_words if {
	found := rule.findings with input as _estimate(300.5, 300.5)
		with data.tollbar_settings as testing.settings("data_transfer", {"other": 110})
	testing.messages(found) == {concat(" ", [
		"[TB113] payments pays $300.50 a month for data transfer (50% of the total),",
		"over the limit of $110.00.",
	])}
}

# Of nothing there is no share; to divide by it would leave the whole decision undefined.
test_total_of_nothing if {
	found := rule.findings with input as _estimate(300, -300)
	testing.messages(found) == {concat(" ", [
		"[TB113] payments pays $300.00 a month for data transfer (all of the total),",
		"over the limit of $0.00, 20% of the total.",
	])}
}

test_total_of_less_than_nothing if {
	found := rule.findings with input as _estimate(300, -400)
	testing.messages(found) == {concat(" ", [
		"[TB113] payments pays $300.00 a month for data transfer (all of the total),",
		"over the limit of -$20.00, 20% of the total.",
	])}
}

# Alike in address and cost, they are two all the same.
test_alike if {
	twin := testing.resource({"monthly_cost": 100, "breakdown": [{"name": "Egress", "monthly_cost": 100}]})
	found := rule.findings with input as testing.estimate([twin, twin])
	{finding.actual | some finding in found} == {200}
}

# Only what costs something is named.
test_nothing_for_it_is_not_named if {
	document := testing.estimate([
		testing.resource({"address": "a", "monthly_cost": 300, "breakdown": [{"name": "Egress", "monthly_cost": 300}]}),
		testing.resource({"address": "b", "monthly_cost": 0, "breakdown": [{"name": "Egress", "monthly_cost": 0}]}),
	])
	found := rule.findings with input as document
	{regex.find_n(`Most of it: .*$`, finding.remediation, 1)[0] | some finding in found} == {"Most of it: a ($300.00)."}
}

test_line_names[name] if {
	some name, counts in {
		"Outbound data transfer (premium)": true,
		"Network egress": true,
		"Data transfer out to origin": true,
		"Geo-replication data transfer": true,
		"Outbound": true,
		"Data processed": false,
		"Storage": false,
	}
	found := rule.findings with input as testing.estimate([testing.resource({
		"monthly_cost": 500,
		"breakdown": [{"name": name, "monthly_cost": 500}],
	})])
	{finding.actual | some finding in found} == {500 | counts}
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as _estimate(500, 500)
		with data.tollbar_settings as testing.settings("data_transfer", case.params)
	testing.severities(found) == case.severities
}
