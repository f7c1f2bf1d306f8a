# METADATA
# title: A change does not raise the total too much
# description: |
#   A change that adds little passes, however dear what was there before; one that adds much does not, however small the
#   total. Only a change that was compared with a previous state is judged: a Terraform plan, or with --base. The limit
#   is an amount, a share of the previous total, or both; the lower of the two counts. An increase from nothing is over
#   any share. The message names what grew most. With cost: effective, the costs with commitments are compared where
#   both states were estimated with commitments.
# custom:
#   code: TB104
#   category: infrastructure
#   default_mode: enforce
#   message: >-
#     costs {actual} a month more{note} than before ({previous}), over the limit of {limit}.
#     Grew most: {largest}.
#   remediation: Reduce what grew most, or spread the change over several steps.
#   params: [mode, enforce_from, limit, percent, cost]
#   since: 0.1.0
package tollbar.rules.infrastructure.cost_increase

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
	{"limit": _lowest.amount, "actual": _change.delta, "approval_amount": _change.delta},
	{
		"{actual}": money.usd(_change.delta),
		"{note}": _change.note,
		"{previous}": money.usd(_change.previous),
		"{limit}": _lowest.text,
		"{largest}": resources.largest(_increases),
	},
) if {
	_change.delta > _lowest.amount
}

_config := params.active.cost_increase

_change := {"delta": delta, "previous": input.totals.costs.effective_previous, "note": " with commitments"} if {
	_config.cost == "effective"
	delta := input.totals.costs.effective_delta
} else := {"delta": input.totals.delta, "previous": object.get(input.totals, "previous", 0), "note": ""}

_lowest := min(_limits)

# Objects sort by their first key, so the lowest amount is the minimum.
_limits contains {"amount": _config.limit, "text": money.usd(_config.limit)} if is_number(_config.limit)

_limits contains {"amount": amount, "text": sprintf("%v%% (%s)", [_config.percent, money.usd(amount)])} if {
	is_number(_config.percent)
	amount := (_change.previous * _config.percent) / 100
}

# As in the totals, only where both sides are fully known.
_increases contains [increase, resource.address] if {
	some position, resource in resources.present
	not position in resources.incomplete
	increase := _increase(_change.note, resource)
	increase > 0
}

_increase("", resource) := resource.monthly_cost - resource.previous_monthly_cost

_increase(" with commitments", resource) := resource.costs.effective - resource.previous_effective_cost
