# METADATA
# title: Somebody approves what adds much to the bill
# description: |
#   Between what anybody may spend and what nobody may, there is what somebody has to agree to. A change that adds more
#   than the amount needs an approval; with of: total, or where there is no state to compare with, a deployment that
#   costs more. Who may approve it follows from the approvers in tollbar.yml and that same amount: a change of 600 to a
#   deployment of 60,000 is for whoever may approve 600. Approved is what carries the tag or the label of the pull
#   request; both stay visible in every report. Let only those who may approve set that label. By default no amount is
#   set, and nothing needs an approval.
# custom:
#   code: TB204
#   category: governance
#   default_mode: approve
#   message: "{does} {actual} a month{note}, and more than {limit} needs an approval."
#   remediation: "Reduce what {most} most: {largest}."
#   params: [mode, enforce_from, amount, amounts, of, cost, exempt_tag, exempt_labels]
#   since: 0.2.0
package tollbar.rules.governance.approval_amount

import data.tollbar.lib.environments
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
	{"limit": limit, "actual": _judged.amount, "approval_amount": _judged.amount},
	{
		"{does}": _judged.does,
		"{actual}": money.usd(_judged.amount),
		"{note}": _judged.note,
		"{limit}": money.usd(limit),
		"{most}": _judged.most,
		"{largest}": resources.largest(_amounts),
	},
) if {
	limit := environments.entry(_config.amounts, input.deployment.environment, _config.amount)
	is_number(limit)
	_judged.amount > limit
}

_config := params.active.approval_amount

_judged := object.union(_change, {"amount": input.totals.costs.effective_delta, "note": " with commitments"}) if {
	_config.of == "delta"
	_config.cost == "effective"
} else := object.union(_change, {"amount": input.totals.delta, "note": ""}) if {
	_config.of == "delta"
} else := {
	"amount": resources.monthly_cost(_config, input.totals),
	"note": resources.cost_note(_config, input.totals),
	"does": "costs",
	"most": "costs",
}

_change := {"does": "adds", "most": "grows"}

_amounts contains [amount, resource.address] if {
	some resource in resources.present
	amount := _amount(_judged.does, _judged.note, resource)
	amount > 0
}

_amount("costs", _, resource) := resources.monthly_cost(_config, resource)

# As in the totals, only where both sides are fully known.
_amount("adds", "", resource) := resource.monthly_cost - resource.previous_monthly_cost if {
	count(object.get(resource, "unpriced", [])) == 0
}

_amount("adds", " with commitments", resource) := resource.costs.effective - resource.previous_effective_cost if {
	count(object.get(resource, "unpriced", [])) == 0
}
