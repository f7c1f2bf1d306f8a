package tollbar.rules.infrastructure.redundancy_test

import data.tollbar.rules.infrastructure.redundancy as rule
import data.tollbar.testing

_database(redundancy, given) := testing.resource(object.union(
	{"address": "aws_db_instance.a", "type": "aws_db_instance", "traits": {"redundancy": redundancy}},
	given,
))

test_finding if {
	found := rule.findings with input as testing.estimate([_database("multi_zone", {"breakdown": [
		{"name": "Database instance (on-demand, Multi-AZ, db.m5.large)", "monthly_cost": 259.5},
		{"name": "Storage (general purpose SSD, gp3)", "monthly_cost": 23},
	]})])
	found == {{
		"code": "TB120",
		"rule": "redundancy",
		"title": "Nothing is more redundant than its environment needs",
		"severity": "warning",
		"msg": concat(" ", [
			"[TB120] aws_db_instance.a runs in several zones in dev, where one zone is enough",
			"and costs at least $129.75 a month less.",
		]),
		"resource": "aws_db_instance.a",
		"limit": "zone",
		"actual": "multi_zone",
		"saving": 129.75,
		"remediation": concat(" ", [
			"Turn the redundancy off in dev",
			"(multi_az, availability_type, zone_redundant and their like).",
		]),
		"docs": "docs/rules/TB120.md",
		"_loc": {"file": "main.tf", "line": 3},
	}}
}

test_words[name] if {
	some name, case in {
		"zones": {
			"redundancy": "multi_zone",
			"params": {},
			"messages": {"[TB120] aws_db_instance.a runs in several zones in dev, where one zone is enough."},
		},
		"regions": {
			"redundancy": "multi_region",
			"params": {},
			"messages": {"[TB120] aws_db_instance.a runs in several regions in dev, where one zone is enough."},
		},
		"regions, where zones are allowed": {
			"redundancy": "multi_region",
			"params": {"limits": {"dev": "multi_zone"}},
			"messages": {"[TB120] aws_db_instance.a runs in several regions in dev, where one region is enough."},
		},
	}
	found := rule.findings with input as testing.estimate([_database(case.redundancy, {})])
		with data.tollbar_settings as testing.settings("redundancy", case.params)
	testing.messages(found) == case.messages
}

test_limits[name] if {
	some name, case in {
		"one zone": {"resource": _database("zone", {}), "params": {}, "limits": set()},
		"in prod": {"resource": _database("multi_region", {"environment": "prod"}), "params": {}, "limits": set()},
		"in prod, limited": {
			"resource": _database("multi_region", {"environment": "prod"}),
			"params": {"other": "multi_zone"},
			"limits": {"multi_zone"},
		},
		"at the limit": {
			"resource": _database("multi_zone", {}),
			"params": {"limits": {"dev": "multi_zone"}},
			"limits": set(),
		},
		"no limit": {"resource": _database("multi_zone", {}), "params": {"limits": {"dev": null}}, "limits": set()},
		"a limit that nothing exceeds": {
			"resource": _database("multi_region", {}),
			"params": {"limits": {"dev": "multi_region"}},
			"limits": set(),
		},
		"not known": {"resource": object.remove(_database("zone", {}), ["traits"]), "params": {}, "limits": set()},
		"redundant anyway": {
			"resource": _database("multi_zone", {"type": "aws_s3_bucket"}),
			"params": {},
			"limits": set(),
		},
		"types of one's own": {
			"resource": _database("multi_zone", {"type": "aws_s3_bucket"}),
			"params": {"types": ["aws_s3_*"]},
			"limits": {"zone"},
		},
		"free": {"resource": _database("multi_zone", {"free": true}), "params": {}, "limits": set()},
		"not free, and said so": {
			"resource": _database("multi_zone", {"free": false}),
			"params": {},
			"limits": {"zone"},
		},
		"deleted": {"resource": _database("multi_zone", {"action": "delete"}), "params": {}, "limits": set()},
	}
	found := rule.findings with input as testing.estimate([case.resource])
		with data.tollbar_settings as testing.settings("redundancy", case.params)
	{finding.limit | some finding in found} == case.limits
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([_database("multi_zone", {})])
		with data.tollbar_settings as testing.settings("redundancy", case.params)
	testing.severities(found) == case.severities
}
