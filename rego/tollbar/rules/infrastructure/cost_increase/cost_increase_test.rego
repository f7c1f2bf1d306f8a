package tollbar.rules.infrastructure.cost_increase_test

import data.tollbar.rules.infrastructure.cost_increase as rule
import data.tollbar.testing

# An estimate whose total grew from one amount to another.
_grown(previous, total) := testing.estimate_with(
	[testing.resource({"monthly_cost": total, "previous_monthly_cost": previous})],
	{"totals": {"previous": previous, "delta": total - previous}},
)

test_finding if {
	found := rule.findings with input as testing.estimate_with(
		[
			testing.resource({"address": "a", "monthly_cost": 400, "previous_monthly_cost": 100}),
			testing.resource({"address": "b", "monthly_cost": 1600, "previous_monthly_cost": 1000}),
			testing.resource({"address": "c", "monthly_cost": 500, "previous_monthly_cost": 0}),
			testing.resource({"address": "d", "monthly_cost": 200, "previous_monthly_cost": 0}),
			testing.resource({"address": "cheaper", "monthly_cost": 100, "previous_monthly_cost": 150}),
			testing.resource({"address": "unknown before", "monthly_cost": 7000}),
			testing.resource({"address": "deleted", "monthly_cost": 900, "previous_monthly_cost": 0, "action": "delete"}),
			object.union(
				testing.resource({"address": "unpriced", "monthly_cost": 900, "previous_monthly_cost": 0}),
				testing.unpriced("price_not_found", "no price in eu-south-2"),
			),
		],
		{"totals": {"previous": 1250, "delta": 1550}},
	)
	found == {{
		"code": "TB104",
		"rule": "cost_increase",
		"title": "A change does not raise the total too much",
		"severity": "error",
		"msg": concat(" ", [
			"[TB104] payments costs $1,550.00 a month more than before ($1,250.00), over the limit of $1,000.00.",
			"Grew most: b ($600.00), c ($500.00), a ($300.00).",
		]),
		"limit": 1000,
		"actual": 1550,
		"approval_amount": 1550,
		"remediation": "Reduce what grew most, or spread the change over several steps.",
		"docs": "docs/rules/TB104.md",
	}}
}

test_limits[name] if {
	some name, case in {
		"a cent under the limit": {"previous": 500, "total": 1499.99, "params": {}, "limits": set()},
		"at the limit": {"previous": 500, "total": 1500, "params": {}, "limits": set()},
		"a cent over the limit": {"previous": 500, "total": 1500.01, "params": {}, "limits": {1000}},
		"cheaper than before": {"previous": 5000, "total": 10, "params": {}, "limits": set()},
		"at the share": {"previous": 500, "total": 600, "params": {"percent": 20}, "limits": set()},
		"a cent over the share": {"previous": 500, "total": 600.01, "params": {"percent": 20}, "limits": {100}},
		"over both, the lower counts": {
			"previous": 10000,
			"total": 13000,
			"params": {"percent": 20},
			"limits": {1000},
		},
		"over the share alone": {
			"previous": 10000,
			"total": 13000,
			"params": {"percent": 20, "limit": null},
			"limits": {2000},
		},
		"from nothing, over any share": {
			"previous": 0,
			"total": 0.01,
			"params": {"percent": 500},
			"limits": {0},
		},
		"neither limited": {
			"previous": 0,
			"total": 90000,
			"params": {"limit": null},
			"limits": set(),
		},
	}
	found := rule.findings with input as _grown(case.previous, case.total)
		with data.tollbar_settings as testing.settings("cost_increase", case.params)
	{finding.limit | some finding in found} == case.limits
}

test_share_in_words if {
	found := rule.findings with input as _grown(500, 700)
		with data.tollbar_settings as testing.settings("cost_increase", {"percent": 12.5})
	testing.messages(found) == {concat(" ", [
		"[TB104] payments costs $200.00 a month more than before ($500.00), over the limit of 12.5% ($62.50).",
		"Grew most: aws_instance.web ($200.00).",
	])}
}

