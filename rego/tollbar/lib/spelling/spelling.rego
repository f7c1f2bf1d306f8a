# METADATA
# description: Finds the known name that somebody may have meant.
package tollbar.lib.spelling

# METADATA
# description: |
#   What to add to "is not known": the nearest known name, or all of them, if none is near and they are few.
hint(name, known) := sprintf(" (did you mean %s?)", [candidate]) if {
	candidate := nearest(name, known)
} else := " (there are none)" if {
	count(known) == 0
} else := sprintf(" (known: %s)", [concat(", ", sort(known))]) if {
	count(known) <= 20
} else := ""

# METADATA
# description: The known name most like a name; undefined where none is near.
nearest(name, known) := max({[score, candidate] |
	some candidate in known
	score := similarity(name, candidate)
	score >= 0.4
})[1]

# METADATA
# description: |
#   From 0 to 1: the share of letter pairs that two names have in common (Sørensen-Dice), whatever the case and
#   the word separators. The ends of a name count as letters.
similarity(first, second) := (2 * count(left & right)) / (count(left) + count(right)) if {
	left := _pairs(first)
	right := _pairs(second)
}

_pairs(name) := {pair |
	plain := sprintf("^%s$", [regex.replace(lower(name), `[^a-z0-9]`, "")])
	some index in numbers.range(0, count(plain) - 2)
	pair := substring(plain, index, 2)
}
