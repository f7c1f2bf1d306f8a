package tollbar.lib.result_test

import data.tollbar.lib.result
import data.tollbar.params
import data.tollbar.testing

# What rego.metadata.chain() gives in a rule called deployment_limit.
_chain := [
	{"path": ["tollbar", "rules", "group", "deployment_limit", "findings"]},
	{"path": ["tollbar", "rules", "group", "deployment_limit", "findings"], "annotations": {"scope": "document"}},
	{
		"path": ["tollbar", "rules", "group", "deployment_limit"],
		"annotations": {
			"scope": "package",
			"title": "A title",
			"custom": {"code": "TB999", "message": "has {number} {noun}.", "remediation": "Have less than {number}."},
		},
	},
]

_texts := {"{number}": "3", "{noun}": "{number}"}

test_finding if {
	found := result.finding(_chain, testing.resource({}), {"limit": 2, "actual": 3}, _texts)
	found == {
		"code": "TB999",
		"rule": "deployment_limit",
		"title": "A title",
		"severity": "error",
		"msg": "[TB999] aws_instance.web has 3 {number}.",
		"resource": "aws_instance.web",
		"limit": 2,
		"actual": 3,
		"remediation": "Have less than 3. Or have it approved and set the tag high_cost_approved.",
		"docs": "docs/rules/TB999.md",
		"_loc": {"file": "main.tf", "line": 3},
	}
}

test_subjects[name] if {
	some name, case in {
		"without a location": {
			"subject": {"address": "a"},
			"finding": {"msg": "[TB999] a has 3 {number}.", "resource": "a"},
		},
		"a location without a line": {
			"subject": {"address": "a", "location": {"file": "b"}},
			"finding": {"msg": "[TB999] a has 3 {number}.", "resource": "a", "_loc": {"file": "b"}},
		},
		"with a name and a location": {
			"subject": {"name": "payments", "location": {"file": "b"}},
			"finding": {"msg": "[TB999] payments has 3 {number}.", "_loc": {"file": "b"}},
		},
		"with a name only": {
			"subject": {"name": "payments"},
			"finding": {"msg": "[TB999] payments has 3 {number}."},
		},
	}
	found := result.finding(_chain, case.subject, {}, _texts)
	object.filter(found, ["msg", "resource", "_loc"]) == case.finding
}

test_exempt_by_a_setting if {
	found := result.finding(_chain, testing.resource({}), {"severity": "warning"}, _texts)
		with input as testing.estimate([])
		with data.tollbar_settings as {"exemptions": [{
			"id": "EX-1",
			"rules": ["deployment_limit"],
			"address": "aws_instance.web",
			"reason": "load test",
		}]}
	found.exemption == {"by": "exemption", "id": "EX-1", "reason": "load test"}
	found.severity == "warning"
	found.remediation == "Have less than 3."
}

test_approval_that_nobody_may_give_is_a_denial[name] if {
	some name, case in {
		"somebody may": {
			"mode": "approve",
			"up_to": 5000,
			"severity": "approval",
			"remediation": "Have less than 3. Or have it approved by director and set the tag high_cost_approved.",
		},
		"no approvers are set": {
			"mode": "approve",
			"severity": "approval",
			"remediation": "Have less than 3. Or have it approved and set the tag high_cost_approved.",
		},
		"nobody may, but there is no approval to give": {
			"mode": "warn",
			"up_to": 4999.99,
			"severity": "warning",
			"remediation": "Have less than 3. Or have it approved and set the tag high_cost_approved.",
		},
		"nobody may": {
			"mode": "approve",
			"up_to": 4999.99,
			"severity": "error",
			"remediation": concat(" ", [
				"Have less than 3.",
				"Nobody may approve $5,000.00 a month: the highest limit of an approver is $4,999.99.",
			]),
		},
	}
	found := result.finding(_chain, {"name": "payments"}, {}, _texts)
		with input.totals.monthly_cost as 5000
		with data.tollbar_settings as {
			"rules": {"deployment_limit": {"mode": case.mode}},
			"approvers": [{"role": "director", "up_to": limit} | limit := case.up_to],
		}
	object.filter(found, ["severity", "remediation"]) == object.remove(case, ["mode", "up_to"])
}

test_approval_of_another_amount_than_the_total[name] if {
	some name, case in {
		"what the rule says": {"facts": {"approval_amount": 600}, "severity": "approval", "by": " by team-lead"},
		"the total": {"facts": {}, "severity": "approval", "by": " by architect or director"},
		"a severity of the finding": {"facts": {"severity": "warning"}, "severity": "warning", "by": ""},
	}
	found := result.finding(_chain, {"name": "payments"}, case.facts, _texts)
		with input.totals.monthly_cost as 5000
		with data.tollbar_settings as {
			"rules": {"deployment_limit": {"mode": "approve"}},
			"approvers": [
				{"role": "team-lead", "up_to": 600},
				{"role": "director", "up_to": 5000},
				{"role": "architect", "up_to": 5000},
			],
		}
	found.severity == case.severity
	found.remediation == sprintf(
		"Have less than 3. Or have it approved%s and set the tag high_cost_approved.",
		[case.by],
	)
}

