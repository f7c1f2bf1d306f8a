# METADATA
# title: Work that can be interrupted runs on spot machines
# description: |
#   Clouds sell idle machines at a discount and take them back at short notice. Batch jobs, training with checkpoints
#   and queue workers stand that. This rule names what is known to be fault tolerant and known to run on demand; what
#   is not known is left out, and so is what commitments cover. What would be saved is an estimate: spot prices move.
#   Google tells of 60% to 91% less, AWS and Azure of up to 90%; saving_percent is the low end of that.
# custom:
#   code: TB502
#   category: efficiency
#   default_mode: advisory
#   message: "can be interrupted, and runs on demand in {environment} for {actual} a month."
#   remediation: >-
#     Run it on spot machines, with checkpoints or retries and several machine types to choose from. At {percent}% less,
#     an estimate, that saves about {saving} a month.
#   params: [mode, enforce_from, environments, minimum, saving_percent]
#   since: 0.2.0
package tollbar.rules.efficiency.spot

import data.tollbar.lib.commitments
import data.tollbar.lib.environments
import data.tollbar.lib.figures
import data.tollbar.lib.money
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource.
# scope: document
findings := result.findings(rego.metadata.chain(), [[
	resource,
	{"actual": actual, "saving": saving},
	{
		"{environment}": resource.environment,
		"{actual}": money.usd(actual),
		"{percent}": figures.tenths(config.saving_percent),
		"{saving}": money.usd(saving),
	},
] |
	config := params.active.spot
	some resource in resources.with_trait_as("fault_tolerant", true)
	resource.traits.purchase_option == "on_demand"
	resource.environment in _environments
	actual := _on_demand(resource)
	actual >= config.minimum
	saving := (actual * config.saving_percent) / 100
])

_environments contains environment if {
	some environment in resources.environments
	environments.any_matches(params.active.spot.environments, environment)
}

_on_demand(resource) := commitments.uncovered(resource) if {
	resource.costs
} else := resource.monthly_cost
