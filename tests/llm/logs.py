"""Usage logs for tests: written, read, and what came out."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tollbar.catalog.llm import LlmCatalog
from tollbar.llm.column_mapping import read_mapping
from tollbar.llm.log_reader import LogOptions, read_log

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
OPTIONS = LogOptions(NOW)

CRASHLENS: dict[str, Any] = {
    "traceId": "t-1",
    "type": "generation",
    "startTime": "2026-11-02T10:00:00Z",
    "endTime": "2026-11-02T10:00:02Z",
    "level": "info",
    "input": {"model": "gpt-4o", "prompt": "Translate this sentence"},
    "usage": {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110},
    "cost": 0.00035,
    "metadata": {"route": "/translate", "team": "growth"},
    "name": "chat-completion",
}
"""A call in CrashLens' format: 100 and 10 tokens of gpt-4o, $0.00035 at $2.50 and $10 a million."""


@dataclass(frozen=True)
class Read:
    """What came out of a log: its calls and problems, as dictionaries without what is NULL."""

    calls: list[dict[str, Any]]
    problems: list[dict[str, Any]]
    prices_on: str


def read(paths: Sequence[Path | str], options: LogOptions = OPTIONS) -> Read:
    """Return what a log holds."""
    with read_log([str(path) for path in paths], LlmCatalog, options) as log:
        tables = {}
        for table, order in (("calls", "call_id"), ("log_problems", "source, line, kind")):
            result = log.connection.execute(f"FROM {table} ORDER BY {order}")
            names = [column[0] for column in result.description or ()]
            tables[table] = [
                {name: value for name, value in zip(names, row, strict=True) if value is not None}
                for row in result.fetchall()
            ]
        return Read(tables["calls"], tables["log_problems"], log.prices_on.isoformat())


def written(folder: Path, *records: Any, name: str = "log.jsonl") -> Path:
    """Write records, or lines as they are, and return the file."""
    lines = [record if isinstance(record, bytes) else json.dumps(record).encode() for record in records]
    path = folder / name
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


def changed(record: dict[str, Any], **values: Any) -> dict[str, Any]:
    """Return a record with other values; None takes a key away."""
    return {key: value for key, value in (record | values).items() if value is not None}


def problems_of(folder: Path, *records: Any) -> list[tuple[int, str]]:
    """Return line and kind of the problems of a log of records."""
    return [(problem["line"], problem["kind"]) for problem in read([written(folder, *records)]).problems]


def mapped(mapping: str, options: LogOptions = OPTIONS) -> LogOptions:
    """Return options with a column mapping."""
    return replace(options, mapping=read_mapping(mapping))
