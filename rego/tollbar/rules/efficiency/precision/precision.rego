# METADATA
# title: Models run in no higher precision than they need
# description: |
#   Weights in fp32 take twice the GPU memory of fp16 and four times that of int8, and most answers stay the same.
#   Judges models of one's own that tell their precision, by the bytes of a weight: fp16 and bf16 count the same, fp8
#   and int8, too. The precision of the task counts before that of the environment. Training is never asked for less
#   than fp16.
# custom:
#   code: TB505
#   category: efficiency
#   default_mode: advisory
#   message: "runs in {actual} where {limit} is enough for {whose}: its weights take {times} times the GPU memory."
#   remediation: >-
#     Measure the accuracy in {limit} on your own test set; if it holds, use {limit} with fewer or smaller GPUs. Where
#     {actual} is needed, say so in precision.tasks.
#   params: [mode, enforce_from, tasks, environments, other]
#   since: 0.2.0
package tollbar.rules.efficiency.precision

import data.tollbar.lib.environments
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per model that runs in a higher precision than it needs.
# scope: document
findings := result.findings(rego.metadata.chain(), [[resource, {"limit": limit, "actual": actual}, {
	"{actual}": actual,
	"{limit}": limit,
	"{whose}": whose,
	"{times}": sprintf("%v", [bytes / enough]),
}] |
	config := params.active.precision
	some resource in resources.with_field("ml")
	actual := resource.ml.precision
	bytes := _bytes[actual]
	[whose, asked] := _limit(config, object.get(resource.ml, "task_type", ""), resource.environment)
	asked != null
	limit := _at_least(resource.type, asked)
	enough := _bytes[limit]
	bytes > enough
])

_bytes := {"fp32": 4, "fp16": 2, "bf16": 2, "fp8": 1, "int8": 1, "int4": 0.5}

# Training loses its way in less.
_at_least("ml_training", precision) := "fp16" if {
	_bytes[precision] < 2
} else := precision

_at_least(type, precision) := precision if type != "ml_training"

_limit(config, task, _) := [task, config.tasks[task]]

_limit(config, task, environment) := [environment, limit] if {
	not _listed(config, task)
	limit := environments.entry(config.environments, environment, config.other)
}

_listed(config, task) if _ := config.tasks[task]
