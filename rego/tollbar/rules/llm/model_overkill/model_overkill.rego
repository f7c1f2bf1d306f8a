# METADATA
# title: No language model is larger than its task needs
# description: |
#   A short text can be summarized by a model that costs a hundredth of the largest. Each case names a task, how many
#   input tokens a call may have to count as small, and the models that are too much for it. A call with as many tokens
#   as a case names still counts as small, and so does one that does not tell them: else leaving them out would be the
#   way around. Of a call without a task, only cases of any task hold. Savings compare the same calls at list price.
# custom:
#   code: TB301
#   category: llm
#   default_mode: warn
#   message: >-
#     uses {model} for {task}{size}, which is disallowed{limit}{policy}. Suggested fallback: {fallback}{saving}.
#   remediation: "Use {fallback} for {task}, and keep {model} for what it is needed for."
#   params: [mode, enforce_from, cases]
#   since: 0.2.0
package tollbar.rules.llm.model_overkill

import data.tollbar.lib.globs
import data.tollbar.lib.llm
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource and case that disallows its model.
# scope: document
findings := result.findings(rego.metadata.chain(), [[
	resource,
	object.union_n([
		{"actual": call.model},
		_facts(case, resource),
		llm.policy(case),
		llm.severity(case),
	]),
	{
		"{model}": call.model,
		"{task}": _task(call),
		"{size}": _size(case, call),
		"{limit}": _limit(case),
		"{policy}": llm.by_policy(case),
		"{fallback}": object.get(case, "suggest_fallback", "a smaller model"),
		"{saving}": _saving(case, resource),
	},
] |
	some case in llm.cases_on(params.active.model_overkill.cases)
	some resource in llm.calls
	call := resource.llm
	llm.task_matches(object.get(case, "task_type", "any"), llm.task(call))
	not _large(case, call)
	_too_much(case, call.model)
])

# OPA remembers the answer for each case and model.
_too_much(case, model) if {
	llm.any_model_matches(case.disallowed_models, model)
	not llm.model_matches(globs.escaped(object.get(case, "suggest_fallback", "")), model)
}

# Only what is known to be larger is.
_large(case, call) if call.input_tokens > case.input_tokens_max

_task(call) := object.get(call, "task_type", "a task that it does not tell")

_size(case, call) := sprintf(" with %s input tokens a call", [llm.whole(call.input_tokens)]) if {
	call.input_tokens
} else := " without telling its input tokens" if {
	case.input_tokens_max
} else := ""

_limit(case) := sprintf(" up to %s input tokens", [llm.whole(case.input_tokens_max)]) if {
	case.input_tokens_max
} else := ""

_facts(case, resource) := object.union_n([
	{"limit": limit | limit := case.input_tokens_max},
	{"fallback": fallback | fallback := case.suggest_fallback},
	{"saving": amount | amount := _amount(case, resource)},
])

_saving(case, resource) := sprintf(", which saves %s%s", [llm.monthly(amount), _each(resource.llm, amount)]) if {
	amount := _amount(case, resource)
} else := ""

_each(call, amount) := sprintf(" (%s)", [llm.per_call(amount / attempts)]) if {
	attempts := call.calls_per_month * call.attempts_per_call
	attempts != 0
} else := ""

# Undefined where the fallback saves less than a cent, or its cost is not known.
_amount(case, resource) := amount if {
	some other in resource.llm.other_models
	other.model == case.suggest_fallback
	amount := resource.monthly_cost - other.monthly_cost
	amount >= 0.005
}
