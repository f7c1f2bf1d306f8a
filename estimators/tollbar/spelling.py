"""Names that are not known: how an error writes them, and the nearest known ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_LONGEST_ECHO = 60
_WIDTH = 90


def nearest_names(name: str, known: Iterable[str], count: int = 3, alike: float = 0.6) -> list[str]:
    """Return up to ``count`` known names that look like ``name``, the nearest first; 1 is ``alike`` in every letter."""
    from difflib import get_close_matches  # noqa: PLC0415 -- only an error path needs it

    return get_close_matches(name, list(known), n=count, cutoff=alike)


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """Return a hint that names the nearest known name, or None where nothing is near."""
    nearest = nearest_names(name, known, count=1)
    return f"Did you mean {nearest[0]!r}?" if nearest else None


def nearest_or_all(name: str, known: Collection[str]) -> str:
    """Return a hint that names the nearest known name, or all of them where nothing is near."""
    from textwrap import fill  # noqa: PLC0415 -- only an error path needs it

    listed = fill(", ".join(known), _WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    return did_you_mean(name, known) or f"Known: {listed}"


def quoted(text: str) -> str:
    """Return what somebody typed as an error may echo it: no control characters, and not more than 60 letters."""
    return repr(text if len(text) <= _LONGEST_ECHO else f"{text[:_LONGEST_ECHO]}…")
