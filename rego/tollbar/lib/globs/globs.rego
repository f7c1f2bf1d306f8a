# METADATA
# description: Patterns with * for any text and ? for one character.
package tollbar.lib.globs

# METADATA
# description: Whether a pattern matches the whole value.
matches(pattern, value) if {
	# null lets * run across every character; [] would stop it at dots.
	glob.match(pattern, null, value)
}

# METADATA
# description: Whether any of the patterns matches the whole value.
any_matches(patterns, value) if {
	some pattern in patterns
	matches(pattern, value)
}

# METADATA
# description: A pattern in which only * and ? are special - no lists of characters [abc] or of words {a,b}.
escaped(pattern) := regex.replace(pattern, `[\[\]{}\\]`, `\$0`)
