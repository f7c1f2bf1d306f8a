package tollbar.rules.governance.ownership_test

import data.tollbar.rules.governance.ownership as rule
import data.tollbar.testing

_estimate(deployment) := testing.estimate_with([], {"deployment": object.union({"environment": "prod"}, deployment)})

test_finding if {
	found := rule.findings with input as _estimate({})
	found == {{
		"code": "TB203",
		"rule": "ownership",
		"title": "Every deployment has an owner",
		"severity": "warning",
		"msg": "[TB203] payments lacks what an owner in prod is found by: project_id, team.",
		"remediation": `Write "project: ..." and "team: ..." into tollbar.yml.`,
		"docs": "docs/rules/TB203.md",
	}}
}

test_deployments[name] if {
	some name, case in {
		"both": {"deployment": {"team": "checkout", "project_id": "payments"}, "params": {}, "missing": set()},
		"no team": {"deployment": {"project_id": "payments"}, "params": {}, "missing": {"team"}},
		"an empty team": {
			"deployment": {"team": " ", "project_id": "payments"},
			"params": {},
			"missing": {"team"},
		},
		"no project": {"deployment": {"team": "checkout"}, "params": {}, "missing": {"project_id"}},
		"only the team is asked for": {
			"deployment": {"team": "checkout"},
			"params": {"fields": ["team"]},
			"missing": set(),
		},
		"in dev, nobody asks": {"deployment": {"environment": "dev"}, "params": {}, "missing": set()},
		"in dev, somebody does": {
			"deployment": {"environment": "dev", "project_id": "payments"},
			"params": {"environments": ["dev", "prod"]},
			"missing": {"team"},
		},
		"a production of another name": {
			"deployment": {"environment": "production", "team": "checkout"},
			"params": {},
			"missing": {"project_id"},
		},
		"a tag": {"deployment": {}, "params": {"fields": [], "tags": ["owner"]}, "missing": {"the tag owner"}},
		"an empty tag": {
			"deployment": {"tags": {"owner": ""}},
			"params": {"fields": [], "tags": ["owner"]},
			"missing": {"the tag owner"},
		},
		"a tag that is there": {
			"deployment": {"tags": {"owner": "ann"}},
			"params": {"fields": [], "tags": ["owner"]},
			"missing": set(),
		},
	}
	found := rule.findings with input as _estimate(case.deployment)
		with data.tollbar_settings as testing.settings("ownership", case.params)
	missing := {trim_suffix(phrase, ".") | some finding in found; [_, phrase] := split(finding.msg, "found by: ")}
	missing == case.missing
}

test_all_in_one_finding if {
	found := rule.findings with input as _estimate({"team": "checkout"})
		with data.tollbar_settings as testing.settings("ownership", {"tags": ["owner", "cost_center"]})
	{[finding.msg, finding.remediation] | some finding in found} == {[
		"[TB203] payments lacks what an owner in prod is found by: project_id, the tag cost_center, the tag owner.",
		`Write "project: ..." and "tags: {cost_center: ..., owner: ...}" into tollbar.yml.`,
	]}
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as _estimate({})
		with data.tollbar_settings as testing.settings("ownership", case.params)
	testing.severities(found) == case.severities
}
