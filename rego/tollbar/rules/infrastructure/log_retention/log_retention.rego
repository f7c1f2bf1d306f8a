# METADATA
# title: Logs are not kept longer than their environment needs them
# description: |
#   Logs that nobody deletes are paid for every month anew; for some services, such as CloudWatch, to keep them for ever
#   is what happens if nothing is said. Judges how long logs are kept, by environment; backups are another matter. Logs
#   at the limit pass, and so do those of which the retention is not known.
# custom:
#   code: TB119
#   category: infrastructure
#   default_mode: warn
#   message: keeps logs {actual}, over the {environment} limit of {limit} days.
#   remediation: Set the retention to {limit} days or less; archive what must be kept longer in cold storage.
#   params: [mode, enforce_from, types, limits, other]
#   since: 0.2.0
package tollbar.rules.infrastructure.log_retention

import data.tollbar.lib.globs
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per log that is kept longer than the limit.
# scope: document
findings := result.findings(rego.metadata.chain(), [[
	resource,
	{"limit": limit, "actual": days},
	{
		"{actual}": _in_words(days),
		"{environment}": resource.environment,
		"{limit}": sprintf("%v", [limit]),
	},
] |
	config := params.active.log_retention
	some type in _logs
	some resource in resources.by_type[type]
	days := resource.traits.retention_days
	limit := resources.limit(config, resource.environment)
	_exceeds(days, limit)
])

_logs contains type if {
	some type in resources.types
	globs.any_matches(params.active.log_retention.types, type)
}

# 0 stands for: never deleted.
_exceeds(0, _)

_exceeds(days, limit) if days > limit

_in_words(0) := "for ever"

_in_words(days) := sprintf("for %v days", [days]) if days != 0
