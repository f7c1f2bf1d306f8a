"""What is wrong in a usage log, by line: broken lines, unknown records, counts that cannot be, times out of order."""

# ruff: noqa: S608 -- SQL of our own parts; what a user wrote goes in as parameters or by log_sql.literal

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from tollbar.errors import InputError
from tollbar.llm.calls_table import PROBLEMS, create
from tollbar.llm.formats import all_formats
from tollbar.llm.log_sql import FLAWS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from duckdb import DuckDBPyConnection

    from tollbar.llm.log_format import Branch

_SOME_KEYS = 200

KINDS: dict[str, str] = {
    "broken_line": "not JSON",
    "broken_file": "the file cannot be read to its end",
    "unknown_record": "a record of no known format",
    "no_call": "a record that is no call: a span, an event, a line of a cost report",
    "repeated_call": "a call that was logged before: of the same id, tokens and second",
    "no_usage": "a call without token counts, or with a cost and only zeros",
    "impossible_usage": "token counts below 0, not whole numbers, or parts above their whole",
    "no_model": "a call that names no model",
    "unreadable_time": "a time that is not one, or before 2000",
    "ends_before_start": "a call that ends before it starts",
    "in_the_future": "a call in the future",
}
"""The kinds of problems, and what each says."""


def create_table(connection: DuckDBPyConnection) -> None:
    """Make ``log_problems``, empty."""
    connection.execute(create("log_problems", PROBLEMS))


def note_unknown(connection: DuckDBPyConnection, left: str, names: str) -> None:
    """Note the records of no known format in a table with ``file``, ``line``, ``json`` and ``branch``."""
    keys = f"left(array_to_string(json_keys(json), ', '), {_SOME_KEYS})"
    connection.execute(
        f"""INSERT INTO log_problems SELECT DISTINCT {names}[file], line,
            CASE WHEN json IS NULL THEN 'broken_line' ELSE 'unknown_record' END,
            CASE WHEN json_type(json) = 'OBJECT' THEN {keys} WHEN json IS NOT NULL THEN 'no JSON object' END
        FROM {left} WHERE branch IS NULL"""
    )


def note_others(connection: DuckDBPyConnection, left: str, branches: Sequence[Branch], names: str) -> None:
    """Note the records in a table that are known not to be calls."""
    numbers = ", ".join(str(branch.number) for branch in branches)
    if numbers:
        connection.execute(
            f"INSERT INTO log_problems SELECT {names}[file], line, 'no_call', NULL FROM {left} "
            f"WHERE branch IN ({numbers})"
        )


def note_broken_file(connection: DuckDBPyConnection, name: str, what: str) -> None:
    """Note that a file cannot be read to its end."""
    connection.execute("INSERT INTO log_problems VALUES (?, NULL, 'broken_file', ?)", [name, what])


def note_rejected(connection: DuckDBPyConnection, name: str) -> list[int]:
    """Note the lines of a CSV file that DuckDB passed over, and return them."""
    rows = connection.execute("SELECT DISTINCT line FROM reject_errors ORDER BY line").fetchall()
    connection.execute(
        "INSERT INTO log_problems SELECT ?, line, 'broken_line', any_value(lower(CAST(error_type AS VARCHAR))) "
        "FROM reject_errors GROUP BY line",
        [name],
    )
    connection.execute("DROP TABLE reject_errors")
    connection.execute("DROP TABLE reject_scans")
    return [line for (line,) in rows]


def note_flaws(connection: DuckDBPyConnection, names: str, line: str, now: datetime) -> None:
    """Note what is wrong with calls that could be read."""
    rows = f"SELECT {names}[file], {line}, '%s', NULL FROM call_rows WHERE branch IS NOT NULL AND %s"
    for kind, (bit, _) in FLAWS.items():
        connection.execute(f"INSERT INTO log_problems {rows % (kind, f'flaws & {bit} <> 0')}")
    connection.execute(f"INSERT INTO log_problems {rows % ('in_the_future', f'time > {furthest_ahead(now)}')}")


def note_repeated(connection: DuckDBPyConnection, names: str, line: str) -> None:
    """Note the calls in the table ``repeated``."""
    connection.execute(
        f"INSERT INTO log_problems SELECT {names}[file], {line}, 'repeated_call', NULL FROM call_rows "
        "WHERE rowid IN (FROM repeated)"
    )


def furthest_ahead(now: datetime) -> str:
    """Return the last time that a call may have, as SQL: a day of grace for clocks that run ahead."""
    return f"TIMESTAMP '{(now.astimezone(UTC) + timedelta(days=1)).replace(tzinfo=None).isoformat(' ')}'"


def refuse_unknown(connection: DuckDBPyConnection, names: Sequence[str]) -> None:
    """Do nothing where the log holds a call, or no record at all.

    Raises:
        InputError: It holds records, and none of a known format.
    """
    row = connection.execute(
        "SELECT (SELECT count(*) FROM call_rows WHERE branch IS NOT NULL), count(*) FROM log_problems "
        "WHERE kind IN ('broken_line', 'unknown_record')"
    ).fetchone()
    calls, unread = row or (0, 0)
    if calls:
        return
    broken = connection.execute("SELECT source, detail FROM log_problems WHERE kind = 'broken_file' LIMIT 1").fetchone()
    if broken is not None and not unread:
        raise InputError(f"{broken[0]}: cannot be read ({broken[1]})")
    if not unread:
        return
    seen = connection.execute(
        "SELECT detail FROM log_problems WHERE kind = 'unknown_record' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 3"
    ).fetchall()
    keys = (
        "; they have the keys " + " / ".join(text or "(none)" for (text,) in seen)
        if seen
        else "; none is a JSON object"
    )
    formats = ", ".join(known.title for known in all_formats() if known.columns)
    raise InputError(
        f"{', '.join(names[:3])}: none of {unread:,} records is of a known format{keys}",
        hint=f"Known: {formats}. Any other log is read with --columns, such as "
        "--columns input_tokens=ContextTokens,output_tokens=GeneratedTokens,time=TIMESTAMP",
    )


def counted(connection: DuckDBPyConnection) -> dict[str, int]:
    """Return how many problems of each kind there are."""
    rows = connection.execute("SELECT kind, count(*) FROM log_problems GROUP BY kind").fetchall()
    found = dict(rows)
    return {kind: found[kind] for kind in KINDS if kind in found}
