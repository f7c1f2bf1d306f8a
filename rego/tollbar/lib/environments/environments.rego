# METADATA
# description: What a rule's parameters say of an environment.
package tollbar.lib.environments

import data.tollbar.lib.globs
import data.tollbar.lib.inventory

# METADATA
# description: |
#   What a map by environment holds for one: its own entry, else that of "other". Undefined where there is neither, and
#   where it is null, which takes an environment out.
setting(by_environment, environment) := found if {
	found := entry(by_environment, environment, object.get(by_environment, "other", null))
	not is_null(found)
}

# METADATA
# description: The environments of an estimate's resources that any of the patterns match.
matching(patterns) := {environment |
	some environment in {name | name := inventory.kinds[_].environment}
	any_matches(patterns, environment)
}

# METADATA
# description: |
#   What a map by environment holds for one, whatever the case (Dev is dev) and in the long form (production is prod);
#   what is given besides where it has no entry. Else whoever writes an environment otherwise lifts its limits.
entry(by_environment, environment, otherwise) := by_environment[environment] if {
	environment in object.keys(by_environment)
} else := by_environment[_key(by_environment, {lower(environment)})] if {
	_key(by_environment, {lower(environment)})
} else := by_environment[_key(by_environment, {_short[lower(environment)]})] if {
	_key(by_environment, {_short[lower(environment)]})
} else := otherwise

# METADATA
# description: Whether any of the patterns matches an environment, whatever the case.
any_matches(patterns, environment) if globs.any_matches({lower(pattern) | some pattern in patterns}, lower(environment))

# The first of the keys that are one of some names, whatever the case.
_key(by_environment, names) := min({key | some key in object.keys(by_environment); lower(key) in names})

_short := {"development": "dev", "production": "prod", "stage": "staging", "stg": "staging", "prd": "prod"}