test_only_what_grew_is_named if {
	found := rule.findings with input as testing.estimate_with(
		[
			testing.resource({"address": "cheaper", "monthly_cost": 100, "previous_monthly_cost": 150}),
			testing.resource({"address": "dearer", "monthly_cost": 1550, "previous_monthly_cost": 0}),
			testing.resource({"address": "the same", "monthly_cost": 10, "previous_monthly_cost": 10}),
		],
		{"totals": {"previous": 160, "delta": 1500}},
	)
	testing.messages(found) == {concat(" ", [
		"[TB104] payments costs $1,500.00 a month more than before ($160.00), over the limit of $1,000.00.",
		"Grew most: dearer ($1,550.00).",
	])}
}

test_nothing_to_compare_with if {
	found := rule.findings with input as testing.estimate([testing.resource({"monthly_cost": 90000})])
	found == set()
}

# A delta without its previous total counts as an increase from nothing.
test_delta_without_previous if {
	found := rule.findings with input as testing.estimate_with([], {"totals": {"delta": 5}})
		with data.tollbar_settings as testing.settings("cost_increase", {"percent": 20})
	testing.messages(found) == {concat(" ", [
		"[TB104] payments costs $5.00 a month more than before ($0.00), over the limit of 20% ($0.00).",
		"Grew most: not known.",
	])}
}

_covered := testing.estimate_with(
	[
		testing.resource({
			"address": "a",
			"monthly_cost": 2000,
			"previous_monthly_cost": 0,
			"costs": {"list": 2000, "committed": 100, "effective": 1200},
			"previous_effective_cost": 0,
		}),
		testing.resource({
			"address": "no longer covered",
			"monthly_cost": 500,
			"previous_monthly_cost": 500,
			"costs": {"list": 500, "committed": 0, "effective": 500},
			"previous_effective_cost": 300,
		}),
	],
	{"totals": {
		"previous": 500,
		"delta": 2000,
		"costs": {"list": 2500, "committed": 100, "effective": 1700, "effective_previous": 300, "effective_delta": 1400},
	}},
)

test_cost[name] if {
	some name, case in {
		"with commitments": {"params": {"cost": "effective"}, "estimate": _covered, "messages": {concat(" ", [
			"[TB104] payments costs $1,400.00 a month more with commitments than before ($300.00),",
			"over the limit of $1,000.00. Grew most: a ($1,200.00), no longer covered ($200.00).",
		])}},
		"with commitments, at the limit": {
			"params": {"cost": "effective", "limit": 1400},
			"estimate": _covered,
			"messages": set(),
		},
		"with commitments, over the share": {
			"params": {"cost": "effective", "limit": null, "percent": 100},
			"estimate": _covered,
			"messages": {concat(" ", [
				"[TB104] payments costs $1,400.00 a month more with commitments than before ($300.00),",
				"over the limit of 100% ($300.00). Grew most: a ($1,200.00), no longer covered ($200.00).",
			])},
		},
		"at list price": {"params": {"cost": "list"}, "estimate": _covered, "messages": {concat(" ", [
			"[TB104] payments costs $2,000.00 a month more than before ($500.00),",
			"over the limit of $1,000.00. Grew most: a ($2,000.00).",
		])}},
		"the state before without commitments": {
			"params": {"cost": "effective"},
			"estimate": json.remove(_covered, ["/totals/costs/effective_delta", "/totals/costs/effective_previous"]),
			"messages": {concat(" ", [
				"[TB104] payments costs $2,000.00 a month more than before ($500.00),",
				"over the limit of $1,000.00. Grew most: a ($2,000.00).",
			])},
		},
	}
	found := rule.findings with input as case.estimate
		with data.tollbar_settings as testing.settings("cost_increase", case.params)
	testing.messages(found) == case.messages
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as _grown(0, 2000)
		with data.tollbar_settings as testing.settings("cost_increase", case.params)
	testing.severities(found) == case.severities
}
