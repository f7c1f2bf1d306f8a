package tollbar.rules.governance.approval_amount_test

import data.tollbar.rules.governance.approval_amount as rule
import data.tollbar.testing

_changed := [
	testing.resource({"address": "grown", "monthly_cost": 1500, "previous_monthly_cost": 900}),
	testing.resource({"address": "new", "monthly_cost": 100, "previous_monthly_cost": 0}),
	testing.resource({"address": "same", "monthly_cost": 70, "previous_monthly_cost": 70}),
	testing.resource({"address": "cheaper", "monthly_cost": 50, "previous_monthly_cost": 60}),
	testing.resource(object.union(
		{"address": "partly", "monthly_cost": 900, "previous_monthly_cost": 0},
		testing.unpriced("price_not_found", "storage"),
	)),
]

_change_of(delta) := testing.estimate_with(_changed, {"totals": {"previous": 1000, "delta": delta}})

_settings(params) := testing.settings("approval_amount", object.union({"amount": 500}, params))

test_finding if {
	found := rule.findings with input as _change_of(690)
		with data.tollbar_settings as object.union(_settings({}), {"approvers": [
			{"role": "team-lead", "up_to": 2000},
			{"role": "director", "up_to": 50000},
		]})
	found == {{
		"code": "TB204",
		"rule": "approval_amount",
		"title": "Somebody approves what adds much to the bill",
		"severity": "approval",
		"msg": "[TB204] payments adds $690.00 a month, and more than $500.00 needs an approval.",
		"limit": 500,
		"actual": 690,
		"approval_amount": 690,
		"remediation": concat(" ", [
			"Reduce what grows most: grown ($600.00), new ($100.00). Or have it approved by team-lead",
			"and set the tag high_cost_approved or the label cost-approved.",
		]),
		"docs": "docs/rules/TB204.md",
	}}
}

# The approver is one of the change, however dear the deployment: nobody may approve its total of 2,620.
test_nobody_may_approve_as_much[delta] if {
	some delta, severity in {"600": "approval", "600.01": "error"}
	found := rule.findings with input as _change_of(to_number(delta))
		with data.tollbar_settings as object.union(_settings({}), {"approvers": [{"role": "team-lead", "up_to": 600}]})
	testing.severities(found) == {severity}
}

test_amounts[name] if {
	some name, case in {
		"at the amount": {"delta": 500, "params": {}, "limits": set()},
		"over the amount": {"delta": 500.01, "params": {}, "limits": {500}},
		"a saving": {"delta": -900, "params": {}, "limits": set()},
		"no amount": {"delta": 5000, "params": {"amount": null}, "limits": set()},
		"another in dev": {"delta": 100.01, "params": {"amounts": {"dev": 100}}, "limits": {100}},
		"another in prod": {"delta": 500, "params": {"amounts": {"prod": 100}}, "limits": set()},
		"none in dev": {"delta": 5000, "params": {"amounts": {"dev": null}}, "limits": set()},
		"only in dev": {"delta": 500, "params": {"amount": null, "amounts": {"dev": 100}}, "limits": {100}},
		"an amount of nothing": {"delta": 0.01, "params": {"amount": 0}, "limits": {0}},
	}
	found := rule.findings with input as _change_of(case.delta)
		with data.tollbar_settings as _settings(case.params)
	{finding.limit | some finding in found} == case.limits
}

test_no_amount_by_default if {
	found := rule.findings with input as _change_of(1000000)
	found == set()
}

test_of_the_total[name] if {
	some name, case in {
		"wanted": {
			"estimate": _change_of(-10),
			"params": {"of": "total"},
			"messages": {"[TB204] payments costs $2,620.00 a month, and more than $500.00 needs an approval."},
		},
		"wanted, at the amount": {
			"estimate": _change_of(9000),
			"params": {"of": "total", "amount": 2620},
			"messages": set(),
		},
		"of what was compared with nothing": {
			"estimate": testing.estimate(_changed),
			"params": {},
			"messages": {"[TB204] payments costs $2,620.00 a month, and more than $500.00 needs an approval."},
		},
	}
	found := rule.findings with input as case.estimate
		with data.tollbar_settings as _settings(case.params)
	testing.messages(found) == case.messages
}

test_what_costs_most_of_the_total if {
	found := rule.findings with input as testing.estimate(_changed)
		with data.tollbar_settings as _settings({"exempt_tag": null, "exempt_labels": []})
	{finding.remediation | some finding in found} == {concat(" ", [
		"Reduce what costs most:",
		"grown ($1,500.00), partly ($900.00), new ($100.00).",
	])}
}

