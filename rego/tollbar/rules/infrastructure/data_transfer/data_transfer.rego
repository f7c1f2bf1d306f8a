# METADATA
# title: Data transfer is a small part of what a deployment costs
# description: |
#   What leaves a region or zone is easily overlooked beside machines, and may come to a fifth of the bill and more.
#   Adds up the lines that are data transfer, by their names, and judges them by an amount, by their share of the total,
#   or both; the lower of the two counts. Traffic that nobody told, and no assumption covers, is not counted.
# custom:
#   code: TB113
#   category: infrastructure
#   default_mode: warn
#   message: pays {actual} a month for data transfer ({share} of the total), over the limit of {limit}.
#   remediation: >-
#     Keep traffic within one region and zone, use private endpoints and a CDN, cache and compress what is sent again
#     and again. Most of it: {largest}.
#   params: [mode, enforce_from, lines, from, limits, other, percent]
#   since: 0.2.0
package tollbar.rules.infrastructure.data_transfer

import data.tollbar.lib.breakdown
import data.tollbar.lib.figures
import data.tollbar.lib.money
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding for the whole deployment.
# scope: document
findings contains result.finding(
	rego.metadata.chain(),
	input.deployment,
	{"limit": lowest.amount, "actual": _transferred},
	{
		"{actual}": money.usd(_transferred),
		"{share}": _share,
		"{limit}": lowest.text,
		"{largest}": resources.largest({pair | some pair in _costs}),
	},
) if {
	_transferred > _config.from
	lowest := min(_limits)
	_transferred > lowest.amount
}

_config := params.active.data_transfer

_transferred := sum([cost | some [cost, _] in _costs])

# No set: two resources of the same address and cost are two costs.
_costs := [[cost, resource.address] |
	some resource in breakdown.having(_lines)
	cost := breakdown.cost(resource, _lines)
	cost > 0
]

# Of a total of nothing, or less (credits), there is no share.
default _share := "all"

_share := sprintf("%s%%", [figures.tenths((100 * _transferred) / input.totals.monthly_cost)]) if {
	max({input.totals.monthly_cost, 0}) != 0
}

_lines := breakdown.names(_config.lines)

# Objects sort by their first key, so the lowest amount is the minimum.
_limits contains {"amount": amount, "text": money.usd(amount)} if {
	amount := resources.limit(_config, input.deployment.environment)
}

_limits contains {"amount": amount, "text": sprintf("%s, %s%% of the total", [money.usd(amount), percent])} if {
	is_number(_config.percent)
	amount := (input.totals.monthly_cost * _config.percent) / 100
	percent := figures.tenths(_config.percent)
}
