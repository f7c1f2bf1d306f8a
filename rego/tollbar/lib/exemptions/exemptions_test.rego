package tollbar.lib.exemptions_test

import data.tollbar.lib.exemptions
import data.tollbar.testing

test_by_tag[value] if {
	some value, exempt in {
		"true": true,
		"yes": true,
		"FIN-12": true,
		"false": false,
		"FALSE": false,
		"no": false,
		"Off": false,
		"0": false,
		"No": false,
		"pending": false,
		" ": false,
		"": false,
	}
	found := {exemption | exemption := exemptions.by_tag({"approved": value}, "approved")}
	found == {{"by": "tag", "tag": "approved"} | exempt}
}

test_no_such_tag if {
	not exemptions.by_tag({}, "approved")
	not exemptions.by_tag({"approved": "true"}, null)
}

test_by_label[name] if {
	some name, case in {
		"one of the labels": {"labels": ["bug", "cost-approved"], "found": {{"by": "label", "label": "cost-approved"}}},
		"the first of several": {
			"labels": ["spend-ok", "cost-approved"],
			"found": {{"by": "label", "label": "cost-approved"}},
		},
		"another": {"labels": ["Cost-approved"], "found": set()},
		"no labels": {"labels": [], "found": set()},
	}
	found := {by |
		by := exemptions.by_label(["spend-ok", "cost-approved"]) with input.deployment.labels as case.labels
	}
	found == case.found
}

test_no_label_exempts_where_none_is_set if {
	not exemptions.by_label([]) with input.deployment.labels as ["cost-approved"]
	not exemptions.by_label(["cost-approved"]) with input as testing.estimate([])
}

_exemption(given) := object.union({"id": "EX-1", "rules": ["TB101"], "reason": "load test"}, given)

_rule := {"code": "TB101", "rule": "environment_limit"}

test_by_setting[name] if {
	some name, case in {
		"an exact address": {"exemption": {"address": "aws_instance.web"}, "exempt": true},
		"a pattern": {"exemption": {"address": "aws_*.web"}, "exempt": true},
		"a pattern of one character": {"exemption": {"address": "aws_instance.we?"}, "exempt": true},
		"a pattern of one of count": {
			"exemption": {"address": "module.x[*].aws_instance.web"},
			"address": "module.x[0].aws_instance.web",
			"exempt": true,
		},
		"another address": {"exemption": {"address": "aws_instance.api"}, "exempt": false},
		"another pattern": {"exemption": {"address": "google_*"}, "exempt": false},
		"the whole deployment": {"exemption": {}, "exempt": false},
		"by the rule's name": {"exemption": {"address": "*", "rules": ["environment_limit"]}, "exempt": true},
		"another rule": {"exemption": {"address": "*", "rules": ["TB102"]}, "exempt": false},
		"one of several rules": {"exemption": {"address": "*", "rules": ["TB102", "TB101"]}, "exempt": true},
		"its last day": {"exemption": {"address": "*", "expires": "2026-11-21"}, "exempt": true},
		"the day after its last": {"exemption": {"address": "*", "expires": "2026-11-20"}, "exempt": false},
		"its first day": {"exemption": {"address": "*", "starts": "2026-11-21"}, "exempt": true},
		"the day before its first": {"exemption": {"address": "*", "starts": "2026-11-22"}, "exempt": false},
		"at the cap": {"exemption": {"address": "*", "max_monthly_cost": 1500}, "exempt": true},
		"over the cap": {"exemption": {"address": "*", "max_monthly_cost": 1499.99}, "exempt": false},
	}
	found := {by |
		address := object.get(case, "address", "aws_instance.web")
		resource := testing.resource({"address": address, "monthly_cost": 1500})
		by := exemptions.by_setting(_rule, resource) with input as testing.estimate([])
			with data.tollbar_settings as {"exemptions": [_exemption(case.exemption)]}
	}
	expires := object.filter(case.exemption, ["expires"])
	found == {object.union({"by": "exemption", "id": "EX-1", "reason": "load test"}, expires) | case.exempt}
}

test_by_setting_of_the_deployment[name] if {
	some name, case in {
		"without an address": {"exemption": {}, "exempt": true},
		"with one": {"exemption": {"address": "*"}, "exempt": false},
		"at the cap": {"exemption": {"max_monthly_cost": 12000}, "exempt": true},
		"over the cap": {"exemption": {"max_monthly_cost": 11999.99}, "exempt": false},
	}
	found := {by |
		by := exemptions.by_setting(_rule, {"name": "payments"})
			with input as testing.estimate([testing.resource({"monthly_cost": 12000})])
			with data.tollbar_settings as {"exemptions": [_exemption(case.exemption)]}
	}
	found == {{"by": "exemption", "id": "EX-1", "reason": "load test"} | case.exempt}
}

test_a_cost_that_is_not_known_is_not_within_a_cap if {
	resource := testing.resource({})
	by_setting := [by |
		some cap in [{"max_monthly_cost": 1000000}, {}]
		by := exemptions.by_setting(_rule, resource) with input as testing.estimate([resource])
			with data.tollbar_settings as {"exemptions": [_exemption(object.union({"address": "*"}, cap))]}
	]
	count(by_setting) == 1
}

test_the_first_of_several if {
	settings := {"exemptions": [
		_exemption({"id": "EX-3", "address": "aws_instance.api"}),
		_exemption({"id": "EX-2", "address": "aws_*", "approver": "ann", "ticket": "FIN-1", "starts": "2026-01-01"}),
		_exemption({"id": "EX-1", "address": "aws_instance.web"}),
	]}
	exemptions.by_setting(_rule, testing.resource({})) == {
		"by": "exemption",
		"id": "EX-2",
		"reason": "load test",
		"approver": "ann",
		"ticket": "FIN-1",
	} with data.tollbar_settings as settings with input as testing.estimate([])
}

test_none if exemptions.given == []

test_covers_any[name] if {
	some name, case in {
		"the deployment": {"exemption": {}, "covers": true},
		"a resource": {"exemption": {"address": "aws_instance.web"}, "covers": true},
		"none": {"exemption": {"address": "aws_instance.gone"}, "covers": false},
		"some, by a pattern": {"exemption": {"address": "aws_instance.w*"}, "covers": true},
		"none, by a pattern": {"exemption": {"address": "aws_instance.g*"}, "covers": false},
	}
	covers := {true | exemptions.covers_any(case.exemption) with input as testing.estimate([testing.resource({})])}
	covers == {true | case.covers}
}
