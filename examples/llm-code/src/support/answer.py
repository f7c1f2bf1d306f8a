"""Answers to customers, and what is worth knowing of their letters."""

from support.models import ask
from support.settings import ANSWER_MODEL


def reply(letter):
    """Return a reply to a letter."""
    return ask(letter, ANSWER_MODEL)


def classify(letters):
    """Return a label for each letter."""
    return [ask(f"Classify as order, complaint or other: {letter}", ANSWER_MODEL, max_tokens=5) for letter in letters]
