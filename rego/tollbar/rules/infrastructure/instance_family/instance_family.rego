# METADATA
# title: Only machine families are used that the environment allows
# description: |
#   Whole families where unwanted_instance_type names sizes: what is bought under a savings plan, what images are built
#   for, or what is too dear for an environment. The family is what the vendor calls so: m5 of m5.large and db.m5.large,
#   n2 of n2-standard-4, Dsv5 of Standard_D4s_v5; any other machine type is its own family. Nothing is limited until
#   lists are set. What is denied stays so, even if it is allowed as well. Where only some families are allowed, a
#   machine type that is known only after apply is a warning: it may be of any.
# custom:
#   code: TB110
#   category: infrastructure
#   default_mode: enforce
#   message: uses {type} {family}, which is {refusal}.
#   remediation: Choose a machine type of another family, and name it where it is known before apply.
#   params: [mode, enforce_from, denied, allowed]
#   since: 0.2.0
package tollbar.rules.infrastructure.instance_family

import data.tollbar.lib.environments
import data.tollbar.lib.lists
import data.tollbar.lib.machines
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource of a family that may not be used, or that is not known.
# scope: document
findings := result.findings(rego.metadata.chain(), array.concat(_refused_ones, _unknown_ones))

_refused_ones := [[
	resource,
	{"actual": family},
	{
		"{type}": resource.instance_type,
		"{family}": sprintf("of the family %s", [family]),
		"{refusal}": refusal.text,
	},
] |
	_refused
	some resource in resources.with_field("instance_type")
	family := _families[resource.instance_type]
	refusal := _refusals[resource.environment][family]
]

# Those that may be of a family that is not allowed.
_unknown_ones := [[
	resource,
	{"severity": severity},
	{
		"{type}": "a machine type",
		"{family}": sprintf("that is known only after apply (%s)", [attribute]),
		"{refusal}": sprintf("perhaps not among those allowed in %s (%s)", [environment, allowed]),
	},
] |
	some environment, severity in _unknown_severities
	allowed := lists.listed(environments.setting(params.active.instance_family.allowed, environment))
	some position in resources.incomplete
	resource := resources.present[position]
	resource.environment == environment
	not resource.instance_type
	some line in resource.unpriced
	line.reason == "unknown_until_apply"
	[[_, attribute]] := regex.find_all_string_submatch_n(_names_a_type, line.detail, 1)
]

# A warning at most, in the environments where only some families are allowed.
_unknown_severities[environment] := object.get({"info": "info"}, params.severity.instance_family, "warning") if {
	some environment in resources.environments
	environments.setting(params.active.instance_family.allowed, environment)
}

# What providers call the attribute that names a machine type.
_names_a_type := concat("", [
	`^((?:\w+\.)*(?:(?:\w+_)?(?:instance|machine|node|accelerator)_(?:type|types|class|size)`,
	`|vm_size|virtual_machine_size|size|sku|sku_name)) is known only after apply$`,
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
