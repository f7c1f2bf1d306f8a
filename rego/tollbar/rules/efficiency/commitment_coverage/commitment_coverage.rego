# METADATA
# title: Commitments cover enough of the machines
# description: |
#   Machines that run all year are cheaper with a reservation, a savings plan or committed use than on demand. This rule
#   judges which share of their list cost the commitments cover: of machines with an instance type at AWS, Azure or
#   Google, those on spot left out, in the environments named. Disks that belong to a machine count with it. It finds
#   nothing where the estimate was made without commitments (docs/commitments.md).
# custom:
#   code: TB503
#   category: efficiency
#   default_mode: advisory
#   message: >-
#     has commitments for {actual}% of the list cost of its machines, under the target of {limit}%:
#     {uncovered} of {list} a month is on demand. Most of it: {largest}.
#   remediation: >-
#     Commit to what runs all year and will stay; leave on demand what comes and goes. Or lower
#     commitment_coverage.percent.
#   params: [mode, enforce_from, environments, percent, minimum]
#   since: 0.2.0
package tollbar.rules.efficiency.commitment_coverage

import data.tollbar.lib.commitments
import data.tollbar.lib.environments
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
	{"limit": config.percent, "actual": actual},
	{
		"{actual}": figures.tenths(actual),
		"{limit}": figures.tenths(config.percent),
		"{uncovered}": money.usd(uncovered),
		"{list}": money.usd(list),
		"{largest}": resources.largest({[commitments.uncovered(machine), machine.address] | some machine in _machines}),
	},
) if {
	count(_machines) > 0
	config := params.active.commitment_coverage
	uncovered := sum([commitments.uncovered(machine) | some machine in _machines])
	uncovered >= config.minimum
	list := sum([machine.costs.list | some machine in _machines])
	actual := (100 * (list - uncovered)) / max({list, 0.01})
	actual < config.percent
}

_machines := [machine | some machine in commitments.machines; machine.environment in _environments]

_environments contains environment if {
	some environment in resources.environments
	environments.any_matches(params.active.commitment_coverage.environments, environment)
}
