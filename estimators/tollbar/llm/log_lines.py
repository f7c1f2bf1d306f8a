"""The records of one file as a relation for DuckDB, and which line each of them stands on.

DuckDB's reader passes over blank lines and gives NULL for a broken one. So a record's place among the records is its
line, but for blank lines before it: those are looked for only where the file has more lines than records.
A file that the reader refuses as a whole is read again from a copy in which the lines it stumbled over are broken in a
way that it can report.
"""

# ruff: noqa: S608 -- SQL of our own parts; what a user wrote goes in as parameters or by log_sql.literal

from __future__ import annotations

import gzip
import re
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, replace
from os import SEEK_END
from typing import IO, TYPE_CHECKING, cast

from tollbar.llm.log_sql import literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from tollbar.llm.log_files import LogFile

LONGEST_RECORD = 8 * 1024 * 1024
"""Bytes of a line; a prompt of a million tokens is half of it. DuckDB keeps several buffers of twice the size."""

_MOST_PACKED = 30
"""How many times its packed size a file of JSON may have."""
_REJECTED = 100_000
"""Broken lines of a CSV file that are kept by line."""
_HEAD = 1 << 20
_CHUNK = 1 << 20
_BLANK = re.compile(rb"[ \t\r]*")


@dataclass(frozen=True, slots=True)
class Records:
    """A query with the columns ``file``, ``line`` (NULL: by its place) and ``json``, and the line of its first row."""

    query: str
    first_line: int = 1


def records_of(connection: DuckDBPyConnection, file: LogFile, number: int) -> Records:
    """Return the records of a file, as DuckDB reads them; ``number`` stands for the file.

    Raises:
        duckdb.Error: DuckDB refuses the file as a whole.
    """
    path = literal(str(file.path))
    packed = f", compression = '{file.compression}'" if file.compression else ""
    if file.kind in {"csv", "parquet"}:
        options = f", all_varchar = true, header = true, store_rejects = true, rejects_limit = {_REJECTED}{packed}"
        table = f"read_csv({path}{options})" if file.kind == "csv" else f"read_parquet({path})"
        columns = connection.execute(f"DESCRIBE SELECT * FROM {table}").fetchall()
        json = f"json_object({', '.join(f'{literal(name)}, {_as_json(name, kind)}' for name, kind, *_ in columns)})"
        return Records(
            f"SELECT {number} AS file, NULL AS line, {json} AS json FROM {table}", 2 if file.kind == "csv" else 1
        )
    if file.kind == "lines":
        options = f"format = 'newline_delimited', ignore_errors = true, maximum_object_size = {LONGEST_RECORD}{packed}"
    else:
        shape = "array" if file.kind == "array" else "unstructured"
        size = max(LONGEST_RECORD, file.path.stat().st_size * (_MOST_PACKED if packed else 1) + 1)
        options = f"format = '{shape}', maximum_object_size = {size}{packed}"
    json = f"CASE WHEN strlen(json) <= {LONGEST_RECORD} THEN json END" if file.kind == "lines" else "json"
    return Records(f"SELECT {number} AS file, NULL AS line, {json} AS json FROM read_json_objects({path}, {options})")


def column_names(connection: DuckDBPyConnection, file: LogFile) -> list[str]:
    """Return the columns of a table; none of one that DuckDB refuses: reading it tells why."""
    import duckdb  # noqa: PLC0415 -- an extra

    path = literal(str(file.path))
    packed = f", compression = '{file.compression}'" if file.compression else ""
    table = f"read_parquet({path})" if file.kind == "parquet" else f"read_csv({path}, all_varchar = true{packed})"
    try:
        return [name for name, *_ in connection.execute(f"DESCRIBE SELECT * FROM {table}").fetchall()]
    except duckdb.Error:
        return []


