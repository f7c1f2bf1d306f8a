# METADATA
# title: Only machine families are used that the environment allows
# description: |
#   Whole families where unwanted_instance_type names sizes: what is bought under a savings plan, what images are built
#   for, or what is too dear for an environment. The family is what the vendor calls so: m5 of m5.large and db.m5.large,
#   n2 of n2-standard-4, Dsv5 of Standard_D4s_v5; any other machine type is its own family. Nothing is limited until
#   lists are set. What is denied stays so, even if it is allowed as well.
# custom:
#   code: TB110
#   category: infrastructure
#   default_mode: enforce
#   message: uses {type} of the family {family}, which is {refusal}.
#   remediation: Choose a machine type of another family.
#   params: [mode, enforce_from, denied, allowed]
#   since: 0.2.0
package tollbar.rules.infrastructure.instance_family

import data.tollbar.lib.lists
import data.tollbar.lib.machines
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource of a family that may not be used.
# scope: document
findings := result.findings(rego.metadata.chain(), [[
	resource,
	{"actual": family},
	{
		"{type}": resource.instance_type,
		"{family}": family,
		"{refusal}": refusal.text,
	},
] |
	_refused
	some resource in resources.with_field("instance_type")
	family := _families[resource.instance_type]
	refusal := _refusals[resource.environment][family]
])

_families[type] := machines.family(type) if some type in resources.instance_types

# Whether there is any family that may not be used.
_refused if {
	some refusals in _refusals
	some _ in refusals
}

_refusals[environment] := refusals if {
	some environment in resources.environments
	refusals := {family: refusal |
		some family in {family | some family in _families}
		refusal := lists.refusal(params.active.instance_family, environment, family)
	}
}
