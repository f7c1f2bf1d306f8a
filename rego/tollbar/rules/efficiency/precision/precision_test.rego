package tollbar.rules.efficiency.precision_test

import data.tollbar.rules.efficiency.precision as rule
import data.tollbar.testing

_hosted(ml, about) := testing.own_model(ml, object.union({"type": "llm_self_hosted"}, about))

test_finding if {
	found := rule.findings with input as testing.estimate([_hosted({"precision": "fp32"}, {})])
	found == {{
		"code": "TB505",
		"rule": "precision",
		"title": "Models run in no higher precision than they need",
		"severity": "info",
		"msg": concat(" ", [
			"[TB505] workload.ranker runs in fp32 where fp16 is enough for dev:",
			"its weights take 2 times the GPU memory.",
		]),
		"resource": "workload.ranker",
		"limit": "fp16",
		"actual": "fp32",
		"remediation": concat(" ", [
			"Measure the accuracy in fp16 on your own test set; if it holds, use fp16 with fewer or smaller GPUs.",
			"Where fp32 is needed, say so in precision.tasks.",
		]),
		"docs": "docs/rules/TB505.md",
		"_loc": {"file": "workloads.yml", "line": 2},
	}}
}

test_precisions[name] if {
	some name, case in {
		"the same": {"precision": "fp16", "other": "fp16", "found": set()},
		"as many bytes": {"precision": "bf16", "other": "fp16", "found": set()},
		"as many bytes, too": {"precision": "fp8", "other": "int8", "found": set()},
		"fewer": {"precision": "int8", "other": "fp16", "found": set()},
		"fp32": {"precision": "fp32", "other": "bf16", "found": {"bf16 2"}},
		"twice too many": {"precision": "fp32", "other": "int8", "found": {"int8 4"}},
		"int8": {"precision": "int8", "other": "int4", "found": {"int4 2"}},
		"any": {"precision": "fp32", "other": null, "found": set()},
	}
	found := rule.findings with input as testing.estimate([_hosted({"precision": case.precision}, {})])
		with data.tollbar_settings as testing.settings("precision", {"other": case.other})
	{sprintf("%s %s", [finding.limit, times]) |
		some finding in found
		[[_, times]] := regex.find_all_string_submatch_n(`take (\S+) times`, finding.msg, 1)
	} == case.found
}

test_whose[name] if {
	some name, case in {
		"the environment's": {
			"params": {"environments": {"dev": "int8"}},
			"ml": {},
			"about": {},
			"found": {["int8", "dev"]},
		},
		"another environment's": {
			"params": {"environments": {"prod": "int8"}},
			"ml": {},
			"about": {},
			"found": {["fp16", "dev"]},
		},
		"any in this environment": {"params": {"environments": {"dev": null}}, "ml": {}, "about": {}, "found": set()},
		"the task's": {
			"params": {"tasks": {"ranking": "int4"}},
			"ml": {"task_type": "ranking"},
			"about": {},
			"found": {["int4", "ranking"]},
		},
		"any for the task": {
			"params": {"tasks": {"ranking": null}},
			"ml": {"task_type": "ranking"},
			"about": {},
			"found": set(),
		},
		"training, where less is asked for": {
			"params": {"other": "int8"},
			"ml": {},
			"about": {"type": "ml_training"},
			"found": {["fp16", "dev"]},
		},
		"training, as asked for": {
			"params": {"other": "bf16"},
			"ml": {},
			"about": {"type": "ml_training"},
			"found": {["bf16", "dev"]},
		},
		"not told": {"params": {}, "ml": {"precision": null}, "about": {}, "found": set()},
		"deleted": {"params": {}, "ml": {}, "about": {"action": "delete"}, "found": set()},
	}
	ml := {key: value | some key, value in object.union({"precision": "fp32"}, case.ml); value != null}
	found := rule.findings with input as testing.estimate([_hosted(ml, case.about)])
		with data.tollbar_settings as testing.settings("precision", case.params)
	{[finding.limit, whose] |
		some finding in found
		[[_, whose]] := regex.find_all_string_submatch_n(`enough for (\S+):`, finding.msg, 1)
	} == case.found
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([_hosted({"precision": "fp32"}, {})])
		with data.tollbar_settings as testing.settings("precision", case.params)
	testing.severities(found) == case.severities
}
