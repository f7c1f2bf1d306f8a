# METADATA
# title: Nothing is more redundant than its environment needs
# description: |
#   A copy in a second zone or region about doubles what a database or cache costs. Production needs it, most other
#   environments do not. Judges types where redundancy is chosen and paid for, not those that have it anyway, such as
#   S3. What costs nothing, and what is not known to be redundant, passes.
# custom:
#   code: TB120
#   category: infrastructure
#   default_mode: warn
#   message: runs in several {places} in {environment}, where {limit} is enough{saving}.
#   remediation: Turn the redundancy off in {environment} (multi_az, availability_type, zone_redundant and their like).
#   params: [mode, enforce_from, limits, other, types]
#   since: 0.2.0
package tollbar.rules.infrastructure.redundancy

import data.tollbar.lib.breakdown
import data.tollbar.lib.environments
import data.tollbar.lib.globs
import data.tollbar.lib.money
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource that is spread wider than the limit.
# scope: document
findings := result.findings(rego.metadata.chain(), [[
	resource,
	object.union({"limit": limit, "actual": actual}, {"saving": saving | some saving in savings}),
	{
		"{places}": object.get(_places, actual, actual),
		"{environment}": resource.environment,
		"{limit}": object.get(_words, limit, limit),
		"{saving}": concat("", [sprintf(" and costs at least %s a month less", [money.usd(saving)]) |
			some saving in savings
		]),
	},
] |
	config := params.active.redundancy
	some type in _judged
	some resource in resources.by_type[type]
	actual := resource.traits.redundancy
	limit := environments.entry(config.limits, resource.environment, config.other)
	_rank[actual] > _rank[limit]
	not resource.free

	# What runs in two zones costs twice as much, in three more ("On-Demand DB instances for Amazon RDS", "Overview of the
	# high availability configuration" of Cloud SQL).
	savings := _savings(resource)
])

_judged contains type if {
	some type in resources.types
	globs.any_matches(params.active.redundancy.types, type)
}

# USD a month, none where it is not known.
_savings(resource) := [saving |
	saving := breakdown.cost(resource, _doubled) / 2
	saving > 0
]

_doubled := breakdown.names(["*multi-az*", "*regional*"])

_rank := {"zone": 1, "multi_zone": 2, "multi_region": 3}

_places := {"multi_zone": "zones", "multi_region": "regions"}

_words := {"zone": "one zone", "multi_zone": "one region"}
