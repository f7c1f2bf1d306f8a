"""Each format's buckets add up to what its provider counted: no token twice, none lost."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.llm.logs import read, written
from tollbar.llm.calls_table import BUCKETS
from tollbar.llm.formats import all_formats

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FEW = st.integers(0, 5_000_000)


@dataclass(frozen=True)
class Counts:
    """What a call used, each token in one count."""

    plain: int
    read: int
    written: int
    visible: int
    reasoning: int
    audio_in: int
    audio_out: int

    @property
    def input(self) -> int:
        """All text that went in."""
        return self.plain + self.read + self.written

    @property
    def output(self) -> int:
        """All text that came out."""
        return self.visible + self.reasoning


def _openai(c: Counts) -> dict[str, Any]:
    return {
        "prompt_tokens": c.input + c.audio_in,
        "completion_tokens": c.output + c.audio_out,
        "total_tokens": c.input + c.audio_in + c.output + c.audio_out,
        "prompt_tokens_details": {
            "cached_tokens": c.read,
            "cache_write_tokens": c.written,
            "audio_tokens": c.audio_in,
        },
        "completion_tokens_details": {"reasoning_tokens": c.reasoning, "audio_tokens": c.audio_out},
    }


def _anthropic(c: Counts) -> dict[str, Any]:
    return {
        "input_tokens": c.plain,
        "cache_read_input_tokens": c.read,
        "cache_creation_input_tokens": c.written,
        "cache_creation": {"ephemeral_5m_input_tokens": c.written, "ephemeral_1h_input_tokens": 0},
        "output_tokens": c.output,
        "output_tokens_details": {"thinking_tokens": c.reasoning},
    }


def _gemini(c: Counts) -> dict[str, Any]:
    return {
        "promptTokenCount": c.input + c.audio_in,
        "cachedContentTokenCount": c.read,
        "candidatesTokenCount": c.visible,
        "thoughtsTokenCount": c.reasoning,
        "totalTokenCount": c.input + c.audio_in + c.output,
        "promptTokensDetails": [
            {"modality": "TEXT", "tokenCount": c.input},
            {"modality": "AUDIO", "tokenCount": c.audio_in},
        ],
    }


def _otel(c: Counts) -> dict[str, Any]:
    return {
        "gen_ai.usage.input_tokens": c.input,
        "gen_ai.usage.cache_read.input_tokens": c.read,
        "gen_ai.usage.cache_creation.input_tokens": c.written,
        "gen_ai.usage.output_tokens": c.output,
        "gen_ai.usage.reasoning.output_tokens": c.reasoning,
    }


def _otlp(c: Counts) -> dict[str, Any]:
    attributes = [{"key": key, "value": {"intValue": str(count)}} for key, count in _otel(c).items()]
    model = {"key": "gen_ai.request.model", "value": {"stringValue": "gpt-4o"}}
    return {"resourceSpans": [{"scopeSpans": [{"spans": [{"attributes": [model, *attributes]}]}]}]}


def _langfuse(c: Counts) -> dict[str, Any]:
    return {
        "input": c.plain,
        "input_cached_tokens": c.read,
        "input_cache_creation": c.written,
        "input_audio_tokens": c.audio_in,
        "output": c.visible,
        "output_reasoning_tokens": c.reasoning,
        "output_audio_tokens": c.audio_out,
    }


def _litellm(c: Counts) -> dict[str, Any]:
    return {
        "prompt_tokens_details": {"cached_tokens": c.read, "cache_creation_tokens": c.written},
        "completion_tokens_details": {"reasoning_tokens": c.reasoning},
    }


MAKERS: dict[str, tuple[str, Callable[[Counts], dict[str, Any]]]] = {
    "crashlens": (
        "text without writes",
        lambda c: {
            "traceId": "t",
            "input": {"model": "gpt-4o"},
            "usage": {
                "prompt_tokens": c.plain + c.read,
                "completion_tokens": c.output,
                "prompt_tokens_details": {"cached_tokens": c.read},
                "completion_tokens_details": {"reasoning_tokens": c.reasoning},
            },
        },
    ),
    "openai_chat": ("all", lambda c: {"model": "gpt-4o", "usage": _openai(c)}),
    "openrouter": ("all", lambda c: {"model": "openai/gpt-4o", "usage": {**_openai(c), "cost": 0.1}}),
    "openai_responses": (
        "text",
        lambda c: {
            "object": "response",
            "model": "gpt-5",
            "usage": {
                "input_tokens": c.input,
                "input_tokens_details": {"cached_tokens": c.read, "cache_write_tokens": c.written},
                "output_tokens": c.output,
                "output_tokens_details": {"reasoning_tokens": c.reasoning},
            },
        },
    ),
    "openai_batch": (
        "text without writes",
        lambda c: {
            "custom_id": "r-1",
            "response": {
                "body": {
                    "model": "gpt-4o",
                    "usage": {
                        "prompt_tokens": c.plain + c.read,
                        "completion_tokens": c.output,
                        "prompt_tokens_details": {"cached_tokens": c.read},
                        "completion_tokens_details": {"reasoning_tokens": c.reasoning},
                    },
                }
            },
        },
    ),
    "openai_usage": (
        "no writes",
        lambda c: {
            "object": "bucket",
            "start_time": 1_730_419_200,
            "results": [
                {
                    "model": "gpt-4o",
                    "num_model_requests": 5,
                    "input_tokens": c.plain + c.read,
                    "input_cached_tokens": c.read,
                    "output_tokens": c.output,
                    "input_audio_tokens": c.audio_in,
                    "output_audio_tokens": c.audio_out,
                }
            ],
        },
    ),
    "anthropic_message": ("text", lambda c: {"type": "message", "model": "claude-sonnet-4-5", "usage": _anthropic(c)}),
    "anthropic_usage": (
        "text",
        lambda c: {
            "starting_at": "2025-08-01T00:00:00Z",
            "results": [
                {
                    "model": "claude-sonnet-4-5",
                    "uncached_input_tokens": c.plain,
                    "cache_read_input_tokens": c.read,
                    "cache_creation": {"ephemeral_5m_input_tokens": 0, "ephemeral_1h_input_tokens": c.written},
                    "output_tokens": c.output,
                }
            ],
        },
    ),
    "gemini": ("audio in", lambda c: {"modelVersion": "gemini-2.5-pro", "usageMetadata": _gemini(c)}),
    "bedrock": (
        "text",
        lambda c: {
            "schemaType": "ModelInvocationLog",
            "modelId": "anthropic.claude-sonnet-4-5-20250929-v1:0",
            "input": {
                "inputTokenCount": c.plain,
                "cacheReadInputTokenCount": c.read,
                "cacheWriteInputTokenCount": c.written,
            },
            "output": {"outputTokenCount": c.output},
        },
    ),
    "langfuse_api": (
        "all",
        lambda c: {
            "type": "GENERATION",
            "traceId": "t",
            "startTime": "2026-11-02T10:00:00Z",
            "model": "gpt-4o",
            "usageDetails": _langfuse(c),
        },
    ),
    "langfuse_export": (
        "all",
        lambda c: {
            "type": "GENERATION",
            "trace_id": "t",
            "start_time": "2026-11-02 10:00:00",
            "provided_model_name": "gpt-4o",
            "usage_details": _langfuse(c),
        },
    ),
    "helicone": (
        "all",
        lambda c: {
            "request_id": "r",
            "request_created_at": "2026-11-02T10:00:00Z",
            "response_status": 200,
            "model": "gpt-4o",
            "prompt_tokens": c.input + c.audio_in,
            "prompt_cache_read_tokens": c.read,
            "prompt_cache_write_tokens": c.written,
            "prompt_audio_tokens": c.audio_in,
            "completion_tokens": c.output + c.audio_out,
            "reasoning_tokens": c.reasoning,
            "completion_audio_tokens": c.audio_out,
        },
    ),
    "litellm_spend": (
        "text",
        lambda c: {
            "request_id": "r",
            "call_type": "completion",
            "spend": 0.1,
            "startTime": "2026-11-02T10:00:00Z",
            "model": "gpt-4o",
            "prompt_tokens": c.input,
            "completion_tokens": c.output,
            "metadata": json.dumps({"usage_object": _litellm(c)}),
        },
    ),
    "litellm_callback": (
        "text",
        lambda c: {
            "call_type": "completion",
            "startTime": 1_795_236_437.98,
            "response_cost": 0.1,
            "model": "gpt-4o",
            "prompt_tokens": c.input,
            "completion_tokens": c.output,
            "metadata": {"usage_object": _litellm(c)},
        },
    ),
    "otel_span": ("text", lambda c: {"name": "chat", "attributes": {"gen_ai.request.model": "gpt-4o", **_otel(c)}}),
    "otlp": ("text", _otlp),
}
"""A record of each format from the counts of a call, and which of them the format can tell."""

READ_AS = {"otlp": "otel_span"}
TOLD: dict[str, Callable[[Counts], tuple[int, int]]] = {
    "all": lambda c: (c.input + c.audio_in, c.output + c.audio_out),
    "text": lambda c: (c.input, c.output),
    "text without writes": lambda c: (c.plain + c.read, c.output),
    "no writes": lambda c: (c.plain + c.read + c.audio_in, c.output + c.audio_out),
    "audio in": lambda c: (c.input + c.audio_in, c.output),
}


def test_every_format_of_calls_is_tested() -> None:
    with_calls = {known.name for known in all_formats() if known.columns} - {"failed_pair"}

    assert {READ_AS.get(name, name) for name in MAKERS} == with_calls


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(counts=st.lists(st.builds(Counts, FEW, FEW, FEW, FEW, FEW, FEW, FEW), min_size=1, max_size=20))
def test_the_buckets_add_up_to_the_providers_total(tmp_path: Path, counts: list[Counts]) -> None:
    """All formats in one file: each record is recognised by itself."""
    lines = [(name, told, make(c), c) for c in counts for name, (told, make) in MAKERS.items()]

    records = [_apart(record, number) for number, (_, _, record, _) in enumerate(lines)]
    calls = {call["line"]: call for call in read([written(tmp_path, *records)]).calls}

    for number, (name, told, _, c) in enumerate(lines, start=1):
        call = calls[number]
        assert call["format"] == READ_AS.get(name, name)
        counted = call.get("input_tokens", 0), call.get("output_tokens", 0)  # not told where a cost has only zeros
        assert counted == TOLD[told](c), name
        assert sum(call.get(bucket, 0) for bucket in BUCKETS) == sum(TOLD[told](c)), name


def test_each_token_is_in_its_bucket(tmp_path: Path) -> None:
    counts = Counts(plain=3, read=50, written=700, visible=11_000, reasoning=130_000, audio_in=0, audio_out=0)

    records = [_apart(make(counts), number) for number, (_, make) in enumerate(MAKERS.values())]
    calls = read([written(tmp_path, *records)]).calls

    actual = {call["line"]: {bucket: call[bucket] for bucket in BUCKETS if call.get(bucket)} for call in calls}
    assert actual == {number: _expected(name) for number, name in enumerate(MAKERS, start=1)}


def _apart(record: Any, number: int) -> Any:
    """Return a record whose calls have ids of their own: by the same one they would be the same call."""
    if isinstance(record, list):
        return [_apart(one, number) for one in record]
    if not isinstance(record, dict):
        return record
    ids = {"id", "request_id", "requestId", "responseId", "spanId"}
    return {key: f"{value}-{number}" if key in ids else _apart(value, number) for key, value in record.items()}


def _expected(name: str) -> dict[str, int]:
    """Return the buckets of the counts above as a format can tell them."""
    told = MAKERS[name][0]
    expected = {"input_uncached": 3, "cache_read": 50, "output_visible": 11_000, "reasoning": 130_000}
    if "without" not in told and told != "no writes":
        expected["cache_write_1h" if name == "anthropic_usage" else "cache_write_5m"] = 700
    if name in {"bedrock", "openai_usage", "anthropic_usage"}:  # they do not tell reasoning from the rest
        expected["output_visible"] += expected.pop("reasoning")
    if name == "gemini":  # has no word for what was written
        expected["input_uncached"] += expected.pop("cache_write_5m")
    return expected
