# METADATA
# title: No commitment goes unused
# description: |
#   A commitment (a reserved instance, a savings plan, committed use) is paid for whether it is used or not. Judges the
#   commitments that were applied (docs/commitments.md), by what this estimate uses of them: what other deployments use
#   is not known here. A commitment at the limit passes. Without commitments, it finds nothing.
# custom:
#   code: TB501
#   category: efficiency
#   default_mode: warn
#   message: "goes unused by {actual}% ({unused} of {cost} a month), over the limit of {limit}%."
#   remediation: >-
#     Move machines into what it covers, exchange or sell it, or do not renew it. If other deployments use it,
#     leave it out of the commitments of this one.
#   params: [mode, enforce_from, percent]
#   since: 0.2.0
package tollbar.rules.efficiency.unused_commitment

import data.tollbar.lib.money
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per commitment of which more than the limit goes unused.
# scope: document
findings contains result.finding(
	rego.metadata.chain(),
	{"name": commitment.id},
	{"limit": limit, "actual": actual},
	{
		"{actual}": sprintf("%v", [round(actual * 10) / 10]),
		"{unused}": money.usd(commitment.unused_cost),
		"{cost}": money.usd(commitment.monthly_cost),
		"{limit}": sprintf("%v", [limit]),
	},
) if {
	limit := params.active.unused_commitment.percent
	some commitment in input.commitments
	actual := 100 - commitment.used_percent
	actual > limit
}
