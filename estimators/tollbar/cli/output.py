"""Putting a command's result where the user wants it: the terminal, a pipe, a file."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tollbar.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator

_NARROWEST, _WIDEST, _PIPED = 60, 140, 100
_NEW_FILE = 0o644


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

    A link stays a link. What is no file (a pipe, /dev/null, /dev/stdout) is written to, never replaced.

    Raises:
        ConfigError: The file cannot be written.
    """
    if out is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    try:
        if out.exists() and not out.is_file():
            out.write_text(text, encoding="utf-8")
        else:
            _replace(out.resolve(), text)
    except OSError as error:
        raise ConfigError(f"{out} cannot be written: {error.strerror}") from None


def _replace(file: Path, text: str) -> None:
    mode = stat.S_IMODE(file.stat().st_mode) if file.exists() else _NEW_FILE
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as written:
            written.write(text)
        Path(temporary).chmod(mode)
        Path(temporary).replace(file)
    finally:
        Path(temporary).unlink(missing_ok=True)


@contextmanager
def progress(message: str) -> Iterator[None]:
    """Show what is being done on stderr while it lasts, on a terminal only."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console  # noqa: PLC0415 -- a pipe needs no spinner

    with Console(stderr=True).status(message):
        yield