test_an_approval_of_a_finding_that_nobody_may_give_is_a_denial if {
	facts := {"severity": "approval", "approval_amount": 5000.01}
	found := result.finding(_chain, {"name": "payments"}, facts, _texts)
		with data.tollbar_settings as {"approvers": [{"role": "director", "up_to": 5000}]}
	found.severity == "error"
}

# Whatever else a rule has by which findings are exempt.
test_exempt_by_one_thing_alone[by] if {
	subject := {"name": "payments", "tags": {"approved": "yes"}}
	some by, case in {
		"tag": {"rule": {"exempt_tag": "approved"}, "settings": {}},
		"label": {"rule": {"exempt_labels": ["approved"]}, "settings": {}},
		"exemption": {"rule": {}, "settings": {"exemptions": [{"id": "EX-1", "rules": ["TB999"], "reason": "a test"}]}},
	}
	found := result.finding(_chain, subject, {}, _texts)
		with input as testing.estimate_with([], {"deployment": {"labels": ["approved"]}})
		with data.tollbar_settings as case.settings
		with params.rules as {"deployment_limit": case.rule}
		with params.severity as {}
	found.exemption.by == by
}

# What all findings of a rule have in common is found out once, unless one of them has more.
test_findings[name] if {
	resource := {"address": "a", "location": {"file": "b"}}
	plain := [resource, {"actual": 1}, _texts]
	some name, case in {
		"all plain": {"more": []},
		"one of another severity": {"more": [[resource, {"severity": "info"}, _texts]]},
		"one with an alternative": {"more": [[resource, {"alternative": {"instance_type": "c"}}, _texts]]},
		"one of another amount": {"more": [[resource, {"approval_amount": 1}, _texts]]},
		"one without an address": {"more": [[{"name": "c"}, {}, _texts]]},
	}
	found := result.findings(_chain, array.concat([plain], case.more)) with params.rules as {} with params.severity as {}
	object.union(_plain, {"actual": 1}) in found
	count(found) == 1 + count(case.more)
}

_plain := {
	"code": "TB999",
	"rule": "deployment_limit",
	"title": "A title",
	"severity": "error",
	"msg": "[TB999] a has 3 {number}.",
	"resource": "a",
	"remediation": "Have less than 3.",
	"docs": "docs/rules/TB999.md",
	"_loc": {"file": "b"},
}

test_exempt_by_a_label[name] if {
	some name, case in {
		"a label of the pull request": {
			"labels": ["bug", "cost-approved"],
			"exemptions": {{"by": "label", "label": "cost-approved"}},
			"remediation": "Have less than 3.",
		},
		"another": {
			"labels": ["bug"],
			"exemptions": set(),
			"remediation": concat(" ", [
				"Have less than 3. Or have it approved",
				"and set the tag high_cost_approved or the label cost-approved or the label spend-approved.",
			]),
		},
	}
	found := result.finding(_chain, {"name": "payments"}, {}, _texts)
		with input as testing.estimate_with([], {"deployment": {"labels": case.labels}})
		with params.rules as {"deployment_limit": {
			"exempt_tag": "high_cost_approved",
			"exempt_labels": ["cost-approved", "spend-approved"],
		}}
		with params.severity as {}
	{exemption | exemption := found.exemption} == case.exemptions
	found.remediation == case.remediation
}

test_cheaper_alternative[name] if {
	machine := {"instance_type": "m6a.large", "vcpus": 2, "memory_gib": 8, "saving": 7}
	some name, case in {
		"whole numbers": {"with": {}, "text": "m6a.large keeps 2 vCPU and 8 GiB and costs $7.00 less."},
		"parts of numbers": {
			"with": {"memory_gib": 3.75, "saving": 0.5},
			"text": "m6a.large keeps 2 vCPU and 3.75 GiB and costs $0.50 less.",
		},
		"a GPU": {
			"with": {"gpu": "t4", "gpus": 1},
			"text": "m6a.large keeps 2 vCPU and 8 GiB and 1 x t4 and costs $7.00 less.",
		},
	}
	facts := {"alternative": object.union(machine, case["with"])}
	found := result.finding(_chain, {"name": "x"}, facts, _texts)
	found.remediation == concat(" ", [
		"Have less than 3.",
		case.text,
		"Or have it approved and set the tag high_cost_approved.",
	])
	found.alternative == facts.alternative
}

# A finding that were undefined would let the change pass.
test_metadata_that_lack_something_make_no_finding if {
	chain := [{"path": ["tollbar", "rules", "acme", "own", "findings"]}]
	result.findings(chain, [[{"name": "shop"}, {}, {}]]) == {{"incomplete": "METADATA"}}
	result.finding(chain, {"name": "shop"}, {}, {}) == {"incomplete": "METADATA"}
}
