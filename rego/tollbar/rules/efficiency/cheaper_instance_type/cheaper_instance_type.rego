# METADATA
# title: No cheaper machine type does the same
# description: |
#   Clouds sell the same size under several names: an AMD type often costs less than an Intel one, a newer generation
#   less than an older. This rule names the cheapest type with as many vCPUs, as much memory, the same architecture and
#   GPUs, and no older (docs/usage.md), where it saves enough: an amount, a share of the cost, or either. What
#   commitments cover in part is left out, since another type may not be covered.
# custom:
#   code: TB509
#   category: efficiency
#   default_mode: advisory
#   message: "uses {type} for {actual} a month, where {cheaper} costs {cost}: {percent}% less."
#   remediation: Change its machine type.
#   params: [mode, enforce_from, saving, percent, environments]
#   since: 0.2.0
package tollbar.rules.efficiency.cheaper_instance_type

import data.tollbar.lib.environments
import data.tollbar.lib.money
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource.
# scope: document
findings := result.findings(rego.metadata.chain(), [[
	resource,
	{"actual": resource.monthly_cost, "saving": cheaper.saving, "alternative": cheaper},
	{
		"{type}": resource.instance_type,
		"{actual}": money.usd(resource.monthly_cost),
		"{cheaper}": cheaper.instance_type,
		"{cost}": money.usd(cheaper.monthly_cost),
		"{percent}": sprintf("%d", [round(percent)]),
	},
] |
	params.active.cheaper_instance_type
	some position in _saves_enough
	resource := resources.present[position]
	resource.environment in _environments
	object.get(resource, ["costs", "committed"], 0) <= 0
	cheaper := resource.alternatives[0]
	percent := (100 * cheaper.saving) / max({resource.monthly_cost, 0.01})
])

_config := params.active.cheaper_instance_type

# Where those stand whose cheapest alternative saves enough, either way.
_saves_enough contains position if {
	least := _floors.saving
	some position
	resources.present[position].alternatives[0].saving >= least
}

_saves_enough contains position if {
	least := _floors.percent
	some position
	saving := resources.present[position].alternatives[0].saving
	(100 * saving) / max({resources.present[position].monthly_cost, 0.01}) >= least
}

# Those that are set: null is smaller than every number, and must not be compared with.
_floors[name] := _config[name] if {
	some name in ["saving", "percent"]
	is_number(_config[name])
}

_environments contains environment if {
	some environment in resources.environments
	environments.any_matches(_config.environments, environment)
}
