# METADATA
# title: Only regions are used that the environment allows
# description: |
#   Prices differ between regions, traffic between them is billed, and data may have to stay where it is. Patterns match
#   the name of a region (eu-*, us-east-?, westeurope). Nothing is limited until lists are set. Resources without a
#   region, those that are global, and those that cost nothing are left out.
# custom:
#   code: TB109
#   category: infrastructure
#   default_mode: enforce
#   message: is in {region}, which is {refusal}.
#   remediation: Move it to a region that {environment} may use.
#   params: [mode, enforce_from, denied, allowed, include_free]
#   since: 0.2.0
package tollbar.rules.infrastructure.region

import data.tollbar.lib.lists
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource in a region that may not be used.
# scope: document
findings := result.findings(rego.metadata.chain(), [[
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
])

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
