package tollbar_test

import data.tollbar
import data.tollbar.rules.governance.approval_amount
import data.tollbar.testing

_tagged := {"tags": {"cost_center": "42"}}

_over := testing.resource(object.union(_tagged, {"address": "over", "monthly_cost": 1500}))

_over_approved := object.union(_over, {"address": "approved", "tags": {"cost_approved": "yes"}})

_untagged := testing.resource({"address": "untagged", "monthly_cost": 5})

_fine := testing.resource(object.union(_tagged, {"address": "fine", "monthly_cost": 5}))

# What tells one finding from another.
_brief(findings) := [[finding.severity, finding.code, object.get(finding, "resource", "")] | some finding in findings]

test_allow if {
	estimate := testing.estimate([_fine])
	decision := tollbar.decision with input as estimate
	decision == {
		"outcome": "allow",
		"findings": [],
		"exempted": [],
		"approvers": [],
		"totals": estimate.totals,
		"revision": tollbar.version.version,
	}
}

# The resource over its limit is there already: what the change adds is judged alone.
test_what_the_change_leaves_as_it_is[name] if {
	over := object.union(_over, {"action": "no-op", "previous_monthly_cost": 1500})
	estimate := object.union(testing.estimate([over, _untagged]), {"totals": {"previous": 1500}})
	some name, case in {
		"not set": ["deny", [["error", "TB101", "over"], ["warning", "TB201", "untagged"]]],
		"advisory": ["warn", [["warning", "TB201", "untagged"], ["info", "TB101", "over"]]],
		"off": ["warn", [["warning", "TB201", "untagged"]]],
	}
	settings := object.filter({"unchanged": name}, [key | name != "not set"; key := "unchanged"])
	decision := tollbar.decision with input as estimate with data.tollbar_settings as settings
	[decision.outcome, _brief(decision.findings)] == case
}

test_outcomes[name] if {
	some name, case in {
		"allow": {"resources": [_fine], "settings": {}, "outcome": "allow"},
		"allow nothing": {"resources": [], "settings": {}, "outcome": "allow"},
		"allow what is only advisory": {
			"resources": [_over, _untagged],
			"settings": {"mode": "advisory"},
			"outcome": "allow",
		},
		"allow what is exempt": {"resources": [_over_approved], "settings": {}, "outcome": "allow"},
		"warn": {"resources": [_untagged], "settings": {}, "outcome": "warn"},
		"needs approval": {
			"resources": [_over, _untagged],
			"settings": testing.settings("environment_limit", {"mode": "approve"}),
			"outcome": "needs_approval",
		},
		"deny": {"resources": [_over, _untagged], "settings": {}, "outcome": "deny"},
		"deny over needs approval": {
			"resources": [_over, _untagged],
			"settings": testing.settings("required_tags", {"mode": "approve"}),
			"outcome": "deny",
		},
		"deny settings that are not valid": {
			"resources": [_fine],
			"settings": testing.settings("environment_limits", {}),
			"outcome": "deny",
		},
	}
	decision := tollbar.decision with input as testing.estimate(case.resources) with data.tollbar_settings as case.settings
	decision.outcome == case.outcome
}

test_findings_in_order if {
	decision := tollbar.decision with input as testing.estimate([
		_untagged,
		object.union(_untagged, {"address": "an untagged"}),
		object.union(_over, {"address": "z"}),
		object.union(_over, {"address": "a"}),
		object.union(_fine, {"instance_type": "m5.4xlarge"}),
		object.union(_fine, testing.range_of(1, 2, 1500)),
	])
		with data.tollbar_settings as {
			"rules": {
				"unwanted_instance_type": {"mode": "advisory"},
				"range_maximum": {"mode": "approve"},
				"deployment_limit": {"limit": 100},
			},
			"approvers": [{"up_to": 5000, "role": "team-lead"}],
		}
	_brief(decision.findings) == [
		["error", "TB101", "a"],
		["error", "TB101", "z"],
		["error", "TB102", ""],
		["approval", "TB103", "fine"],
		["warning", "TB201", "an untagged"],
		["warning", "TB201", "untagged"],
		["info", "TB105", "fine"],
	]
	decision.approvers == []
}

test_exempted_stay_visible if {
	decision := tollbar.decision with input as testing.estimate([_over_approved, _over])
		with data.tollbar_settings as testing.settings("required_tags", {"mode": "off"})
	_brief(decision.exempted) == [["error", "TB101", "approved"]]
	_brief(decision.findings) == [["error", "TB101", "over"]]
}

test_approvers if {
	decision := tollbar.decision with input as testing.estimate([_over])
		with data.tollbar_settings as {
			"rules": {"environment_limit": {"mode": "approve"}},
			"approvers": [{"up_to": 1000, "role": "team-lead"}, {"up_to": 50000, "role": "director"}],
		}
	decision.outcome == "needs_approval"
	decision.approvers == ["director"]
}

