"""Usage logs read into DuckDB: files in, the tables ``calls`` and ``log_problems`` out.

DuckDB does the work: it streams, its memory is bounded, and no row passes through Python. Records of any format may
stand side by side: each is recognised by itself. But a file mostly holds one format, so its lines are first read as
what most of its first lines are, in one pass; what is something else is left, and read in turn. What cannot be read is
counted and kept by line; it stops nothing.
"""

# ruff: noqa: S608 -- SQL of our own parts; what a user wrote goes in as parameters or by log_sql.literal

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from tollbar.errors import InputError, TollbarError
from tollbar.llm import log_problems
from tollbar.llm.call_pricing import LOGGED_TIER, Models, cost, create_tables, join, of_size
from tollbar.llm.calls_table import BUCKETS, CALLS, INPUT_BUCKETS, OUTPUT_BUCKETS, create
from tollbar.llm.column_mapping import require_columns
from tollbar.llm.formats import all_formats
from tollbar.llm.log_files import log_files
from tollbar.llm.log_format import NO_RECORDS, branches
from tollbar.llm.log_lines import (
    blank_lines,
    column_names,
    ends_with_line,
    head_of,
    line_count,
    mended,
    records_of,
    shifts_of_rejected,
)
from tollbar.llm.log_macros import MACROS
from tollbar.llm.log_sql import NO_INFERENCE, ROWS, STORED, columns_of, listed, literal, models, reading, recognising
from tollbar.llm.prompt_excerpt import masking_macro

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date, datetime

    from duckdb import DuckDBPyConnection

    from tollbar.catalog.llm import LlmCatalog
    from tollbar.llm.log_files import LogFile
    from tollbar.llm.log_format import Branch, LogFormat
    from tollbar.llm.log_sql import Inference

_FEW = 64
"""How many records of a table tell what most of it is."""
_MIB = 1 << 20
_MIB_PER_COLUMN = 18
"""Memory for rows that are inserted in their order: with less, DuckDB (2.0) does it in one thread.

It wants 4 MiB for each column, and gives a query a quarter of what there is.
"""
_DEEPEST = 4
"""Records inside records inside records: a page of buckets of results, in a list."""


@dataclass(frozen=True, slots=True)
class LogOptions:
    """How a log is read.

    ``now`` tells times that lie ahead; ``since`` and ``until`` (not included) leave out calls of other times, and those
    that tell none; ``mapping`` is a format that the user gave, tried before all others;
    ``inference`` the SQL for the task of a call. ``prices_on`` is the
    day whose prices are taken; without it the last day of the log. Without ``refuse_unknown`` a log of nothing known is
    a log without calls.
    """

    now: datetime
    mapping: LogFormat | None = None
    inference: Inference = NO_INFERENCE
    prices_on: date | None = None
    since: datetime | None = None
    until: datetime | None = None
    refuse_unknown: bool = True
    memory_mib: int = 256
    threads: int = 2


@dataclass(frozen=True, slots=True)
class CallLog:
    """A log that was read: a connection with ``calls``, ``log_problems``, ``log_models`` and ``rates``.

    ``prices_on`` is the day whose prices were taken.
    """

    connection: DuckDBPyConnection
    files: tuple[LogFile, ...]
    prices_on: date


