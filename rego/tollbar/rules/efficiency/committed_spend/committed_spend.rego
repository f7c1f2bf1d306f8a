# METADATA
# title: The spend fits what was committed
# description: |
#   Commitments were bought for a certain use. This rule compares the estimate with them in two ways: what machines cost
#   on demand beyond what reservations, savings plans and committed use cover; and whether the deployment costs more
#   with its commitments than at list price, as it does where prices have fallen below the committed rate. Which
#   commitments go unused is for unused_commitment (TB501) to tell. Other rules judge the list price, or with cost:
#   effective what remains with commitments. It finds nothing where the estimate was made without commitments.
# custom:
#   code: TB504
#   category: efficiency
#   default_mode: warn
#   message: "{problem}."
#   remediation: "{advice}"
#   params: [mode, enforce_from, limit]
#   since: 0.2.0
package tollbar.rules.efficiency.committed_spend

import data.tollbar.lib.commitments
import data.tollbar.lib.money
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: At most two findings for the whole deployment.
# scope: document
findings contains result.finding(rego.metadata.chain(), input.deployment, problem.facts, {
	"{problem}": problem.text,
	"{advice}": problem.advice,
}) if {
	params.active.committed_spend
	some problem in _problems
}

_problems contains {
	"facts": {"limit": limit, "actual": actual},
	"text": sprintf("costs %s a month on demand beyond what commitments cover of its machines, over the limit of %s", [
		money.usd(actual),
		money.usd(limit),
	]),
	"advice": sprintf("Use smaller or fewer machines, or commit to what will stay: %s.", [_largest]),
} if {
	limit := params.active.committed_spend.limit
	is_number(limit)
	actual := sum([commitments.uncovered(machine) | some machine in commitments.machines])
	actual > limit
}

_problems contains {
	"facts": {"limit": costs.list, "actual": costs.effective},
	"text": sprintf("costs %s a month with its commitments, more than the %s at list price", [
		money.usd(costs.effective),
		money.usd(costs.list),
	]),
	"advice": concat(" ", [
		"Look for the commitment whose rate is over the list price: exchange or sell it, or do not renew it.",
		"tollbar prices refresh makes sure that the list price is today's.",
	]),
} if {
	costs := input.totals.costs
	costs.effective > costs.list
}

_largest := resources.largest({[commitments.uncovered(machine), machine.address] |
	some machine in commitments.machines
})
