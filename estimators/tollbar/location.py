"""Where something stands in the user's files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Location:
    """A file and, where it is known, the line in it (counted from 1)."""

    file: str
    line: int | None = None

    def __str__(self) -> str:
        """Return ``file:line``, or ``file`` alone where no line is known."""
        return self.file if self.line is None else f"{self.file}:{self.line}"
