"""From what is named to an estimate."""
