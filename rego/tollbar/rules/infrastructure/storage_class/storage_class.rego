# METADATA
# title: No disk is of a class that a cheaper one can stand in for
# description: |
#   Some storage classes have a successor that costs less (gp2 and gp3), others are faster than an environment needs.
#   Looks at the storage class of a resource and at the classes that the lines of its bill name, such as those of a
#   machine's disks. A saving is told where the prices of the vendor differ by about the same share everywhere: a GB on
#   gp3 costs 20% less than on gp2 in every region, one on pd-balanced 41% less than on pd-ssd (36% in europe-central2,
#   40% in some others), by the price tables that Tollbar ships. gp3 comes with 3,000 IOPS and 125 MB/s; a gp2 volume of
#   more than 170 GB can be faster, one of more than 1,000 GB always is, and what is needed beyond that costs extra.
# custom:
#   code: TB117
#   category: infrastructure
#   default_mode: advisory
#   message: keeps data on {class}, where {use} would do{saving}.
#   remediation: Change the storage class to {use}.
#   params: [mode, enforce_from, replacements]
#   since: 0.2.0
package tollbar.rules.infrastructure.storage_class

import data.tollbar.lib.breakdown
import data.tollbar.lib.environments
import data.tollbar.lib.globs
import data.tollbar.lib.inventory
import data.tollbar.lib.money
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource and storage class.
# scope: document
findings := result.findings(rego.metadata.chain(), [[
	resource,
	object.union({"actual": class}, {"saving": saving | saving > 0}),
	{
		"{class}": class,
		"{use}": replacement.use,
		"{saving}": concat("", [sprintf(" and save about %s a month", [money.usd(cents / 100)]) | saving > 0]),
	},
] |
	some class, lines in _lines
	told_by_trait := object.get(_told_by_trait, class, set())
	told_by_line := union({positions | some name in lines; positions := breakdown.positions[name]})
	some position in (told_by_trait | told_by_line)
	resource := resources.present[position]
	replacement := _replacements[resource.environment][class]
	not globs.any_matches(object.get(replacement, "except_types", []), resource.type)

	# 0 where it is not known. No function: OPA would remember each of its calls.
	cost := sum([line.monthly_cost | some line in resource.breakdown; line.name in lines])
	saving := (cost * object.get(replacement, "percent", 0)) / 100

	# OPA looks for an amount among those of the same whole part one by one: of cents, there are a hundred.
	cents := round(saving * 100)
])

# Where those of a class stand, by their trait.
_told_by_trait := {class: positions |
	some class in {class | class := inventory.parts.traits[_].storage_class}
	positions := {position | some position; resources.present[position].traits.storage_class == class}
}

_replacements[environment] := replacements if {
	some environment in resources.environments
	replacements := {class: replacement |
		some class, replacement in params.active.storage_class.replacements
		environments.any_matches(object.get(replacement, "environments", ["*"]), environment)
	}
}

# The lines that name each class: "Storage (general purpose SSD, gp2)".
_lines[class] := breakdown.names([sprintf(form, [globs.escaped(class)]) | some form in ["* %s)", "*(%s)"]]) if {
	some class, _ in params.active.storage_class.replacements
}