@contextmanager
def read_log(paths: Sequence[str], catalog: Callable[[date], LlmCatalog], options: LogOptions) -> Iterator[CallLog]:
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
            if options.refuse_unknown:
                log_problems.refuse_unknown(connection, [file.name for file in files])
            yield CallLog(connection, tuple(files), reader.prices_on or options.now.date())
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

    def __init__(
        self, connection: DuckDBPyConnection, catalog: Callable[[date], LlmCatalog], options: LogOptions, folder: Path
    ) -> None:
        self._connection = connection
        self._catalog = catalog
        self._options = options
        self._folder = folder
        self._known = branches([*([options.mapping] if options.mapping else []), *all_formats()])
        self._by_number = {branch.number: branch for branch in self._known}
        self._models: Models | None = None
        self._placed: list[_Placed] = []
        self._columns: list[str] = []
        self.prices_on = options.prices_on

    def read(self, files: Sequence[LogFile]) -> None:
        """Read all files, and make ``calls``."""
        if self._options.mapping and all(file.kind in {"csv", "parquet"} for file in files):
            tables = (column_names(self._connection, file) for file in files if not file.empty)
            require_columns(self._options.mapping, tables)
        create_tables(self._connection)
        log_problems.create_table(self._connection)
        self._columns = ["file", "line", "branch", "rest", "flaws"]
        self._connection.execute(create("call_rows", {name: STORED[name] for name in self._columns}))
        for number, file in enumerate(files, start=1):
            self._read_file(file, number)
        self._read_rest()
        self._price_what_is_new()
        self._price_at_last_day()
        self._add_columns(ROWS)
        self._leave_out_repeated()
        self._make_calls()
        self._write_out()
        self._limit_memory(self._options.memory_mib)

    def _write_out(self) -> None:
        """Write what was not yet to disk, where that is much: no room can be made of it otherwise."""
        held = "SELECT sum(memory_usage_bytes) FROM duckdb_memory() WHERE tag = 'IN_MEMORY_TABLE'"
        row = self._connection.execute(held).fetchone()
        if row is not None and (row[0] or 0) > self._options.memory_mib * _MIB / 2:
            self._connection.execute("CHECKPOINT")

    def _limit_memory(self, mib: int) -> None:
        self._connection.execute(f"SET memory_limit = '{max(mib, self._options.memory_mib)}MiB'")

    def _expected(self, head: str) -> Branch | None:
        """Return the branch of most of the first records of a file; None where they hold several calls, or none."""
        counts = self._connection.execute(
            f"SELECT branch FROM ({recognising(head, self._known)}) GROUP BY branch ORDER BY count(*) DESC, branch"
        ).fetchall()  # a WHERE would be pushed down, and take each record apart once for every test in it
        found = [number for (number,) in counts if number is not None]
        branch = self._by_number[found[0]] if found else None
        return None if branch is None or branch.format.records else branch

    def _look_up_models(self, records: str, branch: Branch) -> None:
        """Look up the models of some records: the calls of those are priced as they are read."""
        now = self._options.now.astimezone(UTC).replace(tzinfo=None)
        found = self._connection.execute(models(records, branch), {"now": now}).fetchall()
        if self._models is None:
            last = max((row[3] for row in found if row[3]), default=now)
            self.prices_on = self.prices_on or last.date()
            self._models = Models(self._connection, self._catalog(self.prices_on))
        self._models.look_up(row[:3] for row in found if row[1] is not None)

    def _read_file(self, file: LogFile, number: int) -> None:
        """Read a file; one that DuckDB refuses is read again line by line, from a copy that it does not refuse."""
        before = self._count()
        if file.empty:
            self._placed.append(_Placed(file.name, before, 1))
            return
        import duckdb  # noqa: PLC0415 -- an extra

        if file.utf16:
            file, _ = mended(file, self._folder / f"mended-{number}")
        try:
            self._read_records(file, number)
        except duckdb.Error as refused:
            if self._count() != before:
                raise InputError(f"{file.name}: cannot be read ({_first_line(refused)})") from refused
            if file.kind == "parquet":
                self._placed += [_Placed(file.name, before, 1)] * (len(self._placed) < number)
                log_problems.note_broken_file(self._connection, file.name, _first_line(refused))
                return
            file, missing = mended(file, self._folder / f"mended-{number}")
            if missing:
                log_problems.note_broken_file(self._connection, file.name, missing)
            try:
                self._read_records(file, number)
            except duckdb.Error as again:
                raise InputError(f"{file.name}: cannot be read ({_first_line(again)})") from again
        if file.kind == "lines" and not self._fill(file, before) and line_count(file) > self._count() - before:
            self._move_lines(list(blank_lines(file)), before, 1)

    def _fill(self, file: LogFile, first_row: int) -> bool:
        """Return whether a file's records and their line ends are all that there is in it: so no line is blank."""
        if file.compression or "bytes" not in self._columns:
            return False
        row = self._connection.execute(
            f"SELECT sum(bytes) + count(*) FROM call_rows WHERE rowid >= {first_row}"
        ).fetchone()
        if row is None or row[0] is None:
            return False
        return bool(row[0] == file.path.stat().st_size + (not ends_with_line(file)))

    def _read_records(self, file: LogFile, number: int) -> None:
        records = records_of(self._connection, file, number)
        head = f"SELECT * FROM ({records.query}) LIMIT {_FEW}"
        if file.kind == "lines" and file.compression != "zstd":
            beginning = head_of(file, self._folder / "head")
            head = records_of(self._connection, beginning, number).query
        branch = self._expected(head)
        if len(self._placed) < number:
            self._placed.append(_Placed(file.name, self._count(), records.first_line))
        if branch is None:
            self._connection.execute(
                f"INSERT INTO call_rows (file, line, rest) SELECT file, line, json FROM ({records.query})"
            )
        else:
            self._look_up_models(head, branch)
            self._insert(records.query, branch, self._known)
        if file.kind == "csv":
            before = self._placed[-1].first_row
            rejected = log_problems.note_rejected(self._connection, file.name)
            if rejected:
                self._move_lines(shifts_of_rejected(file, rejected), before, records.first_line)

    def _move_lines(self, shifts: Sequence[tuple[int, int]], first_row: int, first_line: int) -> None:
        """Set the lines of a file's records where lines without a record stand between them."""
        if not shifts:
            return
        self._connection.execute("CREATE TEMP TABLE shifts (record BIGINT, shift BIGINT)")
        self._connection.executemany("INSERT INTO shifts VALUES (?, ?)", shifts)
        self._connection.execute(
            f"""UPDATE call_rows SET line = moved.line FROM (
                SELECT r.rowid AS place, r.rowid - {first_row} + {first_line} + coalesce(s.shift, 0) AS line
                FROM call_rows r ASOF LEFT JOIN shifts s ON s.record <= r.rowid - {first_row}
                WHERE r.rowid >= {first_row}) moved
            WHERE call_rows.rowid = moved.place"""
        )
        self._connection.execute("DROP TABLE shifts")

    def _insert(self, records: str, branch: Branch, known: Sequence[Branch]) -> None:
        columns = columns_of(branch, self._options.inference)
        self._add_columns(columns)
        sizes = self._models.sizes if self._models else ()
        rows = reading(records, branch, known, sizes, self._options.inference)
        self._limit_memory(len(self._columns) * _MIB_PER_COLUMN)
        self._connection.execute(f"INSERT INTO call_rows ({', '.join(columns)}) {rows}")

    def _add_columns(self, columns: Iterable[str]) -> None:
        for name in columns:
            if name not in self._columns:
                self._connection.execute(f"ALTER TABLE call_rows ADD COLUMN {name} {STORED[name]}")
                self._columns.append(name)

    def _price_what_is_new(self) -> None:
        """Look up the models that were not met in time, and price their calls."""
        if self._models is None:
            return
        self._add_columns(
            [
                *BUCKETS,
                "time",
                "model",
                "provider",
                "logged_model",
                "requests",
                "cost_usd",
                "batch",
                "service_tier",
                "cached_response",
            ]
        )
        waiting = "branch IS NOT NULL AND model IS NULL AND logged_model IS NOT NULL"
        found = self._connection.execute(
            f"SELECT DISTINCT provider, logged_model, {LOGGED_TIER} FROM call_rows WHERE {waiting}"
        ).fetchall()
        if not found:
            return
        self._models.look_up(found)
        self._connection.execute(
            f"""UPDATE call_rows SET provider = priced.provider, model = priced.model, cost_usd = priced.cost_usd FROM (
                SELECT s.place, m.provider, m.model, {cost(BUCKETS)} AS cost_usd
                FROM (SELECT *, rowid AS place FROM call_rows WHERE {waiting}) s {join(BUCKETS)}) priced
            WHERE call_rows.rowid = priced.place"""
        )

    def _price_at_last_day(self) -> None:
        """Take the prices of the last day of the log, where no day was asked for and prices changed in between."""
        if self._models is None or self._options.prices_on:
            return
        now = self._options.now.astimezone(UTC).replace(tzinfo=None)
        row = self._connection.execute("SELECT max(time) FROM call_rows WHERE time <= ?", [now]).fetchone()
        if row is None or row[0] is None or row[0].date() == self.prices_on:
            return
        self.prices_on = row[0].date()
        changed = self._models.move_to(self._catalog(self.prices_on))
        if changed:
            self._reprice(changed)

    def _reprice(self, changed: Sequence[tuple[str, str]]) -> None:
        pairs = ", ".join(f"({literal(provider)}, {literal(model)})" for provider, model in changed)
        size = " + ".join(f"coalesce(s.{bucket}, 0)" for bucket in INPUT_BUCKETS)
        self._connection.execute(
            f"""UPDATE call_rows SET cost_usd = priced.cost_usd FROM (
                SELECT s.place, {cost(BUCKETS)} AS cost_usd
                FROM (SELECT *, rowid AS place FROM call_rows WHERE (provider, model) IN ({pairs})) s
                JOIN (SELECT DISTINCT * EXCLUDE (logged_provider, logged_model) FROM logged_rates) m
                    ON m.provider = s.provider AND m.model = s.model
                    AND m.logged_tier IS NOT DISTINCT FROM {LOGGED_TIER} AND {of_size(size)}) priced
            WHERE call_rows.rowid = priced.place"""
        )

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
            none = [
                self._by_number[number]
                for number, _ in counts
                if number and self._by_number[number].format.records == NO_RECORDS
            ]
            log_problems.note_others(self._connection, f"left_{level}", none, self._names())
            present = [self._by_number[number] for number, _ in counts if number is not None]
            sources = [
                (f"SELECT file, line, json FROM left_{level} WHERE branch = {branch.number}", branch)
                for branch in present
            ]
            single = [(query, branch) for query, branch in sources if not branch.format.records]
            for query, branch in single:
                self._look_up_models(query, branch)
                self._insert(query, branch, [branch])
            left = " UNION ALL ".join(
                f"SELECT file, line, unnest(CAST({branch.format.records} AS JSON[])) AS json FROM ({query})"
                for query, branch in sources
                if branch.format.records not in {"", NO_RECORDS}
            )
            if not left:
                return

    def _names(self) -> str:
        return listed(placed.name for placed in self._placed)

    def _line(self) -> str:
        offsets = ", ".join(str(placed.first_line - placed.first_row) for placed in self._placed)
        return f"coalesce(line, rowid + [{offsets}][file])"

    def _wanted(self) -> str:
        """Return the condition of the rows that are calls of the time asked for."""
        bounds = ((">=", self._options.since), ("<", self._options.until))
        asked = [f"{self._time()} {comparison} {_timestamp(moment)}" for comparison, moment in bounds if moment]
        return " AND ".join(["branch IS NOT NULL", *asked])

    def _time(self) -> str:
        """Return the time of a call; one that lies ahead is a clock gone wrong, and would end the log on its day."""
        return f"CASE WHEN time <= {log_problems.furthest_ahead(self._options.now)} THEN time END"

    def _leave_out_repeated(self) -> None:
        """Note calls that were logged twice, and keep one of each: of the same id, tokens and second.

        A gateway's callback and its spend log tell of the same call, and shippers of logs send a line again. What has
        a prompt is kept.
        """
        calls = "FROM call_rows WHERE branch IS NOT NULL"  # what was left for later has none: it is read again
        twice = f"SELECT record_hash {calls} AND record_hash IS NOT NULL GROUP BY 1 HAVING count(*) > 1"
        found = self._connection.execute(f"CREATE TEMP TABLE twice AS {twice}").fetchone()
        if found is None or not found[0]:
            return
        self._connection.execute(
            f"""CREATE TEMP TABLE repeated AS
            WITH ordered AS (
                SELECT record_hash, time, rowid AS place, prompt_hash IS NULL AS mute, coalesce(
                    time - lag(time) OVER by_time > INTERVAL 1 SECOND,
                    (time IS NULL) <> (lag(time) OVER by_time IS NULL)) AS later
                {calls} AND record_hash IN (FROM twice)
                WINDOW by_time AS (PARTITION BY record_hash ORDER BY time, rowid)
            ), grouped AS (
                SELECT *, sum(CAST(later AS INTEGER)) OVER (PARTITION BY record_hash ORDER BY time, place) AS moment
                FROM ordered
            )
            SELECT place FROM grouped
            QUALIFY row_number() OVER (PARTITION BY record_hash, moment ORDER BY mute, place) > 1"""
        )
        log_problems.note_repeated(self._connection, self._names(), self._line())
        self._connection.execute("UPDATE call_rows SET branch = NULL WHERE rowid IN (FROM repeated)")

    def _make_calls(self) -> None:
        """Make the view ``calls``, and note what is wrong with calls."""
        formats = listed(branch.format.name for branch in self._known)
        expressions = {
            "call_id": "rowid + 1",
            "source": f"{self._names()}[file]",
            "line": self._line(),
            "format": f"{formats}[branch]",
            "time": self._time(),
            "input_tokens": _sum(INPUT_BUCKETS),
            "output_tokens": _sum(OUTPUT_BUCKETS),
            "prompt_excerpt": "masked(prompt_excerpt)",
        }
        columns = ", ".join(f"CAST({expressions.get(name, name)} AS {kind}) AS {name}" for name, kind in CALLS.items())
        self._connection.execute(f"CREATE VIEW calls AS SELECT {columns} FROM call_rows WHERE {self._wanted()}")
        log_problems.note_flaws(self._connection, self._names(), self._line(), self._options.now)


def _timestamp(moment: datetime) -> str:
    return f"TIMESTAMP '{moment.astimezone(UTC).replace(tzinfo=None).isoformat(' ')}'"


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


def _sum(buckets: Sequence[str]) -> str:
    """Return the sum of what is told; NULL where nothing is."""
    told = " + ".join(f"coalesce({bucket}, 0)" for bucket in buckets)
    return f"CASE WHEN coalesce({', '.join(buckets)}) IS NOT NULL THEN {told} END"
