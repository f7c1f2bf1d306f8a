# METADATA
# title: Only regions are used that the environment allows
# description: |
#   Prices differ between regions, traffic between them is billed, and data may have to stay where it is. Patterns
#   match the name of a region (eu-*, us-east-?, westeurope). Nothing is limited until lists are set. Resources that
#   are global, and those that cost nothing, are left out. Where only some regions are allowed, a resource of AWS,
#   Azure or Google Cloud whose region nothing tells is a warning: it may be in any.
# custom:
#   code: TB109
#   category: infrastructure
#   default_mode: enforce
#   message: is in {region}, which is {refusal}.
#   remediation: Use a region that {environment} may use, and name it in the provider block.
#   params: [mode, enforce_from, denied, allowed, include_free]
#   since: 0.2.0
package tollbar.rules.infrastructure.region

import data.tollbar.lib.environments
import data.tollbar.lib.lists
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource in a region that may not be used, or that is not known.
# scope: document
findings := result.findings(rego.metadata.chain(), array.concat(_refused_ones, _unknown_ones))

_refused_ones := [[
	resource,
	{"actual": resource.region},
	{
		"{region}": resource.region,
		"{refusal}": refusal.text,
		"{environment}": resource.environment,
	},
] |
	_is_any_refused
	config := params.active.region
	some resource in resources.present
	resource.region in _refused

	# Free ones count only if they are included.
	object.get(resource, "free", false) in {false, config.include_free}
	refusal := _refusals[resource.environment][resource.region]
]

# Those that may be in a region that is not allowed.
_unknown_ones := [[
	resource,
	{"severity": severity},
	{
		"{region}": "a region that is not known",
		"{refusal}": sprintf("perhaps not among those allowed in %s (%s)", [environment, allowed]),
		"{environment}": environment,
	},
] |
	some environment, severity in _unknown_severities
	allowed := lists.listed(environments.setting(params.active.region.allowed, environment))
	some resource in resources.present
	resource.environment == environment
	object.get(resource, "region", "") == ""
	resource.cloud in {"aws", "azure", "gcp"}
	not resource.free
	not _is_global(resource)
]

# A warning at most, in the environments where only some regions are allowed.
_unknown_severities[environment] := object.get({"info": "info"}, params.severity.region, "warning") if {
	some environment in resources.environments
	environments.setting(params.active.region.allowed, environment)
}

# What has its price without a region has the same in all.
_is_global(resource) if {
	resource.breakdown[0]
	not resource.unpriced[0]
}

# Regions are few where resources are many: each is matched once in an environment.
_refusals[environment] := refusals if {
	some environment in resources.environments
	refusals := {region: refusal |
		some region in _regions
		refusal := lists.refusal(params.active.region, environment, region)
	}
}

_regions contains region if {
	some region in resources.regions
	not lower(region) in {"", "global"}
}

# The resources are not looked at where no region is refused.
_is_any_refused if some _ in _refused

_refused contains region if {
	some refusals in _refusals
	some region in object.keys(refusals)
}
