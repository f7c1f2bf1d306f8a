"""Which models the assistant calls."""

import os

ANSWER_MODEL = os.getenv("ANSWER_MODEL", "gpt-4o-mini")
REVIEW_MODEL = "claude-sonnet-4-5"
