# METADATA
# title: No disk is of a class that a cheaper one can stand in for
# description: |
#   Some storage classes have a successor that costs less and does as much (gp2 and gp3), others are faster than an
#   environment needs. Looks at the storage class of a resource and at the classes that the lines of its bill name, such
#   as those of a machine's disks. A saving is told where the vendor's prices differ by the same share everywhere: gp3
#   costs 20% less than gp2 (Amazon EBS pricing), pd-balanced 41% less than pd-ssd (Google Cloud disk pricing, 2026-11).
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
import data.tollbar.lib.globs
import data.tollbar.lib.money
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource and storage class.
# scope: document
findings contains result.finding(
	rego.metadata.chain(),
	resource,
	object.union({"actual": class}, {"saving": saving | some saving in savings}),
	{
		"{class}": class,
		"{use}": replacement.use,
		"{saving}": concat("", [sprintf(" and save about %s a month", [money.usd(saving)]) | some saving in savings]),
	},
) if {
	some position, classes in _classes
	resource := resources.present[position]
	some class in classes
	replacement := _replacements[resource.environment][class]
	not globs.any_matches(object.get(replacement, "except_types", []), resource.type)
	cost := sum([line.monthly_cost | some line in resource.breakdown; line.name in _lines[class]])

	# None where it is not known. No function: OPA would remember each of its calls.
	savings := [saving |
		saving := (cost * object.get(replacement, "percent", 0)) / 100
		saving > 0
	]
}

# The classes of a resource that are to be replaced anywhere, told by a trait or a line, by where it stands.
_classes[position] contains class if {
	some class, _ in params.active.storage_class.replacements
	some position
	resources.present[position].traits.storage_class == class
}

_classes[position] contains class if {
	some class, lines in _lines
	some name in lines
	some position
	resources.present[position].breakdown[_].name == name
}

_replacements[environment] := replacements if {
	some environment in resources.environments
	replacements := {class: replacement |
		some class, replacement in params.active.storage_class.replacements
		globs.any_matches(object.get(replacement, "environments", ["*"]), environment)
	}
}

# The lines that name a class: "Storage (general purpose SSD, gp2)".
_lines[class] := breakdown.names([sprintf("* %s)", [class]), sprintf("*(%s)", [class])]) if {
	some class, _ in params.active.storage_class.replacements
}
