# METADATA
# title: Calls of language models are retried a few times only
# description: |
#   An agent that retries in a loop burns a month's budget in a night: every attempt that was answered is billed. A
#   call at the limit passes. What the retries above it cost is told for the worst month, in which every call needs
#   all of them. A call that does not tell its max_retries is retried as its SDK does (untold_retries): twice by those
#   of OpenAI and Anthropic, if nothing else is set.
# custom:
#   code: TB302
#   category: llm
#   default_mode: warn
#   message: "retries a call up to {actual} times{untold}, over the limit of {limit}{policy}{cost}."
#   remediation: "Set max_retries to {limit}, wait longer between attempts, and stop when all have failed."
#   params: [mode, enforce_from, cases, untold_retries]
#   since: 0.2.0
package tollbar.rules.llm.llm_retries

import data.tollbar.lib.llm
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource and case that it retries more often than.
# scope: document
findings := result.findings(rego.metadata.chain(), [[
	resource,
	object.union_n([{"limit": case.max_retries, "actual": actual}, llm.policy(case), llm.severity(case)]),
	{
		"{actual}": llm.whole(actual),
		"{untold}": _untold(resource.llm),
		"{limit}": llm.whole(case.max_retries),
		"{policy}": llm.by_policy(case),
		"{cost}": _cost(resource, actual - case.max_retries),
	},
] |
	config := params.active.llm_retries
	some case in llm.cases_on(config.cases)
	some resource in llm.calls
	actual := object.get(resource.llm, "max_retries", config.untold_retries)
	actual > case.max_retries
	_in_scope(object.get(case, "model_scope", ["all"]), resource.llm.model)
])

_untold(call) := "" if {
	is_number(call.max_retries)
} else := " (what SDKs do where it is not told)"

_in_scope(scope, _) if "all" in scope

_in_scope(scope, model) if llm.any_model_matches(scope, model)

# What so many more attempts of every call come to. Of calls in a log, what they did cost is in the bill.
_cost(resource, more) := sprintf("; at worst the %s more cost %s", [llm.whole(more), llm.monthly(amount)]) if {
	not resource.llm.observed
	resource.llm.attempts_per_call != 0
	amount := (resource.monthly_cost / resource.llm.attempts_per_call) * more
	amount >= 0.005
} else := ""
