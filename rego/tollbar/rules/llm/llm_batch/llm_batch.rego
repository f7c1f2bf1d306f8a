# METADATA
# title: Calls that can wait are sent as a batch
# description: |
#   Where nobody waits for the answer (can_wait), providers run calls within a day for half the price. Finds calls that
#   can wait, are no batch, and whose provider sells batches of that model.
# custom:
#   code: TB308
#   category: llm
#   default_mode: advisory
#   message: "can wait, but is no batch: as one it costs {batch} a month instead of {actual}."
#   remediation: "Send the calls by the provider's batch API and set batch: true; that saves {saving}."
#   params: [mode, enforce_from, min_saving]
#   since: 0.2.0
package tollbar.rules.llm.llm_batch

import data.tollbar.lib.llm
import data.tollbar.lib.money
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource that would save by waiting.
# scope: document
findings := result.findings(rego.metadata.chain(), [[
	resource,
	{"actual": resource.monthly_cost, "saving": saving},
	{
		"{batch}": money.usd(resource.llm.batch_monthly_cost),
		"{actual}": money.usd(resource.monthly_cost),
		"{saving}": llm.monthly(saving),
	},
] |
	config := params.active.llm_batch
	some resource in llm.calls
	resource.llm.can_wait
	saving := resource.monthly_cost - resource.llm.batch_monthly_cost
	saving >= config.min_saving
])
