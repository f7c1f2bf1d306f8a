"""The golden cases: a folder each, with inputs, the arguments of the command, and all that must come out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

NOW = "2026-11-21T12:00:00Z"
FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """One golden case: ``tollbar check ARGUMENTS``, run in its folder, exits with ``exit_code``."""

    folder: Path
    arguments: tuple[str, ...]
    exit_code: int

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.name

    @property
    def estimate_file(self) -> Path:
        """The expected estimate, which is also an input document for the policy engines."""
        return self.folder / "expected" / "estimate.json"

    @property
    def settings(self) -> Path | None:
        """The configuration the case is decided under."""
        if "--config" in self.arguments:
            return self.folder / self.arguments[self.arguments.index("--config") + 1]
        beside = self.folder / self.arguments[0] / "tollbar.yml"
        return beside if beside.is_file() else None


def golden_cases() -> list[Case]:
    """Return all cases, ordered by name."""
    found = []
    for file in sorted(FOLDER.glob("*/case.json")):
        document = json.loads(file.read_text(encoding="utf-8"))
        found.append(Case(file.parent, tuple(document["arguments"]), document["exit_code"]))
    return found
