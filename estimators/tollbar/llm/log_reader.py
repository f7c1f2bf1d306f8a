"""Usage logs read into DuckDB: files in, the tables ``calls`` and ``log_problems`` out.

DuckDB does the work: it streams, its memory is bounded, and no row passes through Python. Records of any format may
stand side by side. What cannot be read is counted and kept by line; it stops nothing.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tollbar.errors import InputError, TollbarError
from tollbar.llm import call_pricing, log_problems
from tollbar.llm.calls_table import BUCKETS, CALLS, INPUT_BUCKETS, OUTPUT_BUCKETS, PROBLEMS, create
from tollbar.llm.formats import all_formats
from tollbar.llm.log_files import log_files
from tollbar.llm.log_format import branches
from tollbar.llm import log_lines
from tollbar.llm.log_lines import number_lines, records_of
from tollbar.llm.log_macros import MACROS
from tollbar.llm.log_sql import NO_INFERENCE, STAGE, reading
from tollbar.llm.prompt_excerpt import masking_macro

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from duckdb import DuckDBPyConnection

    from tollbar.catalog.llm import LlmCatalog
    from tollbar.llm.log_files import LogFile
    from tollbar.llm.log_format import Branch, LogFormat

_DEEPEST = 4
"""Records inside records inside records: a page of buckets of results."""


@dataclass(frozen=True, slots=True)
class LogOptions:
    """How a log is read.

    ``now`` tells times that lie ahead; ``mapping`` is a format that the user gave, tried before all others;
    ``inference`` an SQL expression for the task of a call (:func:`tollbar.llm.log_sql.reading`). ``prices_at`` is the
    moment of the prices; without it the last day of the log, as far as the price list knows dates.
    """

    now: datetime
    mapping: LogFormat | None = None
    inference: str = NO_INFERENCE
    prices_at: datetime | None = None
    memory_mib: int = 300
    threads: int = 2


@dataclass(frozen=True, slots=True)
class CallLog:
    """A log that was read: a connection with the tables ``calls``, ``log_problems``, ``log_models`` and ``rates``."""

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
            _read(connection, files, options)
            log_problems.refuse_unknown(connection, files)
            prices_at = options.prices_at or _last_day(connection, options.now)
            _make_calls(connection, catalog, prices_at)
            log_problems.collect(connection, options.now)
            for made in ("VIEW trusted", "VIEW numbered", "TABLE stage"):
                connection.execute(f"DROP {made}")
            yield CallLog(connection, tuple(files), prices_at)
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
        f"SET memory_limit = '{options.memory_mib}MiB'",
        f"SET threads = {options.threads}",
        f"SET temp_directory = '{folder / 'spilled'}'",
        "SET TimeZone = 'UTC'",
        "SET enable_progress_bar = false",
    ):
        connection.execute(setting)
    for macro in (*MACROS, masking_macro()):
        connection.execute(f"CREATE MACRO {macro}")
    return connection


def _read(connection: DuckDBPyConnection, files: Sequence[LogFile], options: LogOptions) -> None:
    """Fill ``stage`` with the records of the files, then with the records inside those, and so on."""
    known = branches([*([options.mapping] if options.mapping else []), *all_formats()])
    connection.execute(create("stage", STAGE))
    connection.execute(create("log_problems", PROBLEMS))
    connection.execute(create("file_rows", log_lines.FILE_ROWS))
    connection.execute(create("line_shifts", log_lines.LINE_SHIFTS))
    connection.execute("CREATE TABLE log_formats (branch UTINYINT, format VARCHAR)")
    connection.executemany(
        "INSERT INTO log_formats VALUES (?, ?)", [(branch.number, branch.format.name) for branch in known]
    )
    for file in files:
        if not file.empty:
            _read_file(connection, file, known, options)
    shifted = connection.execute("SELECT 1 FROM line_shifts LIMIT 1").fetchone()
    connection.execute(log_lines.NUMBERED if shifted else log_lines.NUMBERED_WITHOUT_SHIFTS)
    connection.execute(log_problems.TRUSTED)
    for depth in range(1, _DEEPEST):
        inner = f"SELECT source, line, unnest(nested) AS json FROM numbered WHERE depth = {depth - 1} AND nested IS NOT NULL"
        if connection.execute(f"SELECT 1 FROM ({inner}) LIMIT 1").fetchone() is None:
            break
        connection.execute(f"INSERT INTO stage {reading(inner, known, depth=depth, inference=options.inference)}")


def _read_file(
    connection: DuckDBPyConnection, file: LogFile, known: Sequence[Branch], options: LogOptions
) -> None:
    """Read a file's records, then number its lines."""
    before = _count(connection)
    records = records_of(file)
    connection.execute(f"INSERT INTO stage {reading(records.query, known, depth=0, inference=options.inference)}")
    number_lines(connection, file, (before, _count(connection)), records.first_line)


def _count(connection: DuckDBPyConnection) -> int:
    row = connection.execute("SELECT count(*) FROM stage").fetchone()
    return int(row[0]) if row else 0


def _last_day(connection: DuckDBPyConnection, now: datetime) -> datetime:
    row = connection.execute("SELECT max(time) FROM stage WHERE time <= ?", [now.replace(tzinfo=None)]).fetchone()
    return row[0].replace(tzinfo=now.tzinfo) if row and row[0] else now


def _make_calls(connection: DuckDBPyConnection, catalog: LlmCatalog, prices_at: datetime) -> None:
    """Make ``calls`` from ``stage``: numbered, priced, with what follows from other columns."""
    call_pricing.look_up_models(connection, catalog, prices_at)
    connection.execute(f"""CREATE TABLE call_rows AS
        SELECT {', '.join(f'CAST({_column(name)} AS {kind}) AS {name}' for name, kind in CALLS.items())}
        FROM trusted s JOIN log_formats f ON f.branch = s.branch {call_pricing.joins("s")}""")
    shown = ", ".join("masked(prompt_excerpt) AS prompt_excerpt" if name == "prompt_excerpt" else name for name in CALLS)
    connection.execute(f"CREATE VIEW calls AS SELECT {shown} FROM call_rows")


def _column(name: str) -> str:
    """Return the expression of a column of ``calls``."""
    expressions = {
        "call_id": "s.place + 1",
        "line": "s.line",
        "format": "f.format",
        "provider": "coalesce(m.provider, s.provider)",
        "model": "coalesce(m.model, s.logged_model)",
        "duration_ms": "coalesce(s.duration_ms, CASE WHEN s.end_time >= s.time "
        "THEN epoch_us(s.end_time) - epoch_us(s.time) END / 1000)",
        "task_type": "coalesce(s.task_type, s.inferred.task_type)",
        "task_confidence": "CASE WHEN s.task_type IS NOT NULL THEN 1 ELSE s.inferred.confidence END",
        "input_tokens": _sum(INPUT_BUCKETS),
        "output_tokens": _sum(OUTPUT_BUCKETS),
        "cost_usd": call_pricing.cost("s"),
    }
    return expressions.get(name, f"s.{name}")


def _sum(buckets: Sequence[str]) -> str:
    """Return the sum of what is told; NULL where nothing is."""
    told = " + ".join(f"coalesce(s.{bucket}, 0)" for bucket in buckets)
    return f"CASE WHEN coalesce({', '.join(f's.{bucket}' for bucket in buckets)}) IS NOT NULL THEN {told} END"


__all__ = ["BUCKETS", "CallLog", "InputError", "LogOptions", "read_log"]
