# METADATA
# title: Every resource has a price
# description: |
#   What has no price is missing from every total, and is not free for that. This rule names each resource of which
#   something could not be priced, and why: its type is not supported, there is no price for it in its region, or a
#   value is only known after apply. A resource whose cost depends on use that nobody told is not unpriced; it is listed
#   as "by usage". How many may be unpriced in all is for unpriced_share (TB005) to judge.
# custom:
#   code: TB002
#   category: integrity
#   default_mode: warn
#   message: "has no complete price: {reasons}."
#   remediation: >-
#     Run tollbar prices refresh, add its price to a price book, or give what is known only after apply.
#     If the type may go unpriced, list it in unpriced_resource.allow_types.
#   params: [mode, enforce_from, allow_types]
#   since: 0.1.0
package tollbar.rules.integrity.unpriced_resource

import data.tollbar.lib.globs
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource, with each reason once.
# scope: document
findings := result.findings(rego.metadata.chain(), [[resource, {}, {"{reasons}": concat("; ", reasons)}] |
	params.active.unpriced_resource
	some position in resources.incomplete
	resource := resources.present[position]
	not resource.type in _allowed
	reasons := [sprintf("%s (%s)", [object.get(_reasons, reason, reason), _listed(details)]) |
		some reason in {line.reason | some line in resource.unpriced}
		details := sort({line.detail | some line in resource.unpriced; line.reason == reason})
	]
])

# A few tell what is wrong; the estimate has them all.
_listed(details) := concat("; ", details) if {
	count(details) <= 3
} else := sprintf("%s; and %d more", [concat("; ", array.slice(details, 0, 2)), count(details) - 2])

_allowed contains type if {
	some type in resources.types
	globs.any_matches(params.active.unpriced_resource.allow_types, type)
}

_reasons := {
	"unsupported_type": "the type is not supported",
	"price_not_found": "no price was found",
	"unknown_until_apply": "a value is not known until apply",
}
