"""Something about a set of prices that must not be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tollbar.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with what: ``check`` names the test, ``subject`` the price or family."""

    check: str
    subject: str
    detail: str

    def __str__(self) -> str:
        """Return the problem on one line."""
        return f"{self.check}: {self.subject}: {self.detail}"


def refuse(what: str, problems: Sequence[Problem], hint: str) -> None:
    """Do nothing where there is no problem.

    Raises:
        CatalogError: There are problems; the first of them are listed.
    """
    if not problems:
        return
    lines = [f"  {problem}" for problem in problems[:_SHOWN]]
    if len(problems) > _SHOWN:
        lines.append(f"  … {len(problems) - _SHOWN} more")
    count = f"{len(problems)} integrity test{'s' if len(problems) > 1 else ''} failed"
    raise CatalogError("\n".join([f"{what}: {count}; the old prices stay", *lines]), hint=hint)
