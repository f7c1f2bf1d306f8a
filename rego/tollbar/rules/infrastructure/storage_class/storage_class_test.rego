package tollbar.rules.infrastructure.storage_class_test

import data.tollbar.rules.infrastructure.storage_class as rule
import data.tollbar.testing

_gp2 := {"name": "Storage (general purpose SSD, gp2)", "monthly_cost": 20}

_gp3 := {"name": "Storage (general purpose SSD, gp3)", "monthly_cost": 20}

_disk(class, lines) := testing.resource({"traits": {"storage_class": class}, "breakdown": lines})

test_finding if {
	found := rule.findings with input as testing.estimate([_disk("gp2", [
		{"name": "Instance usage", "monthly_cost": 70},
		_gp2,
		object.union(_gp2, {"monthly_cost": 5.5}),
	])])
	found == {{
		"code": "TB117",
		"rule": "storage_class",
		"title": "No disk is of a class that a cheaper one can stand in for",
		"severity": "info",
		"msg": "[TB117] aws_instance.web keeps data on gp2, where gp3 would do and save about $5.10 a month.",
		"resource": "aws_instance.web",
		"actual": "gp2",
		"saving": 5.1,
		"remediation": "Change the storage class to gp3.",
		"docs": "docs/rules/TB117.md",
		"_loc": {"file": "main.tf", "line": 3},
	}}
}

test_saving[name] if {
	some name, case in {
		"not known where no line names the class": {
			"resource": object.union(_disk("Premium_LRS", [{"name": "Storage (P10, LRS)", "monthly_cost": 20}]), {}),
			"findings": [["Premium_LRS", "not known"]],
		},
		"not known where the vendor tells of none": {
			"resource": _disk("io1", [{"name": "Storage (provisioned IOPS SSD, io1)", "monthly_cost": 20}]),
			"findings": [["io1", "not known"]],
		},
		"of a line without a cost": {
			"resource": _disk("gp2", [object.remove(_gp2, ["monthly_cost"])]),
			"findings": [["gp2", "not known"]],
		},
		"of Google Cloud": {
			"resource": _disk("pd-ssd", [{"name": "SSD provisioned storage (pd-ssd)", "monthly_cost": 100}]),
			"findings": [["pd-ssd", 41]],
		},
		"of the lines of a class alone": {
			"resource": _disk("gp3", [_gp2, _gp3]),
			"findings": [["gp2", 4]],
		},
	}
	found := rule.findings with input as testing.estimate([case.resource])
	[[finding.actual, object.get(finding, "saving", "not known")] | some finding in found] == case.findings
}

test_words_without_saving if {
	found := rule.findings with input as testing.estimate([_disk("Premium_LRS", [])])
	testing.messages(found) == {"[TB117] aws_instance.web keeps data on Premium_LRS, where StandardSSD_LRS would do."}
}

test_where[name] if {
	some name, case in {
		"a class that is left alone": {"resource": _disk("gp3", [_gp3]), "params": {}, "classes": set()},
		"only a line tells": {"resource": testing.resource({"breakdown": [_gp2]}), "params": {}, "classes": {"gp2"}},
		"only the trait tells": {"resource": _disk("gp2", []), "params": {}, "classes": {"gp2"}},
		"a database": {
			"resource": object.union(_disk("gp2", [_gp2]), {"type": "aws_db_instance"}),
			"params": {},
			"classes": set(),
		},
		"gp2 in prod": {
			"resource": object.union(_disk("gp2", [_gp2]), {"environment": "prod"}),
			"params": {},
			"classes": {"gp2"},
		},
		"fast disks in prod": {
			"resource": object.union(_disk("pd-ssd", []), {"environment": "prod"}),
			"params": {},
			"classes": set(),
		},
		"taken out": {
			"resource": _disk("gp2", [_gp2]),
			"params": {"replacements": {"gp2": null}},
			"classes": set(),
		},
		"a class of one's own": {
			"resource": _disk("gp3", []),
			"params": {"replacements": {"gp3": {"use": "sc1", "environments": ["d*"]}}},
			"classes": {"gp3"},
		},
		"a class of one's own with brackets": {
			"resource": testing.resource({"breakdown": [{"name": "Storage ([hot]{1)", "monthly_cost": 1}]}),
			"params": {"replacements": {"[hot]{1": {"use": "cold"}}},
			"classes": {"[hot]{1"},
		},
		"a class of one's own, elsewhere": {
			"resource": _disk("gp3", []),
			"params": {"replacements": {"gp3": {"use": "sc1", "environments": ["prod"]}}},
			"classes": set(),
		},
		"deleted": {
			"resource": object.union(_disk("gp2", [_gp2]), {"action": "delete"}),
			"params": {},
			"classes": set(),
		},
		"nothing known": {"resource": testing.resource({}), "params": {}, "classes": set()},
	}
	found := rule.findings with input as testing.estimate([case.resource])
		with data.tollbar_settings as testing.settings("storage_class", case.params)
	{finding.actual | some finding in found} == case.classes
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([_disk("gp2", [_gp2])])
		with data.tollbar_settings as testing.settings("storage_class", case.params)
	testing.severities(found) == case.severities
}
