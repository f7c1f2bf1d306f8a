"""A log of the user's own: which of its fields is which column of ``calls``, as a format that is read like any other.

``input_tokens=ContextTokens,time=TIMESTAMP,model="gpt-4o"`` names a field (of CSV and Parquet a column, of JSON a
place such as ``usage.in``), or in quotes a value that holds for all calls. A YAML file says the same.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from tollbar.errors import ConfigError
from tollbar.llm.calls_table import BUCKETS, INPUT_BUCKETS, OUTPUT_BUCKETS
from tollbar.llm.log_format import PRESENT, LogFormat
from tollbar.llm.log_sql import literal
from tollbar.location import Location
from tollbar.spelling import nearest_or_all

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

_TEXTS = (
    *("trace_id", "session_id", "operation", "provider", "task_type", "project", "team", "user_id", "environment"),
    *("error", "service_tier", "prompt", "system_prompt"),
)
_UNITS = {"s": 1_000_000, "ms": 1000, "us": 1, "ns": 0.001}
_TOTALS = {"input_tokens": ("input_uncached", INPUT_BUCKETS), "output_tokens": ("output_visible", OUTPUT_BUCKETS)}
_COUNTS = (*BUCKETS, "max_output_tokens", "requests")
TARGETS: dict[str, str] = {
    "time": "when the request was sent; a unit may follow: time=t:ms (s, ms, us, ns)",
    "time_origin": "a moment in quotes that times count from, where they are offsets",
    "end_time": "when the answer was there",
    "duration_ms": "how long it took, in milliseconds",
    "model": "the model's name",
    "input_tokens": "all tokens of input, those of other columns included",
    "output_tokens": "all tokens of output, reasoning included",
    **dict.fromkeys(_COUNTS, "a count"),
    **dict.fromkeys(_TEXTS, "a text"),
    "status": "ok, error, rate_limited, timeout, or an HTTP status",
    "finish_reason": "why the answer ended",
    "batch": "true where it was sent as a batch",
    "cached_response": "true where the application's own cache answered",
    "cost": "what the log says it cost, in USD",
}
"""What can be mapped."""

_FIELD = re.compile(r"\{([^{}]+)\}")
_PART = re.compile(r"""([^=,\s]+)\s*=\s*("[^"]*"|'[^']*'|[^,]*)(?:,|$)\s*""")


def read_mapping(given: str) -> LogFormat:
    """Return the format for ``--columns``: ``column=field`` separated by commas, or a YAML file of them.

    Raises:
        ConfigError: It is neither, names a column that there is not, or maps no tokens.
    """
    if "=" not in given and given.endswith((".yml", ".yaml")):
        return _format(_from_file(Path(given)), given)
    pairs = {}
    at = 0
    while at < len(given):
        found = _PART.match(given, at)
        if found is None:
            raise ConfigError(
                f"--columns: expected column=field at {given[at:]!r}",
                hint="For example --columns 'input_tokens=Context,output_tokens=Generated,model=\"gpt-4o\"'",
            )
        pairs[found[1]] = found[2].strip()
        at = found.end()
    return _format(pairs, "--columns")


def _from_file(path: Path) -> dict[str, str]:
    import yaml  # noqa: PLC0415 -- only where a file is given

    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not YAML", location=Location(str(path))) from error
    if not isinstance(document, dict):
        raise ConfigError(f"{path}: expected column: field", hint="For example input_tokens: ContextTokens")
    return {str(column): _written(value) for column, value in document.items()}


def _written(value: object) -> str:
    """Return what a YAML file says as ``--columns`` would write it: ``{value: x}`` is a value for all calls."""
    if isinstance(value, dict) and set(value) == {"value"}:
        return f'"{value["value"]}"'
    return str(value)


def _format(pairs: dict[str, str], origin: str) -> LogFormat:
    for column in pairs:
        if column not in TARGETS:
            raise ConfigError(f"{origin}: there is no column {column!r}", hint=nearest_or_all(column, TARGETS))
    tokens = [column for column in pairs if column in _TOTALS or column in BUCKETS]
    places = [place for column in tokens if not _is_value(pairs[column]) for place in _spellings(pairs[column])]
    if not places:
        raise ConfigError(
            f"{origin}: no field with tokens", hint="Map input_tokens and output_tokens, or the buckets you have."
        )
    for total, (bucket, _) in _TOTALS.items():
        if total in pairs and bucket in pairs:
            raise ConfigError(f"{origin}: {bucket} is what {total} leaves; map one of them")
    return LogFormat(
        name="mapped",
        title="Columns mapped by --columns",
        source="the user's own",
        recognised_by={"|".join(places): PRESENT},
        columns=_columns(pairs),
        precedence=0,
    )


