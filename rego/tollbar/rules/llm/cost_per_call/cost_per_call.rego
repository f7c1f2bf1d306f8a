# METADATA
# title: No call of a language model costs more than its task or environment allows
# description: |
#   A dear call is cheap while it is tried out, and a bill once it is used. Judges what one attempt of a call costs at
#   the expected use; a call at the limit passes. The limit of the task counts before that of the environment. Calls of
#   which the cost is not known are left to TB304; calls that are told as tokens a month have no cost of one.
# custom:
#   code: TB310
#   category: llm
#   default_mode: warn
#   message: "costs {actual}, over the limit of {limit} for {whose}."
#   remediation: Use a cheaper model, send less context, limit the output, or read what repeats from the cache.
#   params: [mode, enforce_from, tasks, environments, other]
#   since: 0.2.0
package tollbar.rules.llm.cost_per_call

import data.tollbar.lib.environments
import data.tollbar.lib.llm
import data.tollbar.lib.money
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource whose calls cost more than the limit.
# scope: document
findings := result.findings(rego.metadata.chain(), [[resource, {"limit": limit, "actual": actual}, {
	"{actual}": llm.per_call(actual),
	"{limit}": money.usd(limit * 1000),
	"{whose}": whose,
}] |
	config := params.active.cost_per_call
	some resource in llm.calls
	[whose, limit] := _limit(config, llm.task(resource.llm), resource.environment)
	limit != null
	actual := resource.llm.cost_per_call
	actual > limit
])

_limit(config, task, _) := [task, config.tasks[task]]

_limit(config, task, environment) := [environment, limit] if {
	not _listed(config, task)
	limit := environments.entry(config.environments, environment, config.other)
}

_listed(config, task) if _ := config.tasks[task]
