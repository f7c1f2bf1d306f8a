# METADATA
# title: Cost does not grow faster than it should
# description: |
#   Adds up what this change and those of the same project or team that went ahead in the last days add to the monthly
#   cost, less what they save, as the history tells. Finds a sum over the limit, and one that is more than a number of
#   times the sum of as many days before, where that was a growth too and the sum is worth a look. What was not compared
#   with a state before is not known and left out; the message tells how many those are. A change that adds nothing
#   passes.
# custom:
#   code: TB405
#   category: budget
#   default_mode: warn
#   message: "makes the changes of {owner} in the last {days} days add {actual} a month, over {limit}{unknown}."
#   remediation: "Slow down, or find out what drives it. Grew most: {largest}."
#   params: [mode, enforce_from, days, limit, times, minimum, by]
#   since: 0.2.0
package tollbar.rules.budget.cost_velocity

import data.tollbar.lib.history
import data.tollbar.lib.money
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding for the whole deployment, by the lower of the limits that it is over.
# scope: document
findings contains result.finding(
	rego.metadata.chain(),
	input.deployment,
	{"limit": lowest.amount, "actual": _actual},
	{
		"{owner}": _owner.text,
		"{days}": sprintf("%v", [_config.days]),
		"{actual}": money.usd(_actual),
		"{limit}": lowest.text,
		"{unknown}": _unknown_note,
		"{largest}": history.grew_most([past | some past in _last; past.delta > 0], input.totals.delta),
	},
) if {
	lowest := min(_exceeded)
}

_config := params.active.cost_velocity

_owner := history.owner(_config.by)

_before := history.before(_owner)

_last := [past | some past in _before; past.days < _config.days]

_actual := sum([past.delta | some past in _last]) + input.totals.delta if input.totals.delta > 0

_window_before := sum([past.delta |
	some past in _before
	past.days >= _config.days
	past.days < _config.days * 2
])

# Objects sort by their first key, so the lowest amount is the minimum.
_exceeded contains {"amount": _config.limit, "text": sprintf("the limit of %s", [money.usd(_config.limit)])} if {
	is_number(_config.limit)
	_actual > _config.limit
}

_exceeded contains {"amount": amount, "text": text} if {
	is_number(_config.times)
	_window_before > 0
	_actual > _config.minimum
	amount := _window_before * _config.times
	_actual > amount
	text := sprintf("%v times the %s of the %v days before", [_config.times, money.usd(_window_before), _config.days])
}

_unknown := count([past | some past in _last; not is_number(object.get(past, "delta", null))])

_unknown_note := "" if {
	_unknown == 0
} else := sprintf("; not counted, because their change is not known: %d", [_unknown])
