"""What is wrong in a usage log, by line: broken lines, unknown records, counts that cannot be, times out of order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.errors import InputError
from tollbar.llm.calls_table import BUCKETS
from tollbar.llm.formats import all_formats

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from duckdb import DuckDBPyConnection

    from tollbar.llm.log_files import LogFile

_SOME_KEYS = 200

KINDS: dict[str, str] = {
    "broken_line": "not JSON",
    "broken_file": "the file cannot be read to its end",
    "unknown_record": "a record of no known format",
    "no_usage": "a call without token counts",
    "impossible_usage": "token counts below 0, not whole numbers, or parts above their whole",
    "no_model": "a call that names no model",
    "unreadable_time": "a time that is not one",
    "ends_before_start": "a call that ends before it starts",
    "in_the_future": "a call in the future",
}
"""The kinds of problems, and what each says."""

_IMPOSSIBLE = f"least({', '.join(BUCKETS)}) < 0"
_CALL = "branch IS NOT NULL AND nested IS NULL"

TRUSTED = f"""CREATE VIEW trusted AS SELECT * REPLACE ({', '.join(
    f"CASE WHEN impossible THEN NULL ELSE {bucket} END AS {bucket}" for bucket in BUCKETS
)}) FROM (SELECT *, coalesce({_IMPOSSIBLE}, false) AS impossible FROM numbered WHERE {_CALL})"""
"""The calls of ``stage``, those with impossible counts without any."""

_FOUND: dict[str, tuple[str, str]] = {
    "broken_line": ("branch IS NULL AND keys = ''", "NULL"),
    "unknown_record": ("branch IS NULL AND keys <> ''", f"left(keys, {_SOME_KEYS})"),
    "impossible_usage": (f"{_CALL} AND {_IMPOSSIBLE}", "NULL"),
    "no_usage": (
        f"{_CALL} AND coalesce(status, 'ok') = 'ok' AND NOT coalesce(cached_response, false) "
        f"AND coalesce({', '.join(BUCKETS)}) IS NULL",
        "NULL",
    ),
    "no_model": (f"{_CALL} AND logged_model IS NULL", "NULL"),
    "unreadable_time": (f"{_CALL} AND time IS NULL AND time_text IS NOT NULL", "NULL"),
    "ends_before_start": (f"{_CALL} AND end_time < time", "NULL"),
    "in_the_future": (f"{_CALL} AND time > CAST($now AS TIMESTAMP) + INTERVAL 1 DAY", "NULL"),
}
"""For each kind the condition on a row of ``numbered``, and what else to say of it."""


def collect(connection: DuckDBPyConnection, now: datetime) -> None:
    """Fill ``log_problems``, by line; a day of grace for clocks that run ahead."""
    for kind, (condition, detail) in _FOUND.items():
        parameters = {"now": now.replace(tzinfo=None)} if "$now" in condition else None
        connection.execute(
            f"INSERT INTO log_problems SELECT source, line, '{kind}', {detail} FROM numbered WHERE {condition}",
            parameters,
        )


def refuse_unknown(connection: DuckDBPyConnection, files: Sequence[LogFile]) -> None:
    """Do nothing where the log holds a record that is known, or nothing at all.

    Raises:
        InputError: It holds records, and none of a known format.
    """
    row = connection.execute("SELECT count(*), count(branch) FROM stage").fetchone()
    records, known = row or (0, 0)
    if known or not records:
        return
    seen = connection.execute(
        f"SELECT left(keys, {_SOME_KEYS}), count(*) FROM stage WHERE keys <> '' GROUP BY 1 ORDER BY 2 DESC LIMIT 3"
    ).fetchall()
    names = ", ".join(dict.fromkeys(file.name for file in files[:3]))
    keys = "; ".join(text for text, _ in seen)
    formats = ", ".join(known.title for known in all_formats())
    raise InputError(
        f"{names}: none of {records:,} records is of a known format"
        + (f"; they have the keys {keys}" if keys else "; none is a JSON object"),
        hint=f"Known: {formats}. Any other log is read with --columns, such as "
        "--columns input_tokens=ContextTokens,output_tokens=GeneratedTokens,time=TIMESTAMP",
    )


def counted(connection: DuckDBPyConnection) -> dict[str, int]:
    """Return how many problems of each kind there are."""
    rows = connection.execute("SELECT kind, count(*) FROM log_problems GROUP BY kind").fetchall()
    found = dict(rows)
    return {kind: found[kind] for kind in KINDS if kind in found}
