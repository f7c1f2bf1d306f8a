# METADATA
# title: No instance type is used where it is unwanted
# description: |
#   Some sizes have no place in some environments, whatever they cost. Database and cache sizes count too: the pattern
#   *.4xlarge matches m5.4xlarge as well as db.m5.4xlarge. Unwanted in dev by default are sizes of about 16 vCPUs and
#   more of AWS, Google Cloud and Azure.
# custom:
#   code: TB105
#   category: infrastructure
#   default_mode: warn
#   message: uses {type}, which is unwanted in {environment} ({patterns}).
#   remediation: Choose a smaller instance type.
#   params: [mode, enforce_from, types]
#   since: 0.1.0
package tollbar.rules.infrastructure.unwanted_instance_type

import data.tollbar.lib.environments
import data.tollbar.lib.globs
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource of an unwanted instance type.
# scope: document
findings := result.findings(rego.metadata.chain(), [[
	resource,
	{"actual": resource.instance_type},
	{
		"{type}": resource.instance_type,
		"{environment}": resource.environment,
		"{patterns}": concat(", ", patterns),
	},
] |
	params.active.unwanted_instance_type
	some resource in resources.with_field("instance_type")
	patterns := _unwanted[resource.environment][resource.instance_type]
])

# The patterns that match any of the types in use. Types are few where resources are many: each is matched once.
_unwanted[environment] := types if {
	some environment in resources.environments
	patterns_there := environments.entry(params.active.unwanted_instance_type.types, environment, [])
	types := {type: patterns |
		some type in resources.instance_types
		patterns := {pattern | some pattern in patterns_there; globs.matches(pattern, type)}
		patterns != set()
	}
}
