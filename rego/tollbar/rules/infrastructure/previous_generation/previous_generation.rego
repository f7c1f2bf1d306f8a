# METADATA
# title: No machine is of a previous generation
# description: |
#   Machine types that their vendor lists as of a previous generation are slower than those of today at about the same
#   price, and some are being retired. Which these are follows the vendors' own pages; where that is not known, nothing
#   is reported.
# custom:
#   code: TB116
#   category: infrastructure
#   default_mode: advisory
#   message: uses {type}, which its vendor lists as of a previous generation.
#   remediation: Move to a machine type of the current generation.
#   params: [mode, enforce_from, ignore]
#   since: 0.2.0
package tollbar.rules.infrastructure.previous_generation

import data.tollbar.lib.globs
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource on a machine type of a previous generation.
# scope: document
findings := result.findings(rego.metadata.chain(), [[
	resource,
	object.union({"actual": type}, resources.alternative(resource)),
	{"{type}": type},
] |
	config := params.active.previous_generation
	some resource in resources.with_trait_as("previous_generation", true)
	type := object.get(resource, "instance_type", "a machine type")
	not globs.any_matches(config.ignore, type)
])
