"""A weekly review of a hundred replies."""

from anthropic import Anthropic

from support.settings import REVIEW_MODEL


def review(replies):
    """Return what was said of each of the first hundred replies."""
    client = Anthropic()
    notes = []
    for reply in replies[:100]:
        notes.append(
            client.messages.create(
                model=REVIEW_MODEL,
                max_tokens=400,
                system="Judge this reply of our support: right, kind, brief?",
                messages=[{"role": "user", "content": reply}],
            )
        )
    return notes
