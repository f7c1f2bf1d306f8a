# METADATA
# title: Only types of resources are used that the environment allows
# description: |
#   A list of types that nobody should order (managed Kafka in dev, a reserved cluster), or of those that alone may be
#   ordered. Types are those of Terraform, whatever the kind of input. Nothing is limited until lists are set. What is
#   denied stays so, even if it is allowed as well; types that cost nothing need not be allowed.
# custom:
#   code: TB108
#   category: infrastructure
#   default_mode: enforce
#   message: is of the type {type}, which is {refusal}.
#   remediation: Use another service, or have the platform team extend what {environment} may use.
#   params: [mode, enforce_from, denied, allowed, include_free]
#   since: 0.2.0
package tollbar.rules.infrastructure.resource_type

import data.tollbar.lib.lists
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource of a type that may not be used.
# scope: document
findings := result.findings(rego.metadata.chain(), [[
	resource,
	{"actual": resource.type},
	{
		"{type}": resource.type,
		"{refusal}": refusal.text,
		"{environment}": resource.environment,
	},
] |
	some environment, refusals in _refusals
	some type, refusal in refusals
	some resource in resources.by_type[type]
	resource.environment == environment
	not _need_not_be_allowed(resource, refusal.list)
])

# Types are few where resources are many: each is matched once in an environment.
_refusals[environment] := refusals if {
	some environment in resources.environments
	refusals := {type: refusal |
		some type in resources.types
		refusal := lists.refusal(params.active.resource_type, environment, type)
	}
}

_need_not_be_allowed(resource, "allowed") if {
	resource.free
	not params.active.resource_type.include_free
}