def _columns(pairs: dict[str, str]) -> dict[str, str]:
    columns = {"requests": "1", "status": "'ok'"}
    columns |= {column: f"tokens({_place(pairs[column])})" for column in _COUNTS if column in pairs}
    columns |= {column: f"word({_place(pairs[column])})" for column in _TEXTS if column in pairs}
    for total, (bucket, buckets) in _TOTALS.items():
        if total in pairs:
            parts = [f"coalesce({columns[part]}, 0)" for part in buckets if part in columns]
            columns[bucket] = " - ".join([f"tokens({_place(pairs[total])})", *parts])
    others = {
        "model": ("logged_model", "word({})"),
        "duration_ms": ("duration_ms", "number({})"),
        "finish_reason": ("finish_reason", "finish({})"),
        "batch": ("batch", "lower({}) IN ('true', '1', 'yes', 'batch')"),
        "cached_response": ("cached_response", "lower({}) IN ('true', '1', 'yes', 'hit')"),
        "cost": ("logged_cost_usd", "usd({})"),
        "status": (
            "status",
            (
                "CASE WHEN lower({0}) IN ('ok', 'success', 'succeeded', 'completed') THEN 'ok' "
                "ELSE status_of({0}, try_cast({0} AS BIGINT) IS NULL AND {0} <> '') END"
            ),
        ),
    }
    for column, (name, expression) in others.items():
        if column in pairs:
            columns[name] = expression.format(_place(pairs[column]))
    for column in ("time", "end_time"):
        if column in pairs:
            columns[column] = _moment(pairs[column], pairs.get("time_origin"))
    if "time" in pairs:
        columns["time_text"] = _place(pairs["time"].partition(":")[0] if _unit(pairs["time"]) else pairs["time"])
    return columns


def _moment(written: str, origin: str | None) -> str:
    unit = _unit(written)
    place = _place(written.rpartition(":")[0] if unit else written)
    if unit is None and origin is None:
        return f"moment({place})"
    microseconds = f"try_cast(number({place}) * {_UNITS[unit or 's']} AS BIGINT)"
    start = f"moment({_place(origin)})" if origin else "TIMESTAMP '1970-01-01'"
    return f"{start} + to_microseconds({microseconds})"


def _unit(written: str) -> str | None:
    unit = written.rpartition(":")[2]
    return unit if ":" in written and unit in _UNITS else None


def _is_value(written: str) -> bool:
    return written[:1] in {'"', "'"}


def _place(written: str) -> str:
    """Return the place of a field, or a value as SQL."""
    if _is_value(written):
        return literal(written.strip("\"'"))
    places = [f"{{{place}}}" for place in _spellings(written)]
    return places[0] if len(places) == 1 else f"coalesce({', '.join(places)})"


def _spellings(written: str) -> tuple[str, ...]:
    """Return the places that a field may mean: ``usage.in`` is in an object, or a column with a dot in its name."""
    return (written, f'"{written}"') if "." in written and '"' not in written else (written,)


def require_columns(mapping: LogFormat, tables: Iterable[Sequence[str]]) -> None:
    """Do nothing where each field of a mapping is a column of one of the tables that it is for.

    Raises:
        ConfigError: One is in none of them: the nearest column is named. Its calls would silently lack it.
    """
    fields = {found.strip('"') for text in mapping.columns.values() for found in _FIELD.findall(text)}
    tokens = {place.strip('"') for places in mapping.recognised_by for place in places.split("|")}
    seen: dict[str, None] = {}
    for columns in tables:
        if any(_stands_in(field, columns) for field in tokens):
            fields -= {field for field in fields if _stands_in(field, columns)}
            seen |= dict.fromkeys(columns)
        if seen and not fields:
            return
    if seen and fields:
        field = min(fields)
        raise ConfigError(f"--columns: there is no column {field!r}", hint=nearest_or_all(field, seen))


def _stands_in(field: str, columns: Collection[str]) -> bool:
    return field in columns or field.partition(".")[0] in columns
