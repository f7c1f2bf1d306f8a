"""The table ``calls`` that usage logs are read into: one row for each request that was sent.

A retry is a row of its own. NULL stands where the log does not tell; unknown is never 0. Names of providers are those
of OpenTelemetry's ``gen_ai.provider.name``; token buckets those of :class:`tollbar.token_usage.TokenUsage`, which
never overlap. What a prompt said is not in it: only hashes, its length, and its first letters with secrets masked.
"""

from __future__ import annotations

from dataclasses import fields

from tollbar.token_usage import TokenUsage

USD = "DECIMAL(28,12)"
"""A ten-token embedding at $0.02 per million tokens costs $0.0000002: six decimals would not hold it."""

BUCKETS: tuple[str, ...] = tuple(field.name for field in fields(TokenUsage))
"""The columns that hold tokens, each token in one of them."""

INPUT_BUCKETS: tuple[str, ...] = (
    "input_uncached",
    "cache_read",
    "cache_write_5m",
    "cache_write_1h",
    "input_audio",
    "cache_read_audio",
    "input_image",
)
OUTPUT_BUCKETS: tuple[str, ...] = ("output_visible", "reasoning", "output_audio", "output_image")

CALLS: dict[str, str] = {
    "call_id": "BIGINT",  # rises in the order of reading
    "source": "VARCHAR",  # the file, as given
    "line": "BIGINT",  # in CSV and Parquet the record, in CSV the header counted as line 1
    "format": "VARCHAR",
    "time": "TIMESTAMP",  # when the request was sent, UTC
    "duration_ms": "DOUBLE",
    "trace_id": "VARCHAR",
    "session_id": "VARCHAR",
    "operation": "VARCHAR",  # route, trace or span
    "provider": "VARCHAR",
    "model": "VARCHAR",  # as the price list calls it; as logged where it has no price
    "logged_model": "VARCHAR",
    "task_type": "VARCHAR",
    "task_confidence": "DOUBLE",  # 1 where the log names the task
    "project": "VARCHAR",
    "team": "VARCHAR",
    "user_id": "VARCHAR",
    "environment": "VARCHAR",
    "status": "VARCHAR",  # ok, error, rate_limited, timeout
    "error": "VARCHAR",  # its class or code, never its text
    "finish_reason": "VARCHAR",  # stop, length, tool_calls, content_filter, …
    **dict.fromkeys(BUCKETS, "BIGINT"),
    "input_tokens": "BIGINT",
    "output_tokens": "BIGINT",
    "requests": "BIGINT",  # 1; more where a row of a provider's usage report counts several
    "max_output_tokens": "BIGINT",
    "batch": "BOOLEAN",
    "service_tier": "VARCHAR",
    "prompt_hash": "UBIGINT",  # of the whole prompt
    "near_hash": "UBIGINT",  # in lower case, without words that hold digits, white space and punctuation
    "prefix_hash": "UBIGINT",  # of the system prompt; without one, of the first letters of a long prompt
    "prefix_chars": "BIGINT",  # how many characters the prefix has
    "prompt_chars": "BIGINT",
    "prompt_excerpt": "VARCHAR",
    "cached_response": "BOOLEAN",  # answered by the application's own cache: costs nothing
    "cost_usd": USD,  # at the price list; NULL where there is no price
    "logged_cost_usd": USD,  # as the log has it
}
"""Columns of ``calls`` and their types, in order."""

PROBLEMS: dict[str, str] = {
    "source": "VARCHAR",
    "line": "BIGINT",
    "kind": "VARCHAR",
    "detail": "VARCHAR",  # names of keys or columns; never a value of the log
}
"""Columns of ``log_problems``: what could not be read, or is in doubt, by line."""


def create(table: str, columns: dict[str, str]) -> str:
    """Return the SQL that makes an empty table."""
    listed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    return f"CREATE TABLE {table} ({listed})"
