# METADATA
# title: Calls of language models limit their output
# description: |
#   Output tokens cost several times as much as input tokens, and a model that may write on does. Each case limits the
#   max_output_tokens (max_tokens) of a task; a call at the limit passes, one that sets none does not. A call that no
#   case is about, and that sets no limit either, is told in the mode "unlimited". Calls without output (embeddings)
#   are left out.
# custom:
#   code: TB303
#   category: llm
#   default_mode: warn
#   message: "{problem}."
#   remediation: "Set max_output_tokens{target}: as many as the longest useful answer has."
#   params: [mode, enforce_from, cases, unlimited]
#   since: 0.2.0
package tollbar.rules.llm.output_limit

import data.tollbar.lib.llm
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource and case that its output may go beyond, and per resource without any limit.
# scope: document
findings := result.findings(rego.metadata.chain(), _found)

_found contains [
	resource,
	object.union_n([
		{"limit": case.max_output_tokens},
		{"actual": actual | actual := resource.llm.max_output_tokens},
		llm.policy(case),
		llm.severity(case),
	]),
	{
		"{problem}": _problem(resource.llm, case),
		"{target}": sprintf(" to %s", [llm.whole(case.max_output_tokens)]),
	},
] if {
	some case in llm.cases_on(params.active.output_limit.cases)
	some resource in _writing
	llm.task_matches(object.get(case, "task_type", "any"), llm.task(resource.llm))
	not _within(case, resource.llm)
}

_found contains [resource, llm.severity({"mode": mode}), {
	"{problem}": "sets no limit to the output of a call",
	"{target}": "",
}] if {
	config := params.active.output_limit
	mode := config.unlimited
	not mode in {"off", false}
	some resource in _writing
	not resource.llm.max_output_tokens
	not _has_case(llm.task(resource.llm))
}

# Embeddings have no output.
_writing := [resource |
	some resource in llm.calls
	not resource.llm.output_tokens == 0
]

_within(case, call) if call.max_output_tokens <= case.max_output_tokens

_has_case(task) if {
	some case in llm.cases_on(params.active.output_limit.cases)
	llm.task_matches(object.get(case, "task_type", "any"), task)
}

_problem(call, case) := sprintf("%s %s output tokens a call%s, over the limit of %s%s", [
	_writes(call),
	llm.whole(call.max_output_tokens),
	_of(call),
	llm.whole(case.max_output_tokens),
	llm.by_policy(case),
])

_problem(call, case) := sprintf("sets no limit to the output of a call%s, where %s tokens are the most%s", [
	_of(call),
	llm.whole(case.max_output_tokens),
	llm.by_policy(case),
]) if {
	not call.max_output_tokens
}

_writes(call) := "writes up to" if {
	call.observed
} else := "allows"

_of(call) := sprintf(" for %s", [call.task_type]) if {
	call.task_type
} else := ""
