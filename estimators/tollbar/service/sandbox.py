"""What a worker may touch while it reads somebody else's files: those, the program's own, and no network.

Terraform has functions that read files, and modules are folders by relative paths: `file("../../etc/passwd")` in an
upload must not end in an estimate. Python tells an audit hook of every file it opens (PEP 578); this one refuses.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import tollbar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FILE_EVENTS = frozenset({"open", "os.listdir", "os.scandir", "sqlite3.connect"})
_REFUSED_EVENTS = frozenset({"socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec"})
_HARMLESS = frozenset({os.devnull, "/dev/urandom"})
_allowed: list[str] = []
"""Folders that may be read while a job runs; empty while none does."""
_own: list[str] = []


def guard(readable: Sequence[str]) -> None:
    """Install the hook, for good: Python knows no way to take one out again. ``readable`` are folders of prices."""
    paths = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    paths |= {str(Path(tollbar.__file__).parent), sys.prefix, sys.base_prefix}
    _own.extend(sorted({os.path.realpath(path) for path in [*paths, *readable]}))
    sys.addaudithook(_refuse)


@contextmanager
def files_below(folder: Path) -> Iterator[None]:
    """Let nothing but the files below a folder, and the program's own, be opened."""
    _allowed[:] = [os.path.realpath(folder), *_own]
    try:
        yield
    finally:
        _allowed.clear()


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if not _allowed:
        return
    if event in _REFUSED_EVENTS:
        raise PermissionError(1, "not allowed in an estimate")
    if event in _FILE_EVENTS and arguments and not _may_be_read(arguments[0]):
        raise PermissionError(1, "outside of the upload")


def _may_be_read(place: object) -> bool:
    if not isinstance(place, str | bytes | os.PathLike):
        return True  # a file that is open already
    path = os.fsdecode(place)
    if path in _HARMLESS:
        return True
    path = os.path.realpath(path.removeprefix("file:").partition("?")[0])
    return any(path == folder or path.startswith(f"{folder}{os.sep}") for folder in _allowed)
