# METADATA
# title: Nothing is paid for that is not used
# description: |
#   Finds what costs money while it stands idle: what nothing in the project uses (addresses and disks that are not
#   attached, load balancers without targets), what carries traffic and costs by the hour while all its told use is 0,
#   and the capacity of Kubernetes nodes that no pod takes. Use that nobody told is not taken for 0. What is attached
#   outside the project cannot be seen: exempt it.
# custom:
#   code: TB114
#   category: infrastructure
#   default_mode: warn
#   message: costs {cost} a month{problem}.
#   remediation: Delete what is not used, or {otherwise}.
#   params: [mode, enforce_from, from, traffic_types, capacity_lines, capacity]
#   since: 0.2.0
package tollbar.rules.infrastructure.idle_resource

import data.tollbar.lib.breakdown
import data.tollbar.lib.globs
import data.tollbar.lib.money
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource that is idle, and one per pool with too much capacity that nobody takes.
# scope: document
findings := result.findings(rego.metadata.chain(), _found)

_found contains [
	resource,
	{"actual": cost | cost := resource.monthly_cost},
	{
		"{cost}": _cost(resource),
		"{problem}": ", but nothing in the project uses it",
		"{otherwise}": "attach it to what it is for",
	},
] if {
	_config
	some resource in resources.with_trait_as("attached", false)
	not resource.free

	# What costs an unknown amount may cost more.
	object.get(resource, "monthly_cost", _config.from) >= _config.from
}

_found contains [
	resource,
	{"actual": fixed},
	{
		"{cost}": money.usd(fixed),
		"{problem}": ", but all its told use is 0",
		"{otherwise}": "tell how much it is used",
	},
] if {
	some type in _traffic_types
	some resource in resources.by_type[type]
	not resource.traits.attached == false
	use := [line | some line in resource.breakdown; line.basis != "fixed"]
	count(use) > 0
	every line in use {
		line.quantity == 0
		line.basis in {"usage", "history"}
	}
	fixed := resource.monthly_cost
	fixed >= _config.from
}

_found contains [
	resource,
	{"limit": _config.capacity, "actual": idle},
	{
		"{cost}": money.usd(idle),
		"{problem}": sprintf(" for capacity that no pod takes, over the limit of %s", [money.usd(_config.capacity)]),
		"{otherwise}": "use smaller or fewer nodes, and a lower minimum of them",
	},
] if {
	is_number(_config.capacity)
	some resource in breakdown.having(_capacity_lines)
	idle := breakdown.cost(resource, _capacity_lines)
	idle > _config.capacity
}

_config := params.active.idle_resource

_capacity_lines := breakdown.names(_config.capacity_lines)

_traffic_types contains type if {
	some type in resources.types
	globs.any_matches(_config.traffic_types, type)
}

_cost(resource) := money.usd(resource.monthly_cost)

_cost(resource) := "an unknown amount" if not resource.monthly_cost
