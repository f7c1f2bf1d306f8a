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
