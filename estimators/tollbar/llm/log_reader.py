"""Usage logs read into DuckDB: files in, the tables ``calls`` and ``log_problems`` out.

DuckDB does the work: it streams, its memory is bounded, and no row passes through Python. Records of any format may
stand side by side: each is recognised by itself. But a file mostly holds one format, so its lines are first read as
what most of its first lines are, in one pass; what is something else is left, and read in turn. What cannot be read is
counted and kept by line; it stops nothing.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from tollbar.errors import TollbarError
from tollbar.llm import log_problems
from tollbar.llm.call_pricing import Models, create_tables
from tollbar.llm.calls_table import CALLS, INPUT_BUCKETS, OUTPUT_BUCKETS, create
from tollbar.llm.formats import all_formats
from tollbar.llm.log_files import log_files
from tollbar.llm.log_format import branches
from tollbar.llm.log_lines import blank_lines, line_count, mended, records_of
from tollbar.llm.log_macros import MACROS
from tollbar.llm.log_sql import NO_INFERENCE, ROWS, listed, models, reading, recognising
from tollbar.llm.prompt_excerpt import masking_macro

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from duckdb import DuckDBPyConnection

    from tollbar.catalog.llm import LlmCatalog
    from tollbar.llm.log_files import LogFile
    from tollbar.llm.log_format import Branch, LogFormat
    from tollbar.llm.log_lines import Records

_HEAD = 2048
"""How many records of a file tell what most of it is. DuckDB takes rows in such portions."""
_DEEPEST = 4
"""Records inside records inside records: a page of buckets of results, in a list."""


@dataclass(frozen=True, slots=True)
class LogOptions:
    """How a log is read.

    ``now`` tells times that lie ahead; ``mapping`` is a format that the user gave, tried before all others;
    ``inference`` an SQL expression for the task of a call (:func:`tollbar.llm.log_sql.reading`). ``prices_at`` is the
    moment of the prices; without it the last moment of the log.
    """

    now: datetime
    mapping: LogFormat | None = None
    inference: str = NO_INFERENCE
    prices_at: datetime | None = None
    memory_mib: int = 256
    threads: int = 2


@dataclass(frozen=True, slots=True)
class CallLog:
    """A log that was read: a connection with ``calls``, ``log_problems``, ``log_models`` and ``rates``.

    ``prices_at`` is the moment whose prices were taken.
    """

    connection: DuckDBPyConnection
    files: tuple[LogFile, ...]
    prices_at: datetime


@contextmanager
def read_log(paths: Sequence[str], catalog: LlmCatalog, options: LogOptions) -> Iterator[CallLog]:
    """Give the calls of a log, priced; what DuckDB keeps on disk for it is gone afterwards.

    Raises:
        InputError: A path does not exist, or nothing in the log is of a known format.
        TollbarError: DuckDB is not installed.
    """
    folder = Path(tempfile.mkdtemp(prefix="tollbar-log-"))
    try:
        connection = _connected(folder, options)
        try:
            files = log_files(paths, folder)
            reader = _Reader(connection, catalog, options, folder)
            reader.read(files)
            log_problems.refuse_unknown(connection, [file.name for file in files])
            yield CallLog(connection, tuple(files), reader.prices_at or options.now)
        finally:
            connection.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _connected(folder: Path, options: LogOptions) -> DuckDBPyConnection:
    try:
        import duckdb  # noqa: PLC0415 -- an extra
    except ImportError as error:
        raise TollbarError("reading usage logs needs DuckDB", hint="pip install 'tollbar[scan]'") from error
    connection = duckdb.connect(str(folder / "log.duckdb"))
    for setting in (
        f"memory_limit = '{options.memory_mib}MiB'",
        f"threads = {options.threads}",
        f"temp_directory = '{folder / 'spilled'}'",
        "TimeZone = 'UTC'",
        "enable_progress_bar = false",
    ):
        connection.execute(f"SET {setting}")
    for macro in (*MACROS, masking_macro()):
        connection.execute(f"CREATE MACRO {macro}")
    return connection


@dataclass(frozen=True, slots=True)
class _Placed:
    """A file that was read: its first row in ``call_rows``, and the line that row stands on."""

    name: str
    first_row: int
    first_line: int


class _Reader:
    """Fills ``call_rows`` and ``log_problems``: first the lines of all files, then what was left, level by level."""

    def __init__(self, connection: DuckDBPyConnection, catalog: LlmCatalog, options: LogOptions, folder: Path) -> None:
        self._connection = connection
        self._catalog = catalog
        self._options = options
        self._folder = folder
        self._known = branches([*([options.mapping] if options.mapping else []), *all_formats()])
        self._by_number = {branch.number: branch for branch in self._known}
        self._models: Models | None = None
        self._placed: list[_Placed] = []
        self.prices_at = options.prices_at

    def read(self, files: Sequence[LogFile]) -> None:
        """Read all files, and make ``calls``."""
        create_tables(self._connection)
        log_problems.create_table(self._connection)
        self._connection.execute(create("call_rows", ROWS))
        whole = [self._readable(file, number) for number, file in enumerate(files, start=1)]
        records = [records_of(file, number) for number, file in enumerate(whole, start=1)]
        expected = [None if file.empty else self._expected(rows) for file, rows in zip(whole, records, strict=True)]
        self._look_up([(rows.query, branch) for rows, branch in zip(records, expected, strict=True) if branch])
        for file, rows, branch in zip(whole, records, expected, strict=True):
            self._read_file(file, rows, branch)
        self._read_rest()
        self._make_calls()

    def _readable(self, file: LogFile, number: int) -> LogFile:
        return file

    def _expected(self, records: Records) -> Branch | None:
        """Return the branch of most of the first records of a file; None where they hold several calls, or none."""
        head = recognising(f"SELECT json FROM ({records.query}) LIMIT {_HEAD}", self._known)
        row = self._connection.execute(
            f"SELECT branch FROM ({head}) WHERE branch IS NOT NULL GROUP BY branch ORDER BY count(*) DESC, branch"
        ).fetchone()
        branch = self._by_number[row[0]] if row else None
        return None if branch is None or branch.format.records else branch

    def _look_up(self, sources: Sequence[tuple[str, Branch]]) -> None:
        """Look up the models of records before they are read."""
        now = self._options.now.astimezone(UTC).replace(tzinfo=None)
        found = [
            row
            for query, branch in sources
            for row in self._connection.execute(models(query, branch), {"now": now}).fetchall()
        ]
        if self._models is None and found:
            last = max((row[3] for row in found if row[3]), default=now)
            self.prices_at = self.prices_at or last.replace(tzinfo=UTC)
            self._models = Models(self._connection, self._catalog, self.prices_at)
        if self._models is not None:
            self._models.look_up(row[:3] for row in found)

    def _read_file(self, file: LogFile, records: Records, branch: Branch | None) -> None:
        before = self._count()
        self._placed.append(_Placed(file.name, before, records.first_line))
        if file.empty:
            return
        if branch is None:
            self._connection.execute(
                f"INSERT INTO call_rows (file, line, rest) SELECT file, line, json FROM ({records.query})"
            )
        else:
            self._insert(records.query, branch, self._known)
        if file.kind == "lines" and line_count(file) > self._count() - before:
            self._move_lines(file, before)

    def _move_lines(self, file: LogFile, first_row: int) -> None:
        """Set the lines of a file's records where blank lines stand between them."""
        shifts = list(blank_lines(file))
        if not shifts:
            return
        self._connection.execute("CREATE TEMP TABLE shifts (record BIGINT, shift BIGINT)")
        self._connection.executemany("INSERT INTO shifts VALUES (?, ?)", shifts)
        self._connection.execute(
            f"""UPDATE call_rows SET line = moved.line FROM (
                SELECT r.rowid AS place, r.rowid - {first_row} + 1 + coalesce(s.shift, 0) AS line
                FROM call_rows r ASOF LEFT JOIN shifts s ON s.record <= r.rowid - {first_row}
                WHERE r.rowid >= {first_row}) moved
            WHERE call_rows.rowid = moved.place"""
        )
        self._connection.execute("DROP TABLE shifts")

    def _insert(self, records: str, branch: Branch, known: Sequence[Branch]) -> None:
        self._connection.execute(f"INSERT INTO call_rows {reading(records, branch, known, self._options.inference)}")

    def _count(self) -> int:
        row = self._connection.execute("SELECT count(*) FROM call_rows").fetchone()
        return int(row[0]) if row else 0

    def _read_rest(self) -> None:
        """Read the records that were left, then those within them, and so on; note those of no known format."""
        left = f"SELECT file, {self._line()} AS line, rest AS json FROM call_rows WHERE branch IS NULL"
        for level in range(_DEEPEST):
            self._connection.execute(f"CREATE TABLE left_{level} AS {recognising(left, self._known)}")
            counts = self._connection.execute(
                f"SELECT branch, count(*) FROM left_{level} GROUP BY 1 ORDER BY 1"
            ).fetchall()
            if not counts:
                return
            log_problems.note_unknown(self._connection, f"left_{level}", self._names())
            present = [self._by_number[number] for number, _ in counts if number is not None]
            sources = [
                (f"SELECT file, line, json FROM left_{level} WHERE branch = {branch.number}", branch)
                for branch in present
            ]
            single = [(query, branch) for query, branch in sources if not branch.format.records]
            self._look_up(single)
            for query, branch in single:
                self._insert(query, branch, [branch])
            left = " UNION ALL ".join(
                f"SELECT file, line, unnest(CAST({branch.format.records} AS JSON[])) AS json FROM ({query})"
                for query, branch in sources
                if branch.format.records
            )
            if not left:
                return

    def _names(self) -> str:
        return listed(placed.name for placed in self._placed)

    def _line(self) -> str:
        offsets = ", ".join(str(placed.first_line - placed.first_row) for placed in self._placed)
        return f"coalesce(line, rowid + [{offsets}][file])"

    def _make_calls(self) -> None:
        """Make the view ``calls``, and note what is wrong with calls."""
        formats = listed(branch.format.name for branch in self._known)
        expressions = {
            "call_id": "rowid + 1",
            "source": f"{self._names()}[file]",
            "line": self._line(),
            "format": f"{formats}[branch]",
            "input_tokens": _sum(INPUT_BUCKETS),
            "output_tokens": _sum(OUTPUT_BUCKETS),
            "prompt_excerpt": "masked(prompt_excerpt)",
        }
        columns = ", ".join(f"CAST({expressions.get(name, name)} AS {kind}) AS {name}" for name, kind in CALLS.items())
        self._connection.execute(f"CREATE VIEW calls AS SELECT {columns} FROM call_rows WHERE branch IS NOT NULL")
        log_problems.note_flaws(self._connection, self._names(), self._line(), self._options.now)


def _sum(buckets: Sequence[str]) -> str:
    """Return the sum of what is told; NULL where nothing is."""
    told = " + ".join(f"coalesce({bucket}, 0)" for bucket in buckets)
    return f"CASE WHEN coalesce({', '.join(buckets)}) IS NOT NULL THEN {told} END"
