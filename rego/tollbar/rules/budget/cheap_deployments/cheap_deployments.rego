# METADATA
# title: Many cheap changes do not add up to an expensive one
# description: |
#   Ten changes that each pass every limit may together cost what none of them could alone. Counts this change and those
#   of the same project or team that went ahead in the days before, as the history tells, where each raises the cost by
#   less than a limit of its own. Needs the change of this one and of those before: what was not compared with a state
#   before is left out, and so is what raised nothing.
# custom:
#   code: TB404
#   category: budget
#   default_mode: warn
#   message: >-
#     is one of {count} changes of {owner} in {days} days that each cost less than {each} a month more, and together
#     {actual}, over the limit of {limit}.
#   remediation: "Look at them together and take back what is not needed. Grew most: {largest}."
#   params: [mode, enforce_from, count, days, each, limit, by]
#   since: 0.2.0
package tollbar.rules.budget.cheap_deployments

import data.tollbar.lib.history
import data.tollbar.lib.money
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding for the whole deployment.
# scope: document
findings contains result.finding(
	rego.metadata.chain(),
	input.deployment,
	{"limit": config.limit, "actual": actual},
	{
		"{count}": sprintf("%d", [number]),
		"{owner}": owner.text,
		"{days}": sprintf("%v", [config.days]),
		"{each}": money.usd(config.each),
		"{actual}": money.usd(actual),
		"{limit}": money.usd(config.limit),
		"{largest}": history.grew_most(cheap, this),
	},
) if {
	config := params.active.cheap_deployments
	this := input.totals.delta
	_cheap(config, this)
	owner := history.owner(config.by)
	cheap := [past | some past in history.before(owner); past.days < config.days; _cheap(config, past.delta)]
	number := count(cheap) + 1
	number >= config.count
	actual := sum([past.delta | some past in cheap]) + this
	actual > config.limit
}

_cheap(config, delta) if {
	delta > 0
	delta < config.each
}
