"""The nearest known name to one that is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest_names(name: str, known: Iterable[str], count: int = 3, alike: float = 0.6) -> list[str]:
    """Return up to ``count`` known names that look like ``name``, the nearest first; 1 is ``alike`` in every letter."""
    from difflib import get_close_matches  # noqa: PLC0415 -- only an error path needs it

    return get_close_matches(name, list(known), n=count, cutoff=alike)


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """Return a hint that names the nearest known name, or None where nothing is near."""
    nearest = nearest_names(name, known, count=1)
    return f"Did you mean {nearest[0]!r}?" if nearest else None
