package tollbar.rules.integrity.settings_valid_test

import data.tollbar.rules.integrity.settings_valid as rule
import data.tollbar.testing

test_finding if {
	found := rule.findings with data.tollbar_settings as {"rules": {"environment_limit": {"limts": {"dev": 1}}}}
	found == {{
		"code": "TB003",
		"rule": "settings_valid",
		"title": "The settings are valid",
		"severity": "error",
		"msg": "[TB003] tollbar_settings.rules.environment_limit.limts is not known (did you mean limits?).",
		"remediation": concat(" ", [
			"Correct the settings. tollbar validate names all mistakes with their lines,",
			"tollbar policy explain RULE the parameters.",
		]),
		"docs": "docs/rules/TB003.md",
	}}
}

test_valid[name] if {
	some name, settings in {
		"empty": {},
		"no rules": {"rules": {}},
		"much": {
			"mode": "advisory",
			"rules": {
				"environment_limit": {"limits": {"dev": 500, "sandbox": null}, "other": 1, "mode": false},
				"cost_increase": {"percent": null, "enforce_from": "2027-01-01"},
				"required_tags": {"tags": ["a"], "include_free": true},
				"unwanted_instance_type": {"types": {"prod": ["*.metal"]}},
			},
			"approvers": [{"up_to": 5000, "role": "team-lead"}, {"role": "director"}],
		},
	}
	found := rule.findings with data.tollbar_settings as settings
	found == set()
}

test_no_settings if {
	found := rule.findings
	found == set()
}

test_problems[name] if {
	some name, case in {
		"a list": {"settings": [], "problem": "tollbar_settings must be object, not array"},
		"nothing": {"settings": null, "problem": "tollbar_settings must be object, not null"},
		"false": {"settings": false, "problem": "tollbar_settings must be object, not boolean"},
		"an unknown key": {
			"settings": {"rule": {}},
			"problem": "tollbar_settings.rule is not known (did you mean rules?)",
		},
		"an unknown key like no other": {
			"settings": {"xyz": {}},
			"problem": "tollbar_settings.xyz is not known (known: approvers, budgets, exemptions, mode, rules, unchanged)",
		},
		"rules of a wrong type": {
			"settings": {"rules": []},
			"problem": "tollbar_settings.rules must be object, not array",
		},
		"an unknown rule": {
			"settings": testing.settings("enviroment-limit", {}),
			"problem": "tollbar_settings.rules.enviroment-limit is not known (did you mean environment_limit?)",
		},
		"a rule of a wrong type": {
			"settings": testing.settings("environment_limit", "off"),
			"problem": "tollbar_settings.rules.environment_limit must be object, not string",
		},
		"a limit of a wrong type": {
			"settings": testing.settings("environment_limit", {"limits": {"dev": "500"}}),
			"problem": "tollbar_settings.rules.environment_limit.limits.dev must be number or null, not string",
		},
		"a negative limit": {
			"settings": testing.settings("deployment_limit", {"limit": -1}),
			"problem": "tollbar_settings.rules.deployment_limit.limit must be greater than or equal to 0",
		},
		"an unknown mode": {
			"settings": testing.settings("deployment_limit", {"mode": "deny"}),
			"problem": concat("", [
				"tollbar_settings.rules.deployment_limit.mode must be one of the following: ",
				`"off", "advisory", "warn", "approve", "enforce", false`,
			]),
		},
		"an unknown mode of all": {
			"settings": {"mode": true},
			"problem": concat("", [
				"tollbar_settings.mode must be one of the following: ",
				`"off", "advisory", "warn", "approve", "enforce", false`,
			]),
		},
		"a day that does not exist": {
			"settings": testing.settings("deployment_limit", {"enforce_from": "2027-02-30"}),
			"problem": "tollbar_settings.rules.deployment_limit.enforce_from must be a day, such as 2026-12-31",
		},
		"a rule that is always on": {
			"settings": testing.settings("input_schema", {"mode": "off"}),
			"problem": "tollbar_settings.rules.input_schema.mode is not known (there are none)",
		},
		"an approver's key": {
			"settings": {"approvers": [{"role": "director", "upto": 5}]},
			"problem": "tollbar_settings.approvers.0.upto is not known (did you mean up_to?)",
		},
		"an approver without a role": {
			"settings": {"approvers": [{"up_to": 5}]},
			"problem": "tollbar_settings.approvers.0.role is missing",
		},
	}
	found := rule.findings with data.tollbar_settings as case.settings
	testing.messages(found) == {sprintf("[TB003] %s.", [case.problem])}
}

test_one_finding_per_problem if {
	found := rule.findings with data.tollbar_settings as {"rules": {"a": {}}, "approvers": 1}
	count(found) == 2
}

test_schema_that_cannot_be_used if {
	found := rule.findings with data.tollbar.schemas.settings as {"type": "nonsense"}
	testing.messages(found) == {"[TB003] tollbar_settings could not be checked."}
}
