# METADATA
# title: Autoscaling has sensible bounds
# description: |
#   What scales by itself spends by itself: a retry loop or a load test runs up to the maximum, day and night. So there
#   must be a maximum, it must not be out of proportion to the minimum, and in development the minimum, which is paid
#   for at all times, must be small. A maximum that is not known counts as none.
# custom:
#   code: TB507
#   category: efficiency
#   default_mode: warn
#   message: "{problems}."
#   remediation: >-
#     Set the maximum to what the highest load you expect needs, and the minimum to what the lowest does. Alarms on the
#     number of replicas tell of the rest.
#   params: [mode, enforce_from, max_ratio, min_replicas, other]
#   since: 0.2.0
package tollbar.rules.efficiency.autoscaling_bounds

import data.tollbar.lib.environments
import data.tollbar.lib.figures
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource, with all that is wrong with its bounds.
# scope: document
findings := result.findings(rego.metadata.chain(), [[
	resource,
	{},
	{"{problems}": concat(", ", problems)},
] |
	params.active.autoscaling_bounds
	some resource in resources.with_trait_as("autoscaling", true)
	problems := (_unbounded(resource.traits) | _too_far(resource.traits)) | _too_many(resource)
	count(problems) > 0
])

_config := params.active.autoscaling_bounds

_unbounded(traits) := {"scales without a maximum that is known" | not traits.replicas_max}

_too_far(traits) := {sprintf("may scale from %s to %s, over %s times", [
	figures.tenths(traits.replicas_min),
	figures.tenths(traits.replicas_max),
	figures.tenths(ratio),
]) |
	ratio := _config.max_ratio
	is_number(ratio)
	traits.replicas_max > ratio * max({traits.replicas_min, 1})
}

_too_many(resource) := {sprintf("never has fewer than %s replicas, over the %s limit of %s", [
	figures.tenths(resource.traits.replicas_min),
	resource.environment,
	figures.tenths(limit),
]) |
	limit := environments.entry(_config.min_replicas, resource.environment, _config.other)
	is_number(limit)
	resource.traits.replicas_min > limit
}
