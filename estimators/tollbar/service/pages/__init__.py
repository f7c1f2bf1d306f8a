"""Pages for people: what was decided lately, what is spent, where it leads."""
