# METADATA
# title: Large object stores have lifecycle rules
# description: |
#   What is put into an object store stays there, at the price of data in daily use, until a rule moves it to a colder
#   class or deletes it. Judges stores of which it is known that they have no such rules, by how much they keep. A store
#   at the limit passes.
# custom:
#   code: TB118
#   category: infrastructure
#   default_mode: advisory
#   message: keeps {actual} without lifecycle rules, over the limit of {limit} GiB.
#   remediation: >-
#     Add lifecycle rules: move what is seldom read to a colder class; delete what is no longer needed, old versions,
#     and uploads that were never completed.
#   params: [mode, enforce_from, limit, include_unknown]
#   since: 0.2.0
package tollbar.rules.infrastructure.storage_lifecycle

import data.tollbar.lib.figures
import data.tollbar.lib.money
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per store without rules that keeps more than the limit.
# scope: document
findings := result.findings(rego.metadata.chain(), _found)

_found contains [
	resource,
	{"limit": _config.limit, "actual": resource.traits.storage_gib},
	{
		"{actual}": concat("", [figures.whole(resource.traits.storage_gib), " GiB", _cost(resource)]),
		"{limit}": figures.whole(_config.limit),
	},
] if {
	_config
	some resource in resources.with_trait_as("lifecycle_rules", false)
	resource.traits.storage_gib > _config.limit
}

_found contains [
	resource,
	{"limit": _config.limit},
	{
		"{actual}": "an unknown amount",
		"{limit}": figures.whole(_config.limit),
	},
] if {
	_config.include_unknown
	some resource in resources.with_trait_as("lifecycle_rules", false)
	not resource.traits.storage_gib
}

_config := params.active.storage_lifecycle

_cost(resource) := sprintf(" (%s a month)", [money.usd(resource.monthly_cost)])

_cost(resource) := "" if not resource.monthly_cost
