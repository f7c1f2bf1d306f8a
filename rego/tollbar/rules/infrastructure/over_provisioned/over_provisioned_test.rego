package tollbar.rules.infrastructure.over_provisioned_test

import data.tollbar.rules.infrastructure.over_provisioned as rule
import data.tollbar.testing

# A machine of 8 vCPUs and 32 GiB, with what is given of its use.
_machine(use) := testing.resource({"traits": object.union({"vcpus": 8, "memory_gib": 32}, use)})

test_finding if {
	found := rule.findings with input as testing.estimate([
		_machine({"cpu_utilization": 0.085, "memory_utilization": 0.3}),
		testing.resource({"address": "not known"}),
	])
	found == {{
		"code": "TB115",
		"rule": "over_provisioned",
		"title": "Machines are about as large as what they do",
		"severity": "info",
		"msg": "[TB115] aws_instance.web uses 8.5% of its CPU and 30% of its memory, below 20% and 40%.",
		"resource": "aws_instance.web",
		"limit": 20,
		"actual": 8.5,
		"remediation": "Choose a smaller size: at 60% in use, 2 vCPU and 16 GiB would do.",
		"docs": "docs/rules/TB115.md",
		"_loc": {"file": "main.tf", "line": 3},
	}}
}

test_thresholds[name] if {
	some name, case in {
		"at the threshold of CPU": {"use": {"cpu_utilization": 0.2}, "params": {}, "found": 0},
		"below it": {"use": {"cpu_utilization": 0.199}, "params": {}, "found": 1},
		"at the threshold of memory": {
			"use": {"cpu_utilization": 0.1, "memory_utilization": 0.4},
			"params": {},
			"found": 0,
		},
		"below both": {"use": {"cpu_utilization": 0.1, "memory_utilization": 0.399}, "params": {}, "found": 1},
		"only memory known": {"use": {"memory_utilization": 0.1}, "params": {}, "found": 0},
		"not used at all": {"use": {"cpu_utilization": 0, "memory_utilization": 0}, "params": {}, "found": 1},
		"another threshold of CPU": {"use": {"cpu_utilization": 0.1}, "params": {"cpu": 10}, "found": 0},
		"another threshold of memory": {
			"use": {"cpu_utilization": 0.1, "memory_utilization": 0.3},
			"params": {"memory": 30},
			"found": 0,
		},
	}
	found := rule.findings with input as testing.estimate([_machine(case.use)])
		with data.tollbar_settings as testing.settings("over_provisioned", case.params)
	count(found) == case.found
}

test_words[name] if {
	some name, case in {
		"memory not known": {
			"resource": _machine({"cpu_utilization": 0.1}),
			"msg": concat(" ", [
				"[TB115] aws_instance.web uses 10% of its CPU on average, below 20%",
				"(its use of memory is not known).",
			]),
			"remediation": "Choose a smaller size: at 50% in use, 2 vCPU would do.",
		},
		"size not known": {
			"resource": testing.resource({"traits": {"cpu_utilization": 0.1, "memory_utilization": 0.1}}),
			"msg": "[TB115] aws_instance.web uses 10% of its CPU and 10% of its memory, below 20% and 40%.",
			"remediation": "Choose a smaller size.",
		},
	}
	found := rule.findings with input as testing.estimate([case.resource])
		with data.tollbar_settings as testing.settings("over_provisioned", {"target": 50})
	[[finding.msg, finding.remediation] | some finding in found] == [[case.msg, case.remediation]]
}

test_deleted if {
	resource := object.union(_machine({"cpu_utilization": 0.1}), {"action": "delete"})
	found := rule.findings with input as testing.estimate([resource])
	found == set()
}

test_alternative if {
	cheaper := {"instance_type": "m6a.2xlarge", "vcpus": 8, "memory_gib": 32, "monthly_cost": 250, "saving": 30}
	resource := object.union(_machine({"cpu_utilization": 0.1}), {"alternatives": [cheaper]})
	found := rule.findings with input as testing.estimate([resource])
	{[finding.alternative, finding.remediation] | some finding in found} == {[cheaper, concat(" ", [
		"Choose a smaller size: at 60% in use, 2 vCPU would do.",
		"m6a.2xlarge keeps 8 vCPU and 32 GiB and costs $30.00 less.",
	])]}
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as testing.estimate([_machine({"cpu_utilization": 0.1})])
		with data.tollbar_settings as testing.settings("over_provisioned", case.params)
	testing.severities(found) == case.severities
}
