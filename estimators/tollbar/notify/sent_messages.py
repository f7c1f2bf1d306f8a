"""What was told before, so that nobody is told twice: hashes of findings with the time, in a small JSON file."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

WINDOW_SECONDS = 24 * 3600.0


class SentMessages:
    """A file of what was sent within the last day. One that cannot be read or written is as good as empty."""

    def __init__(self, file: Path, window: float = WINDOW_SECONDS, clock: Callable[[], float] = time.time) -> None:
        self._file = file
        self._window = window
        self._clock = clock

    def is_new(self, key: tuple[str, ...]) -> bool:
        """Whether a finding was not sent within the window."""
        return _hash(key) not in self._recent()

    def add(self, keys: Iterable[tuple[str, ...]]) -> None:
        """Note that findings were sent now; older ones are forgotten."""
        now = self._clock()
        sent = {**self._recent(), **dict.fromkeys(map(_hash, keys), now)}
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self._file.parent, prefix=f".{self._file.name}.")
            with os.fdopen(handle, "w", encoding="utf-8") as text:
                json.dump(sent, text)
            Path(temporary).replace(self._file)
        except OSError:
            return

    def _recent(self) -> dict[str, float]:
        try:
            kept = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        oldest = self._clock() - self._window
        told = kept.items() if isinstance(kept, dict) else ()
        return {key: when for key, when in told if isinstance(when, int | float) and oldest < when}


def _hash(key: tuple[str, ...]) -> str:
    return hashlib.sha256("\0".join(key).encode()).hexdigest()
