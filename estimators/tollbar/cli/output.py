"""Putting a command's result where the user wants it: the terminal, a pipe, a file."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tollbar.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator

_NARROWEST, _WIDEST, _PIPED = 60, 140, 100


def terminal_width() -> int:
    """Return how many columns a report may use: the terminal's, or 100 where the output is piped."""
    if "COLUMNS" not in os.environ and not sys.stdout.isatty():
        return _PIPED
    return max(_NARROWEST, min(shutil.get_terminal_size().columns, _WIDEST))


def wants_colour(out: Path | None) -> bool:
    """Whether to use colours: on a terminal only, and not under NO_COLOR."""
    return out is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def write(text: str, out: Path | None) -> None:
    """Print a report, or write it to a file that is replaced at once.

    Raises:
        ConfigError: The file cannot be written.
    """
    if out is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    try:
        handle, temporary = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    except OSError as error:
        raise ConfigError(f"{out} cannot be written: {error.strerror}") from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(out)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise ConfigError(f"{out} cannot be written: {error.strerror}") from None


@contextmanager
def progress(message: str) -> Iterator[None]:
    """Show what is being done on stderr while it lasts, on a terminal only."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console  # noqa: PLC0415 -- a pipe needs no spinner

    with Console(stderr=True).status(message):
        yield
