package tollbar.lib.environments_test

import data.tollbar.lib.environments
import data.tollbar.testing

test_setting[name] if {
	some name, case in {
		"its own": {"map": {"dev": 1, "other": 2}, "found": {1}},
		"that of others": {"map": {"prod": 1, "other": 2}, "found": {2}},
		"taken out": {"map": {"dev": null, "other": 2}, "found": set()},
		"neither": {"map": {"prod": 1}, "found": set()},
		"empty": {"map": {}, "found": set()},
		"false is a setting": {"map": {"dev": false}, "found": {false}},
	}
	{found | found := environments.setting(case.map, "dev")} == case.found
}

test_entry[name] if {
	some name, case in {
		"its own": {"map": {"Dev": 1, "dev": 2}, "environment": "dev", "found": 2},
		"in capitals": {"map": {"dev": 1}, "environment": "DEV", "found": 1},
		"a key in capitals": {"map": {"Dev": 1}, "environment": "dev", "found": 1},
		"of several, the first": {"map": {"DEV": 1, "Dev": 2}, "environment": "dev", "found": 1},
		"the long form": {"map": {"dev": 1, "prod": 2}, "environment": "Production", "found": 2},
		"the long form has its own": {"map": {"prod": 1, "production": 2}, "environment": "production", "found": 2},
		"null is an entry": {"map": {"dev": null}, "environment": "Dev", "found": null},
		"none": {"map": {"dev": 1}, "environment": "devil", "found": "none"},
		"no environment": {"map": {"dev": 1}, "environment": "", "found": "none"},
	}
	environments.entry(case.map, case.environment, "none") == case.found
}

test_any_matches if {
	environments.any_matches(["prod*"], "Production")
	environments.any_matches(["Prod*"], "prod")
	not environments.any_matches(["prod*"], "dev")
}

test_matching[name] if {
	some name, case in {
		"a pattern": {"patterns": ["dev*"], "found": {"dev", "dev-2"}},
		"several": {"patterns": ["dev", "p*"], "found": {"dev", "prod"}},
		"none": {"patterns": [], "found": set()},
	}
	found := environments.matching(case.patterns) with input as _three
	found == case.found
}

_three := testing.estimate([testing.resource({"environment": environment}) |
	some environment in ["dev", "dev-2", "prod"]
])
