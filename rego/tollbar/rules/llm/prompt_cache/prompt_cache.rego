# METADATA
# title: What repeats in prompts is read from the cache
# description: |
#   System prompts, examples and documents that stand first and stay the same are read from the provider's cache at a
#   tenth to a half of the price. Finds calls that tell their repeated_share, where much more of the input repeats than
#   is read from the cache (cached_share), and the provider sells cached input. The saving leaves out what Anthropic
#   asks for writing the cache. Calls whose input_tokens are not told count as long enough.
# custom:
#   code: TB307
#   category: llm
#   default_mode: advisory
#   message: "repeats {repeated} of its input and reads {actual} from the cache; the rest of it would save {saving}."
#   remediation: >-
#     Put what stays the same first, unchanged to the letter, and mark it for the cache where the provider wants that
#     (cache_control).
#   params: [mode, enforce_from, missed_share, min_tokens, min_saving]
#   since: 0.2.0
package tollbar.rules.llm.prompt_cache

import data.tollbar.lib.llm
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource that could read much more from the cache.
# scope: document
findings := result.findings(rego.metadata.chain(), [[
	resource,
	{"limit": config.missed_share, "actual": cached, "saving": saving},
	{
		"{repeated}": llm.percent(call.repeated_share),
		"{actual}": llm.percent(cached),
		"{saving}": llm.monthly(saving),
	},
] |
	config := params.active.prompt_cache
	some resource in llm.calls
	call := resource.llm
	cached := object.get(call, "cached_share", 0)

	# Shares are decimal fractions: 0.3 - 0.1 is a little less than 0.2 in binary.
	round((call.repeated_share - cached) * 10000) > round(config.missed_share * 10000)
	saving := resource.monthly_cost - call.cache_monthly_cost
	saving >= config.min_saving
	not _short(config, call)
])

_short(config, call) if call.input_tokens * call.repeated_share < config.min_tokens
