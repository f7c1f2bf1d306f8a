"""The use of calls that were found in source code: how often, and how much of the prompt is known."""

from __future__ import annotations

from typing import Any

import pytest

from tollbar.resource import UNKNOWN, Attributes, Resource
from tollbar.resources.llm.api_call import TYPES
from tollbar.resources.llm.source_calls import usage_in_source
from tollbar.usage import Usage

KEYS = TYPES[0].usage_key_by_name


def _use(key: str, attributes: dict[str, Any], given: dict[str, Any] | None = None) -> tuple[Any, ...]:
    resource = Resource("code.a", "llm_api_call", "a", "llm", None, Attributes(attributes))
    quantity = usage_in_source(resource, Usage(given or {}, KEYS)).quantity(key)
    return quantity.low, quantity.expected, quantity.high, quantity.basis


TIMES = {"times": {"low": 1, "expected": 10, "high": 100}}


@pytest.mark.parametrize(
    ("key", "attributes", "given", "expected"),
    [
        ("monthly_calls", {}, None, (1000, 10_000, 100_000, "assumed")),
        ("monthly_calls", TIMES, None, (1000, 100_000, 10_000_000, "assumed")),
        ("monthly_calls", TIMES, {"monthly_calls": 5}, (5, 50, 500, "usage")),
        ("monthly_calls", TIMES, {"monthly_calls": {"low": 1, "expected": 2, "high": 3}}, (1, 20, 300, "usage")),
        ("input_tokens", {**TIMES, "prompt_tokens": 40}, None, (540, 1540, 6040, "assumed")),
        ("input_tokens", {**TIMES, "prompt_tokens": 40, "prompt_is_whole": True}, None, (40, 40, 40, "usage")),
        ("input_tokens", {**TIMES, "prompt_tokens": 40}, {"input_tokens": 900}, (900, 900, 900, "usage")),
        ("input_tokens", TIMES, None, (500, 1500, 6000, "assumed")),
        *(
            ("output_tokens", {**TIMES, "operation": operation}, None, (0, 0, 0, "usage"))
            for operation in ("embeddings", "image", "audio", "rerank")
        ),
        ("output_tokens", {**TIMES, "operation": "chat"}, None, (100, 400, 1500, "assumed")),
    ],
)
def test_use(key: str, attributes: dict[str, Any], given: dict[str, Any] | None, expected: tuple[Any, ...]) -> None:
    assert _use(key, attributes, given) == expected


@pytest.mark.parametrize("times", [None, UNKNOWN, "", 3, 0.5, True, [1, 10, 100]])
def test_times_that_are_no_mapping_are_passed_over(times: object) -> None:
    resource = Resource("code.a", "llm_api_call", "a", "llm", None, Attributes({"times": times}))
    usage = Usage({}, KEYS)
    assert usage_in_source(resource, usage) is usage
