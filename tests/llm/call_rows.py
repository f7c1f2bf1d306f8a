"""Rows of the table ``calls`` for tests of what reads it, without a log file."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import duckdb

from tollbar.catalog.llm import LlmCatalog
from tollbar.llm import calls_table
from tollbar.llm.scan import Question, scan
from tollbar.llm.sql_engine import DuckDb

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tollbar.llm.scan_result import Finding, Scan

START = datetime(2026, 11, 2, 9)  # noqa: DTZ001 -- the table's times are UTC, without saying so
DAY = date(2026, 11, 26)


def at(seconds: float) -> datetime:
    """Return a moment, counted from the start of the log."""
    return START + timedelta(seconds=seconds)


def call(seconds: float, **columns: Any) -> dict[str, Any]:
    """Return a row: an answered call of gpt-4o that cost a cent, with what is given instead."""
    usual = {
        "source": "log.jsonl", "time": at(seconds), "provider": "openai", "model": "gpt-4o", "status": "ok",
        "finish_reason": "stop", "requests": 1, "input_tokens": 1000, "input_uncached": 1000, "output_tokens": 100,
        "output_visible": 100, "cost_usd": Decimal("0.01"), "task_confidence": Decimal(1),
    }  # fmt: skip
    return usual | columns


def engine_of(rows: Iterable[dict[str, Any]]) -> DuckDb:
    """Return an engine with the rows as ``calls``, numbered from 1."""
    connection = duckdb.connect()
    connection.execute(calls_table.create("calls", calls_table.CALLS))
    connection.execute(calls_table.create("log_problems", calls_table.PROBLEMS))
    for number, row in enumerate(rows, start=1):
        numbered = {"call_id": number, "line": number} | row
        names, marks = ", ".join(numbered), ", ".join("?" * len(numbered))
        connection.execute(f"INSERT INTO calls ({names}) VALUES ({marks})", list(numbered.values()))  # noqa: S608
    return DuckDb(connection)


def scanned(rows: Iterable[dict[str, Any]], question: Question | None = None) -> Scan:
    """Return what a scan finds in rows, at the prices of a fixed day."""
    return scan(engine_of(rows), LlmCatalog(DAY), question or Question())


def found(rows: Iterable[dict[str, Any]], question: Question | None = None) -> dict[str, Finding]:
    """Return the findings in rows by detector."""
    return {finding.detector: finding for finding in scanned(rows, question).findings}
