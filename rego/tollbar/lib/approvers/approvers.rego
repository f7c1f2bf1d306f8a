# METADATA
# description: Who may approve the deployment, by its monthly cost.
package tollbar.lib.approvers

import data.tollbar.lib.money
import data.tollbar.params

# METADATA
# description: The roles with the lowest sufficient limit; none where no approvers are set, or none may approve as much.
roles := sort({approver.role | some approver in _able; _limit(approver) == _lowest})

# METADATA
# description: Why nobody may approve the deployment; undefined if somebody may, or no approvers are set.
nobody := sprintf("Nobody may approve %s a month: the highest limit of an approver is %s.", [
	money.usd(input.totals.monthly_cost),
	money.usd(max({approver.up_to | some approver in params.approvers})),
]) if {
	count(params.approvers) > 0
	count(_able) == 0
}

_able := [approver |
	some approver in params.approvers
	_limit(approver) >= input.totals.monthly_cost
]

_lowest := min({_limit(approver) | some approver in _able})

# Strings sort after all numbers: an approver without a limit may approve any amount.
_limit(approver) := object.get(approver, "up_to", "any")
