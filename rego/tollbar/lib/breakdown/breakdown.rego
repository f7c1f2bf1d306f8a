# METADATA
# description: The lines of bills, by what they are called.
package tollbar.lib.breakdown

import data.tollbar.lib.globs
import data.tollbar.lib.resources

# METADATA
# description: |
#   The names of lines that any of the patterns match, whatever the case. There are few names where there are many
#   lines: each is matched once.
names(patterns) := {name |
	some name in _names
	globs.any_matches({lower(pattern) | some pattern in patterns}, lower(name))
}

# METADATA
# description: What the lines with some names cost a month of a resource, as far as it is known; 0 where it has none.
cost(resource, chosen) := sum([line.monthly_cost |
	some line in resource.breakdown
	line.name in chosen
])

# METADATA
# description: The resources that have a line with any of some names.
having(chosen) := [resource |
	chosen_positions := {position |
		some name in chosen
		some position in positions[name]
	}
	some position in chosen_positions
	resource := resources.present[position]
]

# METADATA
# description: Where among the resources those with a line of a name stand.
# scope: document
positions[name] contains position if {
	some position
	name := resources.present[position].breakdown[_].name
}

_names := {name | name := resources.present[_].breakdown[_].name}
