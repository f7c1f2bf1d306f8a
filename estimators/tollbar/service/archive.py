"""Uploaded zip archives, unpacked without trusting a word they say.

Names may lead nowhere else, links are refused, sizes are counted while unpacking, not believed, and a file that is
packed more tightly than any text is refused: an archive of a few kilobytes may say it holds terabytes.
"""

from __future__ import annotations

import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from tollbar.service.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 64 * 1024
_TIGHTEST = 200
"""How many bytes a packed byte may become: repetitive JSON is packed to about a hundredth."""
_SMALL = 1024 * 1024
"""Below this a file may be packed as tightly as it likes."""
_LONGEST_NAME = 1024


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """How much an archive may hold: bytes of all files, and files."""

    unpacked_bytes: int
    files: int


def unpack(archive: IO[bytes], folder: Path, limits: ArchiveLimits) -> None:
    """Write the files of a zip archive below a folder.

    Raises:
        Problem: 400, it is none, is damaged or encrypted, or a name leads elsewhere; 413, it holds too much.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            _check_count(opened, limits)
            left = limits.unpacked_bytes
            for entry, place in _files(opened, folder):
                left -= _unpack_file(opened, entry, place, left)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError, RuntimeError) as error:
        raise Problem(400, "archive-not-readable", f"the archive cannot be read: {_reason(error)}") from None
    except zipfile.LargeZipFile:
        raise Problem(413, "archive-too-large", "the archive is too large") from None


def _check_count(opened: zipfile.ZipFile, limits: ArchiveLimits) -> None:
    if len(opened.infolist()) > limits.files:
        raise Problem(413, "archive-too-large", f"the archive holds more than {limits.files:,} files")


def _files(opened: zipfile.ZipFile, folder: Path) -> Iterator[tuple[zipfile.ZipInfo, Path]]:
    seen = set[str]()
    for entry in opened.infolist():
        if entry.is_dir():
            continue
        name = entry.filename
        if entry.flag_bits & 0x1:
            raise Problem(400, "archive-encrypted", "the archive is encrypted")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise Problem(400, "archive-with-link", f"{_shown(name)} is a link; an archive may hold files only")
        path = PurePosixPath(name.replace("\\", "/"))
        leads_away = path.is_absolute() or ".." in path.parts or ":" in name or "\0" in name
        if leads_away or len(name) > _LONGEST_NAME or not path.parts:
            raise Problem(400, "archive-name", f"{_shown(name)} is no name that a file may have in an archive")
        if str(path) in seen:
            raise Problem(400, "archive-name", f"{_shown(name)} is in the archive twice")
        seen.add(str(path))
        yield entry, folder / path


def _unpack_file(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, place: Path, left: int) -> int:
    """Write one file and return its size."""
    written = 0
    place.parent.mkdir(parents=True, exist_ok=True)
    with opened.open(entry) as packed, place.open("xb") as file:
        while chunk := packed.read(_CHUNK):
            written += len(chunk)
            if written > left:
                raise Problem(413, "archive-too-large", "the archive holds more than may be unpacked")
            if written > _SMALL and written > entry.compress_size * _TIGHTEST:
                raise Problem(413, "archive-too-large", f"{_shown(entry.filename)} is packed too tightly to be real")
            file.write(chunk)
    return written


def _shown(name: str) -> str:
    return ascii(name[:80])


def _reason(error: Exception) -> str:
    return type(error).__name__ if isinstance(error, OSError) else str(error)[:200] or type(error).__name__
