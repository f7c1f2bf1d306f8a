package tollbar.rules.llm.llm_batch_test

import data.tollbar.rules.llm.llm_batch as rule
import data.tollbar.testing

_waiting(given) := testing.llm_call(object.union({"can_wait": true, "batch_monthly_cost": 420}, given), {})

test_finding if {
	found := rule.findings with input as testing.estimate([_waiting({})])
	found == {{
		"code": "TB308",
		"rule": "llm_batch",
		"title": "Calls that can wait are sent as a batch",
		"severity": "info",
		"msg": "[TB308] workload.bot can wait, but is no batch: as one it costs $420.00 a month instead of $840.00.",
		"resource": "workload.bot",
		"actual": 840,
		"saving": 420,
		"remediation": concat(" ", [
			"Send the calls by the provider's batch API and set batch: true;",
			"that saves $420.00 a month.",
		]),
		"docs": "docs/rules/TB308.md",
		"_loc": {"file": "workloads.yml", "line": 2},
	}}
}

test_calls[name] if {
	some name, case in {
		"cannot wait": {"call": {"can_wait": false}, "params": {}, "found": set()},
		"not told": {"call": {"can_wait": null}, "params": {}, "found": set()},
		"a batch, or none is sold": {"call": {"batch_monthly_cost": null}, "params": {}, "found": set()},
		"just enough": {"call": {"batch_monthly_cost": 830}, "params": {}, "found": {10}},
		"too little": {"call": {"batch_monthly_cost": 830.5}, "params": {}, "found": set()},
		"not worth it here": {"call": {}, "params": {"min_saving": 420.5}, "found": set()},
	}
	found := rule.findings with input as testing.estimate([_waiting(case.call)])
		with data.tollbar_settings as testing.settings("llm_batch", case.params)
	{finding.saving | some finding in found} == case.found
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([_waiting({})])
		with data.tollbar_settings as testing.settings("llm_batch", case.params)
	testing.severities(found) == case.severities
}
