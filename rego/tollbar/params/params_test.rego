package tollbar.params_test

import data.tollbar.params
import data.tollbar.testing

test_defaults if {
	params.rules.deployment_limit == {
		"mode": "enforce",
		"limit": 10000,
		"cost": "list",
		"exempt_tag": "high_cost_approved",
	}
	params.severity.deployment_limit == "error"
	params.approvers == []
}

test_merged if {
	rules := params.rules
		with data.tollbar_settings.rules as {
			"environment_limit": {"limits": {"dev": 500, "qa": 700}, "exempt_tag": null},
			"required_tags": {"tags": ["team"]},
		}
	rules.environment_limit == {
		"mode": "enforce",
		"limits": {"dev": 500, "qa": 700, "staging": 2000, "prod": 5000},
		"other": 5000,
		"cost": "list",
		"exempt_tag": null,
	}
	rules.required_tags.tags == ["team"]
	rules.deployment_limit == params.defaults.deployment_limit
}

test_mode_of_all if {
	settings := {"mode": "advisory", "rules": {"deployment_limit": {"mode": "approve"}, "cost_increase": {"limit": 5}}}
	severity := params.severity with data.tollbar_settings as settings
	severity.deployment_limit == "approval"
	severity.cost_increase == "info"
	severity.required_tags == "info"
}

test_all_off_but_one if {
	active := params.active
		with data.tollbar_settings as {"mode": false, "rules": {"deployment_limit": {"mode": "warn"}}}
	object.keys(active) == {"deployment_limit"}
}

test_not_used_if_not_valid if {
	rules := params.rules with data.tollbar_settings as testing.settings("deployment_limit", {"limit": "5", "mode": "off"})
	rules == params.defaults
}

test_approvers if {
	approvers := params.approvers with data.tollbar_settings as {"approvers": [{"role": "director"}]}
	approvers == [{"role": "director"}]
}

test_modes[name] if {
	some name, case in testing.modes
	severity := params.severity with input.meta.now as testing.now
		with data.tollbar_settings as testing.settings("deployment_limit", case.params)
	{severity.deployment_limit} - {"off"} == case.severities
}
