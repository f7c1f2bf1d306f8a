"""Microsoft Azure, one file per service family."""
