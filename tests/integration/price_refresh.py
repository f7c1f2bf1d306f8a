"""Running ``tollbar prices`` as a user does: a process of its own, with a folder for refreshed prices."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_SECRETS = ("AWS_", "AZURE_", "GOOGLE_", "CLOUDSDK_", "TOLLBAR_")


@dataclass(frozen=True)
class Prices:
    """The command, with where its refreshed prices are kept."""

    folder: Path

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command and return its process."""
        return subprocess.Popen(
            [sys.executable, "-m", "tollbar", *arguments],
            env=self._environment(),
            cwd=self.folder.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Run a command and return its exit code, what it printed, and its errors."""
        with self.start(*arguments) as process:
            out, err = process.communicate(timeout=60)
        return process.returncode, out, err

    def files(self) -> dict[str, bytes]:
        """Return the snapshots of refreshed prices, byte by byte."""
        return {file.name: file.read_bytes() for file in sorted(self.folder.glob("*.sqlite"))}

    def _environment(self) -> dict[str, str]:
        kept: Sequence[tuple[str, str]] = [(k, v) for k, v in os.environ.items() if not k.startswith(_SECRETS)]
        return {**dict(kept), "TOLLBAR_PRICES_DIR": str(self.folder), "NO_COLOR": "1"}
