# METADATA
# description: What a rule's parameters say of an environment.
package tollbar.lib.environments

import data.tollbar.lib.globs

# METADATA
# description: |
#   What a map by environment holds for one: its own entry, else that of "other". Undefined where there is neither, and
#   where it is null, which takes an environment out.
setting(by_environment, environment) := found if {
	found := object.get(by_environment, environment, object.get(by_environment, "other", null))
	not is_null(found)
}

# METADATA
# description: The environments of an estimate's resources that any of the patterns match.
matching(patterns) := {environment |
	some environment in {name | name := input.resources[_].environment}
	globs.any_matches(patterns, environment)
}
