"""What was typed as words of a name, before anything is looked up by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.errors import InputError
from tollbar.spelling import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST = 300
"""How many letters are looked up: more than any name has, and less than is slow."""


def typed_words(texts: Sequence[str]) -> list[str]:
    """Return words with single spaces in them, without empty ones.

    Raises:
        InputError: There is none, or they are too long or hold what no name holds: control characters,
            or bytes that are no UTF-8 (which Python passes on as surrogates).
    """
    words = [word for text in texts if (word := " ".join(text.split()))]
    if not words:
        raise InputError("no word given", hint="Name what is sold: `tollbar prices search gp3 eu-west-1`.")
    for word in words:
        if not word.isprintable():
            raise InputError(f"{quoted(word)} is no name: it holds characters that cannot be printed")
    if sum(map(len, words)) > _LONGEST:
        raise InputError(f"no price is called {quoted(' '.join(words))}", hint="Try fewer or shorter words.")
    return words
