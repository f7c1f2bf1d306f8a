# METADATA
# description: Who may approve how much a month - what a deployment costs, or what a change adds to it.
package tollbar.lib.approvers

import data.tollbar.lib.money
import data.tollbar.params

# METADATA
# description: |
#   Those whose limit is the lowest that is enough for an amount (USD a month); none where no approvers are set, or
#   none may approve as much.
roles(amount) := sort({approver.role | some approver in able; _limit(approver) == lowest}) if {
	able := _able(amount)
	lowest := min({_limit(approver) | some approver in able})
} else := []

# METADATA
# description: Why nobody may approve an amount; undefined if somebody may, or no approvers are set.
nobody(amount) := sprintf("Nobody may approve %s a month: the highest limit of an approver is %s.", [
	money.usd(amount),
	money.usd(highest),
]) if {
	count(_able(amount)) == 0

	# Of no approvers, the highest limit is undefined.
	highest := max({approver.up_to | some approver in params.approvers})
}

_able(amount) := [approver | some approver in params.approvers; _limit(approver) >= amount]

# Strings sort after all numbers: an approver without a limit may approve any amount.
_limit(approver) := object.get(approver, "up_to", "any")
