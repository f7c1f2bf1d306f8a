"""Stage 1: what was declared, read from whatever kind of file it is in."""
