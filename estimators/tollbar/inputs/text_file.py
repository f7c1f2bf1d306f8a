"""The text of a file in whatever encoding shells write: UTF-8 with or without a mark, UTF-16 (PowerShell)."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from tollbar.errors import InputError
from tollbar.location import Location

if TYPE_CHECKING:
    from pathlib import Path

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HEAD_BYTES = 4096


def read_text(path: Path, hint: str | None = None) -> str:
    """Return the text of a file; ``hint`` says what to do where it is none.

    Raises:
        InputError: The file cannot be read, or is no text.
    """
    return decoded(read_bytes(path), path, hint)


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        InputError: The file cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as failure:
        raise InputError(f"cannot be read: {failure.strerror}", location=Location(str(path))) from failure


def decoded(content: bytes, path: Path, hint: str | None = None) -> str:
    """Return what bytes say as text.

    Raises:
        InputError: They are no text.
    """
    try:
        return content.decode(_encoding(content))
    except UnicodeDecodeError as wrong:
        raise InputError("this is not a text file", location=Location(str(path)), hint=hint) from wrong


def head_of(path: Path) -> str:
    """Return how a file begins, to tell what kind of file it is; "" where there is nothing to be read."""
    try:
        with path.open("rb") as file:
            content = file.read(_HEAD_BYTES)
    except OSError:
        return ""
    return content.decode(_encoding(content), errors="replace")


def _encoding(content: bytes) -> str:
    return "utf-16" if content.startswith(_UTF_16) else "utf-8-sig"