# Of several amounts to be approved, the largest counts.
test_approvers_of_another_amount_than_the_total[name] if {
	some name, case in {
		"one finding": {"amounts": [900], "approvers": ["team-lead"]},
		"several": {"amounts": [900, 1000.01, 100], "approvers": ["director"]},
		"one of the total among them": {"amounts": [900, null], "approvers": ["director"]},
	}
	findings := {object.union(
		{"severity": "approval", "code": "TB204", "msg": "", "number": number},
		{"approval_amount": given | is_number(given)},
	) |
		some number, given in case.amounts
	}
	decision := tollbar.decision with input as testing.estimate([_over])
		with approval_amount.findings as findings
		with data.tollbar_settings as {
			"rules": {"environment_limit": {"mode": "off"}},
			"approvers": [{"up_to": 1000, "role": "team-lead"}, {"up_to": 50000, "role": "director"}],
		}
	decision.outcome == "needs_approval"
	decision.approvers == case.approvers
}

test_nobody_may_approve if {
	decision := tollbar.decision with input as testing.estimate([_over])
		with data.tollbar_settings as {
			"rules": {"environment_limit": {"mode": "approve"}},
			"approvers": [{"up_to": 1000, "role": "team-lead"}],
		}
	decision.outcome == "deny"
	decision.approvers == []
}

# Of what is no estimate, only that is said, and what is wrong with the settings.
test_input_that_is_no_estimate if {
	decision := tollbar.decision with input as object.remove(testing.estimate([_over]), ["currency"])
		with data.tollbar_settings as {"mod": "off"}
	decision.outcome == "deny"
	_brief(decision.findings) == [["error", "TB001", ""], ["error", "TB003", ""]]
}

test_no_input if {
	decision := tollbar.decision
	decision.outcome == "deny"
	decision.totals == {}
	_brief(decision.findings) == [["error", "TB001", ""]]
}

test_data_not_loaded if {
	decision := tollbar.decision with input as testing.estimate([_fine])
		with tollbar.params.defaults as {}
		with tollbar.schemas as {}
		with tollbar.version as {}
	decision.outcome == "deny"
	decision.revision == "unknown"
}

test_revision[name] if {
	some name, case in {
		"of the bundle": {
			"bundles": {
				"other": {"manifest": {"roots": ["acme"], "revision": "7"}},
				"tollbar.tar.gz": {"manifest": {"roots": ["tollbar"], "revision": "abc"}},
			},
			"revision": "abc",
		},
		"of a bundle that owns everything": {
			"bundles": {"all": {"manifest": {"roots": [""], "revision": "abc"}}},
			"revision": "abc",
		},
		"of the library, if the bundle has none": {
			"bundles": {"all": {"manifest": {"roots": [""], "revision": ""}}},
			"revision": tollbar.version.version,
		},
	}
	decision := tollbar.decision with input as testing.estimate([]) with data.system.bundles as case.bundles
	decision.revision == case.revision
}

test_conftest_sets if {
	estimate := testing.estimate([_over, _untagged, object.union(_fine, testing.range_of(1, 2, 1500))])
	settings := {"rules": {
		"range_maximum": {"mode": "approve"},
		"environment_limit": {"mode": "enforce"},
		"required_tags": {"mode": "warn"},
		"deployment_limit": {"mode": "advisory", "limit": 1},
	}}
	deny := tollbar.deny with input as estimate with data.tollbar_settings as settings
	{finding.code | some finding in deny} == {"TB101", "TB103"}
	warn := tollbar.warn with input as estimate with data.tollbar_settings as settings
	{finding.code | some finding in warn} == {"TB201"}
}

# The findings of two resources with one address are told apart by their numbers.
test_the_same_address_twice if {
	decision := tollbar.decision with input as testing.estimate([_over, object.union(_over, {"monthly_cost": 1600})])
	_brief(decision.findings) == [["error", "TB101", "over"], ["error", "TB101", "over"]]
}

_complete := {"code": "A1", "rule": "own", "title": "t", "severity": "info", "msg": "m"}

# What is no finding counts for nothing, so its rule must.
test_a_rule_of_ones_own_that_gives_what_is_no_finding[name] if {
	some name, case in {
		"nothing is wrong": [{_complete}, "allow", [["info", "A1", ""]]],
		"without a severity": [{object.remove(_complete, ["severity"])}, "deny", [["error", "TB000", ""]]],
		"an unknown severity": [{object.union(_complete, {"severity": "high"})}, "deny", [["error", "TB000", ""]]],
		"without a code": [{object.remove(_complete, ["code"])}, "deny", [["error", "TB000", ""]]],
		"without a message": [{object.remove(_complete, ["msg"])}, "deny", [["error", "TB000", ""]]],
		"a text": [{"no"}, "deny", [["error", "TB000", ""]]],
		"beside what is one": [{_complete, "no"}, "deny", [["error", "TB000", ""], ["info", "A1", ""]]],
		"a list": [[_complete], "deny", [["error", "TB000", ""]]],
	}

	# regal ignore:unresolved-reference
	decision := tollbar.decision with input as _fine_estimate with tollbar.rules.acme as {"own": {"findings": case[0]}}
	[decision.outcome, _brief(decision.findings)] == [case[1], case[2]]
}

test_a_broken_rule_is_denied_and_named if {
	# regal ignore:unresolved-reference
	denied := tollbar.deny with input as _fine_estimate with tollbar.rules.acme as {"own": {"findings": {"no"}}}
	{finding.msg | some finding in denied} == {concat("", [
		"[TB000] data.tollbar.rules.acme.own.findings ",
		"has something in it that is no finding.",
	])}
}

_fine_estimate := testing.estimate([_fine])
