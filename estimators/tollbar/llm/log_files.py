"""The files of a usage log: globs and folders spread out, standard input kept in a file, what kind each is."""

from __future__ import annotations

import glob
import gzip
import shutil
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal, cast

from tollbar.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal["lines", "array", "documents", "csv", "parquet"]

STDIN = "-"
_COMPRESSED = {".gz": "gzip", ".zst": "zstd", ".zstd": "zstd"}
_TEXT: dict[str, Kind] = {
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".json": "lines",
    ".log": "lines",
    ".csv": "csv",
    ".tsv": "csv",
}
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_PARQUET = b"PAR1"
_UTF16 = {b"\xff\xfe", b"\xfe\xff"}
_MARK = b"\xef\xbb\xbf"
_HEAD = 65_536


@dataclass(frozen=True, slots=True)
class LogFile:
    """A file to read: its name as given, where it is, what it holds and how it is packed (None: not at all)."""

    name: str
    path: Path
    kind: Kind
    compression: str | None = None
    empty: bool = False
    utf16: bool = False


def log_files(given: Sequence[str], kept: Path) -> list[LogFile]:
    """Return the files that are meant, in order, each once by whatever path; ``-`` is standard input, kept in ``kept``.

    Raises:
        InputError: A path does not exist, or a pattern or folder has no file of a usage log.
    """
    found: dict[str, LogFile] = {}
    for name in given:
        if name == STDIN:
            found[name] = _opened("(standard input)", _kept_stdin(kept))
            continue
        for path in _spread(name):
            found.setdefault(str(path.resolve()), _opened(str(path), path))
    return list(found.values())


def _spread(name: str) -> list[Path]:
    path = Path(name)
    if path.is_dir():
        files = [file for file in sorted(path.rglob("*")) if file.is_file() and _known_suffix(file)]
        if not files:
            raise InputError(
                f"{name}: no usage log in this folder",
                hint=f"Files are known by their ending: {', '.join([*_TEXT, '.parquet'])}; .gz and .zst too.",
            )
        return files
    if path.is_file():
        return [path]
    matched = [Path(match) for match in sorted(glob.glob(name, recursive=True)) if Path(match).is_file()]  # noqa: PTH207 -- patterns may be absolute
    if not matched:
        raise InputError(f"{name}: no such file", hint="Give a file, a folder, a pattern, or - for standard input.")
    return matched


def _known_suffix(path: Path) -> bool:
    suffixes = [suffix for suffix in path.suffixes if suffix not in _COMPRESSED]
    return not path.name.startswith(".") and bool(suffixes) and suffixes[-1] in {*_TEXT, ".parquet"}


def _kept_stdin(kept: Path) -> Path:
    target = kept / "stdin"
    with target.open("wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
    return target


def _opened(name: str, path: Path) -> LogFile:
    """Return a file with what its first bytes say it is.

    Raises:
        InputError: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            magic = file.read(4)
    except OSError as error:
        raise InputError(f"{name}: {error.strerror}") from error
    if magic == _PARQUET:
        return LogFile(name, path, "parquet")
    if magic[:2] in _UTF16:
        return LogFile(name, path, "csv" if _guessed(path) == "csv" else "lines", utf16=True)
    packed = "gzip" if magic.startswith(_GZIP) else "zstd" if magic == _ZSTD else None
    head, is_whole = (b"", True) if packed == "zstd" else _head(name, path, packed)
    guessed = _guessed(path)
    if packed == "zstd":
        return LogFile(name, path, "csv" if guessed == "csv" else "lines", packed)
    return LogFile(name, path, _kind(head, guessed), packed, empty=is_whole and not head.strip())


def _guessed(path: Path) -> Kind | None:
    suffixes = [suffix for suffix in path.suffixes if suffix not in _COMPRESSED]
    return _TEXT.get(suffixes[-1]) if suffixes else None


def _head(name: str, path: Path, packed: str | None) -> tuple[bytes, bool]:
    """Return the beginning of a file, and whether it could be read: what stands before a packed file's end counts.

    Raises:
        InputError: It cannot be read at all.
    """
    head = b""
    try:
        with cast("IO[bytes]", gzip.open(path, "rb")) if packed else path.open("rb") as file:
            while len(head) < _HEAD and (chunk := file.read1(_HEAD - len(head))):  # type: ignore[attr-defined]
                head += chunk
    except (EOFError, zlib.error, gzip.BadGzipFile):
        return head.removeprefix(_MARK), False
    except OSError as error:
        raise InputError(f"{name}: {error.strerror}") from error
    return head.removeprefix(_MARK), True


def _kind(head: bytes, guessed: str | None) -> Kind:
    if guessed == "csv":
        return "csv"
    start = head.lstrip()
    first = start.partition(b"\n")[0].strip()
    if start.startswith(b"[") and not (first.endswith(b"]") and len(first) < len(start.strip())):
        return "array"
    if start.startswith(b"{"):
        return "lines" if first.endswith(b"}") or (len(head) == _HEAD and b"\n" not in head) else "documents"
    return "lines" if guessed == "lines" or not first or b"," not in first else "csv"
