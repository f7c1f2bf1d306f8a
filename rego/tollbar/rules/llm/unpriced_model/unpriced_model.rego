# METADATA
# title: Every language model that is called has a price
# description: |
#   A model that no price is known for is left out of every total, limit and comparison, whatever it costs: a new model,
#   one that needs its provider told, or a misspelt name. Models that are run at a price of one's own belong in a price
#   book.
# custom:
#   code: TB304
#   category: llm
#   default_mode: warn
#   message: "calls {model}, of which no price is known: {detail}."
#   remediation: >-
#     Correct the name, tell its provider, run tollbar prices refresh, or add its price to a price book. If it may go
#     unpriced, list it in unpriced_model.allow_models.
#   params: [mode, enforce_from, allow_models]
#   since: 0.2.0
package tollbar.rules.llm.unpriced_model

import data.tollbar.lib.llm
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource that calls a model without a price.
# scope: document
findings := result.findings(rego.metadata.chain(), [[resource, {"actual": resource.llm.model}, {
	"{model}": resource.llm.model,
	"{detail}": detail,
}] |
	config := params.active.unpriced_model
	some resource in llm.calls
	not llm.any_model_matches(config.allow_models, resource.llm.model)
	detail := resource.unpriced[0].detail
])
