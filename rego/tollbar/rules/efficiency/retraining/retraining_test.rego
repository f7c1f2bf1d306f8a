package tollbar.rules.efficiency.retraining_test

import data.tollbar.rules.efficiency.retraining as rule
import data.tollbar.testing

test_too_often if {
	found := rule.findings with input as testing.estimate([testing.own_model({"runs_per_month": 8, "drift": 0.02}, {})])
	found == {{
		"code": "TB508",
		"rule": "retraining",
		"title": "Models are trained as often as drift asks for",
		"severity": "info",
		"msg": concat(" ", [
			"[TB508] workload.ranker is trained 8 times a month and loses 0.25 points between two trainings,",
			"less than 0.5.",
		]),
		"resource": "workload.ranker",
		"limit": 0.005,
		"actual": 0.0025,
		"saving": 500,
		"remediation": "Train it about 4 times a month, which saves $500.00.",
		"docs": "docs/rules/TB508.md",
		"_loc": {"file": "workloads.yml", "line": 2},
	}}
}

test_too_seldom if {
	found := rule.findings with input as testing.estimate([testing.own_model({"runs_per_month": 0.5, "drift": 0.03}, {})])
	found == {{
		"code": "TB508",
		"rule": "retraining",
		"title": "Models are trained as often as drift asks for",
		"severity": "info",
		"msg": concat(" ", [
			"[TB508] workload.ranker is trained 0.5 times a month and loses 6 points between two trainings,",
			"more than 5.",
		]),
		"resource": "workload.ranker",
		"limit": 0.05,
		"actual": 0.06,
		"remediation": "Train it 0.6 times a month at least.",
		"docs": "docs/rules/TB508.md",
		"_loc": {"file": "workloads.yml", "line": 2},
	}}
}

test_models[name] if {
	some name, case in {
		"as often as it pays": {"ml": {"runs_per_month": 4, "drift": 0.02}, "params": {}, "found": set()},
		"as often, whatever binary makes of it": {
			"ml": {"runs_per_month": 6, "drift": 0.03},
			"params": {},
			"found": set(),
		},
		"a little more often": {"ml": {"runs_per_month": 4.01, "drift": 0.02}, "params": {}, "found": {0.005}},
		"no drift": {"ml": {"runs_per_month": 1, "drift": 0}, "params": {}, "found": {0.005}},
		"no drift, never trained": {"ml": {"runs_per_month": 0, "drift": 0}, "params": {}, "found": set()},
		"as seldom as may be": {"ml": {"runs_per_month": 1, "drift": 0.05}, "params": {}, "found": set()},
		"a little more seldom": {"ml": {"runs_per_month": 0.99, "drift": 0.05}, "params": {}, "found": {0.05}},
		"never, with some drift": {"ml": {"runs_per_month": 0, "drift": 0.05}, "params": {}, "found": set()},
		"never, with much": {"ml": {"runs_per_month": 0, "drift": 0.0501}, "params": {}, "found": {0.05}},
		"drift is not told": {"ml": {"runs_per_month": 30}, "params": {}, "found": set()},
		"how often is not told": {"ml": {"drift": 0.9}, "params": {}, "found": set()},
		"less may be lost": {"ml": {"runs_per_month": 1, "drift": 0.02}, "params": {"max_loss": 0.01}, "found": {0.01}},
		"more must be lost": {"ml": {"runs_per_month": 1, "drift": 0.02}, "params": {"min_loss": 0.03}, "found": {0.03}},
	}
	found := rule.findings with input as testing.estimate([testing.own_model(case.ml, {})])
		with data.tollbar_settings as testing.settings("retraining", case.params)
	{finding.limit | some finding in found} == case.found
}

test_never_trained if {
	found := rule.findings with input as testing.estimate([testing.own_model({"runs_per_month": 0, "drift": 0.08}, {})])
	{[finding.msg, finding.remediation] | some finding in found} == {[
		"[TB508] workload.ranker is never trained and loses 8 points of accuracy a month, more than 5.",
		"Train it 1.6 times a month at least.",
	]}
}

test_a_cost_that_is_not_known if {
	resource := object.remove(testing.own_model({"runs_per_month": 8, "drift": 0.02}, {}), ["monthly_cost"])
	found := rule.findings with input as testing.estimate([resource])
	{[finding.remediation, object.get(finding, "saving", "none")] | some finding in found} == {[
		"Train it about 4 times a month.",
		"none",
	]}
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([testing.own_model({"runs_per_month": 8, "drift": 0.02}, {})])
		with data.tollbar_settings as testing.settings("retraining", case.params)
	testing.severities(found) == case.severities
}

test_modes_of_too_seldom[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([testing.own_model({"runs_per_month": 0, "drift": 0.08}, {})])
		with data.tollbar_settings as testing.settings("retraining", case.params)
	testing.severities(found) == case.severities
}