test_what_costs_nothing_is_not_named if {
	found := rule.findings
		with input as testing.estimate([
			testing.resource({"address": "a", "monthly_cost": 600}),
			testing.resource({"address": "b", "monthly_cost": 0}),
		])
		with data.tollbar_settings as _settings({"exempt_tag": null, "exempt_labels": []})
	{finding.remediation | some finding in found} == {"Reduce what costs most: a ($600.00)."}
}

_committed := [
	testing.resource({
		"address": "machine",
		"monthly_cost": 1500,
		"previous_monthly_cost": 100,
		"costs": {"list": 1500, "committed": 300, "effective": 700},
		"previous_effective_cost": 80,
	}),
	testing.resource(object.union(
		{
			"address": "partly",
			"monthly_cost": 900,
			"previous_monthly_cost": 0,
			"costs": {"list": 900, "committed": 0, "effective": 900},
			"previous_effective_cost": 0,
		},
		testing.unpriced("price_not_found", "storage"),
	)),
]

test_with_commitments[name] if {
	costs := {"list": 2400, "committed": 300, "effective": 1600}
	compared := object.union(costs, {"effective_previous": 80, "effective_delta": 620})
	texts := {
		"effective change": {
			"does": "adds $620.00 a month with commitments",
			"reduce": "what grows most: machine ($620.00)",
		},
		"change": {"does": "adds $1,400.00 a month", "reduce": "what grows most: machine ($1,400.00)"},
		"effective total": {
			"does": "costs $1,600.00 a month with commitments",
			"reduce": "what costs most: partly ($900.00), machine ($700.00)",
		},
		"total": {
			"does": "costs $2,400.00 a month",
			"reduce": "what costs most: machine ($1,500.00), partly ($900.00)",
		},
	}
	some name, case in {
		"the change": {"params": {"cost": "effective"}, "costs": compared, "text": "effective change"},
		"the change at list price": {"params": {"cost": "list"}, "costs": compared, "text": "change"},
		"the change, compared at list price": {"params": {"cost": "effective"}, "costs": costs, "text": "change"},
		"the total": {"params": {"cost": "effective", "of": "total"}, "costs": compared, "text": "effective total"},
		"the total at list price": {"params": {"of": "total"}, "costs": compared, "text": "total"},
	}
	found := rule.findings
		with input as testing.estimate_with(_committed, {"totals": {"delta": 1400, "previous": 100, "costs": case.costs}})
		with data.tollbar_settings as _settings(object.union({"exempt_tag": null, "exempt_labels": []}, case.params))
	{object.filter(finding, ["msg", "remediation"]) | some finding in found} == {{
		"msg": sprintf("[TB204] payments %s, and more than $500.00 needs an approval.", [texts[case.text].does]),
		"remediation": sprintf("Reduce %s.", [texts[case.text].reduce]),
	}}
}

test_exempt[name] if {
	some name, case in {
		"by a tag": {
			"deployment": {"tags": {"high_cost_approved": "FIN-1"}},
			"params": {},
			"exemptions": {{"by": "tag", "tag": "high_cost_approved"}},
		},
		"by a tag of one's own": {
			"deployment": {"tags": {"approved": "yes"}},
			"params": {"exempt_tag": "approved"},
			"exemptions": {{"by": "tag", "tag": "approved"}},
		},
		"by a label": {
			"deployment": {"labels": ["cost-approved"]},
			"params": {},
			"exemptions": {{"by": "label", "label": "cost-approved"}},
		},
		"by a label of one's own": {
			"deployment": {"labels": ["finops-ok", "cost-approved"]},
			"params": {"exempt_labels": ["finops-ok"]},
			"exemptions": {{"by": "label", "label": "finops-ok"}},
		},
		"not by another label": {
			"deployment": {"labels": ["cost-approved"]},
			"params": {"exempt_labels": ["finops-ok"]},
			"exemptions": set(),
		},
		"not at all": {"deployment": {}, "params": {}, "exemptions": set()},
	}
	found := rule.findings with input as object.union(_change_of(690), {"deployment": case.deployment})
		with data.tollbar_settings as _settings(case.params)
	count(found) == 1
	{finding.exemption | some finding in found; finding.exemption} == case.exemptions
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as _change_of(690)
		with data.tollbar_settings as _settings(case.params)
	testing.severities(found) == case.severities
}
