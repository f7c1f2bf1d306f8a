# METADATA
# title: GPUs are used only where, and as many as, they are meant to be
# description: |
#   A machine with GPUs costs many times as much as one without. Judges three things: whether GPUs may be used in an
#   environment, how many a deployment uses there (autoscaling counts with its bound), and whether they run on spot
#   capacity where they must. What is not known to be on spot is taken not to be. Machines whose GPUs are not known are
#   left out.
# custom:
#   code: TB111
#   category: infrastructure
#   default_mode: warn
#   message: uses {gpus} in {environment}, {problem}.
#   remediation: >-
#     Choose machines without GPUs, fewer GPUs, or a hosted model; run what may be interrupted on spot capacity.
#   params: [mode, enforce_from, environments, limits, other, spot_environments]
#   since: 0.2.0
package tollbar.rules.infrastructure.gpu

import data.tollbar.lib.environments
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: |
#   One finding per resource with GPUs where there may be none, one per environment with too many, and one per resource
#   that does not run on spot capacity where it must.
# scope: document
findings := result.findings(rego.metadata.chain(), _found)

_found contains [
	resource,
	{"actual": _gpus(resource)},
	{
		"{gpus}": _words(resource),
		"{environment}": resource.environment,
		"{problem}": sprintf("where GPUs may not be used (only in %s)", [concat(", ", _config.environments)]),
	},
] if {
	some resource in _machines
	not resource.environment in environments.matching(_config.environments)
}

_found contains [
	input.deployment,
	{"limit": limit, "actual": actual},
	{
		"{gpus}": sprintf("%v GPUs", [actual]),
		"{environment}": environment,
		"{problem}": sprintf("over the limit of %v (%s)", [limit, concat(", ", _users(environment))]),
	},
] if {
	some environment in resources.environments
	limit := resources.limit(_config, environment)
	actual := sum([_gpus(resource) | some resource in _machines; resource.environment == environment])
	actual > limit
}

_found contains [
	resource,
	{"actual": _gpus(resource)},
	{
		"{gpus}": _words(resource),
		"{environment}": resource.environment,
		"{problem}": "but not on spot capacity, as GPUs must there",
	},
] if {
	some resource in _machines
	resource.environment in environments.matching(_config.spot_environments)
	not resource.traits.purchase_option == "spot"
}

_config := params.active.gpu

_machines := [resource |
	_config
	some resource in resources.with_trait("gpus")
	resource.traits.gpus > 0
]

_gpus(resource) := resource.traits.gpus * object.get(resource, ["traits", "replicas_max"], 1)

_words(resource) := sprintf("%v x %s", [_gpus(resource), object.get(resource, ["traits", "gpu"], "GPU")])

_users(environment) := [sprintf("%s %v", [resource.address, _gpus(resource)]) |
	some resource in _machines
	resource.environment == environment
]
