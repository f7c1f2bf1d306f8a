# METADATA
# title: No large cost is of low confidence
# description: |
#   A cost is of low confidence where its use is assumed because nobody told it, or where its price is borrowed from
#   another region. For a small amount that will do; a large one should not be decided on a guess. Only the lines of a
#   resource that are of low confidence count: what of it is declared or told is left out.
# custom:
#   code: TB006
#   category: integrity
#   default_mode: warn
#   message: >-
#     has {actual} of its {total} a month at low confidence ({lines}), over the limit of {limit}.
#   remediation: >-
#     Tell its use in a usage file, or give the history of its use; "tollbar explain {address}" says by which keys.
#     Where the price is another region's, run tollbar prices refresh or write the price into a price book.
#   params: [mode, enforce_from, limit]
#   since: 0.2.0
package tollbar.rules.integrity.low_confidence

import data.tollbar.lib.money
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource.
# scope: document
findings := result.findings(rego.metadata.chain(), [[
	resource,
	{"limit": limit, "actual": actual},
	{
		"{actual}": money.usd(actual),
		"{total}": money.usd(resource.cost_estimate.expected),
		"{lines}": resources.largest({[line.monthly_cost, line.name] |
			some line in resource.breakdown
			line.confidence == "low"
		}),
		"{limit}": money.usd(limit),
		"{address}": resource.address,
	},
] |
	limit := params.active.low_confidence.limit
	some position
	resources.present[position].cost_estimate.confidence == "low"
	resource := resources.present[position]

	# Where no line says so, all of the cost is of low confidence. No function: OPA would remember it of each resource.
	costs := [resource.breakdown[number].monthly_cost | some number; resource.breakdown[number].confidence == "low"]
	actual := object.get({0: resource.cost_estimate.expected}, count(costs), sum(costs))
	actual > limit
])