def _as_json(name: str, kind: str) -> str:
    """Return a column as a value of a JSON object: text that is an object or a list of JSON is one."""
    column = '"' + name.replace('"', '""') + '"'
    if kind != "VARCHAR":
        return column
    return (
        f"CASE WHEN (starts_with({column}, '{{') OR starts_with({column}, '[')) AND json_valid({column}) "
        f"THEN CAST({column} AS JSON) ELSE to_json({column}) END"
    )


def line_count(file: LogFile) -> int:
    """Return how many lines a file has, one without an end at its end included."""
    count, last = 0, b"\n"
    with _bytes_of(file) as content:
        while chunk := content.read(_CHUNK):
            count += chunk.count(b"\n")
            last = chunk[-1:]
    return count + (last != b"\n")


def ends_with_line(file: LogFile) -> bool:
    """Return whether the last line of a file that is not packed has an end."""
    with file.path.open("rb") as content:
        content.seek(-1, SEEK_END)
        return content.read(1) == b"\n"


def blank_lines(file: LogFile) -> Iterator[tuple[int, int]]:
    """Yield, for each run of blank lines, the records before it and the blank lines up to its end."""
    records = blank = 0
    ended = True
    with _bytes_of(file) as content:
        for line in content:
            if _BLANK.fullmatch(line.rstrip(b"\n")):
                blank, ended = blank + 1, False
                continue
            if not ended:
                yield records, blank
                ended = True
            records += 1


def shifts_of_rejected(file: LogFile, rejected: Sequence[int]) -> list[tuple[int, int]]:
    """Return the same for the lines of a CSV file that were passed over, and blank ones."""
    blank = []
    with _bytes_of(file) as content:
        blank = [number for number, line in enumerate(content, start=1) if _BLANK.fullmatch(line.rstrip(b"\n"))]
    without = sorted({*rejected, *blank})
    return list({line - 2 - before: before + 1 for before, line in enumerate(without)}.items())


@contextmanager
def _bytes_of(file: LogFile) -> Iterator[IO[bytes]]:
    """Open a file's content, unpacked; a zstd file is not looked into, and seems empty."""
    if file.compression == "zstd":
        import io  # noqa: PLC0415

        yield io.BytesIO()
    elif file.compression == "gzip":
        with gzip.open(file.path, "rb") as content:
            yield cast("IO[bytes]", content)
    else:
        with file.path.open("rb") as content:
            yield content


def head_of(file: LogFile, target: Path) -> LogFile:
    """Return a copy of a file's beginning: its first lines, of which one at least, and no more than 1 MiB."""
    with _bytes_of(file) as content, target.open("wb") as copy:
        try:
            first = content.readline(LONGEST_RECORD)
            rest = content.read(_HEAD)
        except (OSError, EOFError, zlib.error):
            first = rest = b""
        copy.write(first + rest[: rest.rfind(b"\n") + 1])
    return replace(file, path=target, compression=None)


def mended(file: LogFile, target: Path) -> tuple[LogFile, str | None]:
    """Return a copy of a file that DuckDB can read line by line, and what is missing at its end, if anything is.

    Lines that are too long are left out of it: a broken line stands in their place.
    """
    missing = None
    if file.utf16:
        with file.path.open(encoding="utf-16", errors="replace", newline="\n") as text, target.open("wb") as copy:
            copy.writelines(line.encode() for line in text)
        return replace(file, path=target, utf16=False), None
    with _bytes_of(file) as content, target.open("wb") as copy:
        try:
            while line := content.readline(LONGEST_RECORD):
                if len(line) == LONGEST_RECORD and not line.endswith(b"\n"):
                    while (rest := content.readline(LONGEST_RECORD)) and not rest.endswith(b"\n"):
                        pass
                    line = b"{\n"
                copy.write(line)
        except (OSError, EOFError, zlib.error) as error:
            missing = f"the file ends in the middle: {error}"
    kind = file.kind if missing and file.kind == "csv" else "lines"
    return replace(file, path=target, compression=None, kind=kind), missing
