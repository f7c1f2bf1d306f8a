# METADATA
# description: The lines of bills, by what they are called.
package tollbar.lib.breakdown

import data.tollbar.lib.globs
import data.tollbar.lib.inventory
import data.tollbar.lib.resources

# METADATA
# description: |
#   The names of lines that any of the patterns match, whatever the case, those of resources to be deleted among them.
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
having(chosen) := [resources.present[position] | some position in union({positions[name] | some name in chosen})]

# METADATA
# description: |
#   Where among the resources those with a line of a name stand. One object, not a rule by name that many resources add
#   to: OPA compares each addition with all before it.
# scope: document
positions := {name: places |
	some name in _names
	places := {position |
		some position
		resources.present[position].breakdown[_].name == name
	}
}

_names := {name | name := inventory.parts.breakdown[_][_].name}
