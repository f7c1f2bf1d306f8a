# METADATA
# description: Lists of what is denied and of what alone is allowed, by environment.
package tollbar.lib.lists

import data.tollbar.lib.environments
import data.tollbar.lib.globs

# METADATA
# description: |
#   Why a value may not be used in an environment: {list, text}, the list (denied or allowed) that says so and the rest
#   of a sentence that names it. Undefined if it may. What is denied stays so, even if it is allowed as well.
refusal(lists, environment, value) := {
	"list": "denied",
	"text": sprintf("denied in %s (%s)", [environment, concat(", ", patterns)]),
} if {
	patterns := {pattern |
		some pattern in environments.setting(lists.denied, environment)
		globs.matches(pattern, value)
	}
	count(patterns) > 0
} else := {
	"list": "allowed",
	"text": sprintf("not among those allowed in %s (%s)", [environment, listed(patterns)]),
} if {
	patterns := environments.setting(lists.allowed, environment)
	not globs.any_matches(patterns, value)
}

# METADATA
# description: The patterns of a list of what alone is allowed, as text.
# scope: document
listed(patterns) := concat(", ", patterns) if count(patterns) > 0

listed([]) := "none is"
