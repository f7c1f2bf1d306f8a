# METADATA
# title: More accuracy is worth its cost
# description: |
#   The last point of accuracy costs more than all before it. Finds models of one's own whose cost grows by more than
#   percent while their accuracy grows by less than points (1 point: from 0.91 to 0.92). Both limits pass. Needs a base
#   to compare with, and models that tell accuracy and previous_accuracy; what is new has no growth.
# custom:
#   code: TB506
#   category: efficiency
#   default_mode: warn
#   message: >-
#     costs {increase}% more ({previous} to {actual} a month) for {gain} points more accuracy; more than {limit}% must
#     bring {points} points.
#   remediation: "Keep the former model, which saves {saving} a month, or bring the cost of this one down."
#   params: [mode, enforce_from, percent, points]
#   since: 0.2.0
package tollbar.rules.efficiency.accuracy_cost

import data.tollbar.lib.money
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per model that grew dearer by much and better by little.
# scope: document
findings := result.findings(rego.metadata.chain(), [[
	resource,
	{"limit": config.percent, "actual": _rounded(increase), "saving": saving},
	{
		"{increase}": sprintf("%v", [_rounded(increase)]),
		"{previous}": money.usd(resource.previous_monthly_cost),
		"{actual}": money.usd(resource.monthly_cost),
		"{gain}": sprintf("%v", [_rounded(gain)]),
		"{limit}": sprintf("%v", [config.percent]),
		"{points}": sprintf("%v", [config.points]),
		"{saving}": money.usd(saving),
	},
] |
	config := params.active.accuracy_cost
	some resource in resources.with_field("ml")
	gain := (resource.ml.accuracy - resource.ml.previous_accuracy) * 100
	_exact(gain) < _exact(config.points)
	not resource.previous_monthly_cost == 0
	saving := resource.monthly_cost - resource.previous_monthly_cost
	increase := (saving * 100) / resource.previous_monthly_cost
	increase > config.percent
])

# Differences of decimal fractions are a little off in binary.
_exact(number) := round(number * 1000000)

_rounded(number) := round(number * 10) / 10
