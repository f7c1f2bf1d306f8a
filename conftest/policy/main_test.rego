package main_test

import data.main
import data.tollbar.testing

_over := testing.resource({"address": "over", "monthly_cost": 1500, "tags": {"cost_center": "42"}})

_untagged := object.remove(testing.resource({"address": "untagged"}), ["location"])

_without_line := object.union(_untagged, {"address": "without line", "location": {"file": "main.tf"}})

_brief(findings) := {[finding.code, finding.resource, object.get(finding, "_loc", null)] | some finding in findings}

test_deny_and_warn if {
	deny := main.deny with input as testing.estimate([_over, _untagged])
	_brief(deny) == {["TB101", "over", {"file": "main.tf", "line": 3}]}
	warn := main.warn with input as testing.estimate([_over, _untagged, _without_line])
	_brief(warn) == {["TB201", "untagged", null], ["TB201", "without line", {"file": "main.tf", "line": 1}]}
}

test_whole_deployment_has_no_location if {
	deny := main.deny with input as testing.estimate([]) with input.totals.monthly_cost as 12000
	[[finding.code, object.get(finding, "_loc", null)] | some finding in deny] == [["TB102", null]]
}

test_pass if {
	estimate := testing.estimate([])
	main.deny == set() with input as estimate
	main.warn == set() with input as estimate
}

test_library_not_loaded if {
	deny := main.deny with data.tollbar as {}
	deny == {"The Tollbar library is not loaded: conftest needs its folder as --policy and as --data."}
}
