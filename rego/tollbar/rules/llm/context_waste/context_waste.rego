# METADATA
# title: Context that is sent to a language model is used
# description: |
#   History and retrieved documents are billed as input in every call, whether the answer uses them or not. Finds calls
#   that tell their context_used_share, where that is below the limit; a call at the limit passes. Where the unused part
#   costs less than min_saving, the work is not worth it; where its cost is not known, it is found all the same.
# custom:
#   code: TB306
#   category: llm
#   default_mode: advisory
#   message: "sends {tokens}of context of which {actual} is used, less than {limit}{cost}."
#   remediation: Retrieve fewer passages, cut or summarize the history, and leave out what the answer does not need.
#   params: [mode, enforce_from, used_share, min_saving]
#   since: 0.2.0
package tollbar.rules.llm.context_waste

import data.tollbar.lib.llm
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource that uses too little of its context.
# scope: document
findings := result.findings(rego.metadata.chain(), [[
	resource,
	object.union(
		{"limit": config.used_share, "actual": actual},
		{"saving": saving | saving := resource.llm.unused_context_cost},
	),
	{
		"{tokens}": _tokens(resource.llm),
		"{actual}": llm.percent(actual),
		"{limit}": llm.percent(config.used_share),
		"{cost}": _cost(resource.llm),
	},
] |
	config := params.active.context_waste
	some resource in llm.calls
	actual := resource.llm.context_used_share
	actual < config.used_share
	not _little(config, resource.llm)
])

_little(config, call) if call.unused_context_cost < config.min_saving

_tokens(call) := sprintf("%s tokens ", [llm.whole(call.context_tokens)]) if {
	call.context_tokens
} else := "an amount "

_cost(call) := sprintf("; the rest costs %s", [llm.monthly(call.unused_context_cost)]) if {
	call.unused_context_cost
} else := ""
