"""What is told of the calls of a language model, and how often they are made."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tollbar.adjust.llm_costs import CHEAP_MODELS, llm_calls
from tollbar.component import Quantity
from tollbar.estimate import CallTokens, LlmCalls
from tollbar.resources.llm.api_call import TYPES
from tollbar.resources.llm.calls import Calls, calls_of
from tollbar.usage import Usage

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines
    from tollbar.catalog.layers import LayeredCatalog

CALL = "llm_api_call"
USE = {"monthly_calls": 100, "input_tokens": 10, "output_tokens": 5}


def _calls(attributes: dict[str, Any] | None = None, use: dict[str, Any] | None = None) -> Calls:
    resource = declared(CALL, {"model": "gpt-4o", **(attributes or {})})
    return calls_of(resource, Usage(USE if use is None else use, TYPES[0].usage_key_by_name))


@pytest.mark.parametrize(
    ("attributes", "share", "attempts"),
    [
        ({}, None, (1, 1, 1)),
        ({"max_retries": 0}, None, (1, 1, 1)),
        ({"max_retries": 1}, None, (1, 1, "1.2")),
        ({"max_retries": 3}, None, (1, 1, "1.248")),
        ({"max_retries": 3}, 0, (1, 1, 1)),
        ({"max_retries": 2}, "0.5", ("1.75", "1.75", "1.75")),
        ({"max_retries": 2}, 1, (3, 3, 3)),
        ({"max_retries": 2}, {"low": 0, "expected": "0.1", "high": 1}, (1, "1.11", 3)),
    ],
)
def test_attempts(attributes: dict[str, Any], share: Any, attempts: tuple[Any, ...]) -> None:
    calls = _calls(attributes, USE if share is None else {**USE, "retry_share": share})
    low, expected, high = map(Decimal, attempts)
    assert (calls.attempts.low, calls.attempts.expected, calls.attempts.high) == (low, expected, high)
    assert (calls.sent.low, calls.sent.expected, calls.sent.high) == (1000 * low, 1000 * expected, 1000 * high)
    assert (calls.received.low, calls.received.expected, calls.received.high) == (500 * low, 500 * expected, 500 * high)


def test_retries_cost_as_the_calls_do(cost_lines: CostLines) -> None:
    use = {"monthly_calls": 40_000, "input_tokens": 900, "output_tokens": 250}
    assert cost_lines(CALL, {"model": "gpt-4o", "max_retries": 2}, {**use, "retry_share": 0.5}) == {
        "Input tokens (gpt-4o)": Decimal("157.50"),
        "Output tokens (gpt-4o)": Decimal("175.00"),
    }


def test_tokens_of_a_month_count_retries_already() -> None:
    calls = _calls({"max_retries": 3}, {"monthly_tokens": 1000, "input_share": "0.7"})
    assert (calls.sent, calls.received) == (
        Quantity.between(700, 700, 700, "usage"),
        Quantity.between(300, 300, 300, "usage"),
    )
    assert (calls.attempts, calls.calls) == (Quantity.fixed(1), None)


@pytest.mark.parametrize(("most", "expected", "high"), [(90, 50, 90), (200, 50, 100), (20, 20, 20)])
def test_an_answer_is_no_longer_than_the_call_allows(most: int, expected: int, high: int) -> None:
    told = {"monthly_calls": 1, "input_tokens": 1, "output_tokens": {"low": 10, "expected": 50, "high": 100}}
    received = _calls({"max_output_tokens": most}, told).received
    assert received == Quantity.between(10, expected, high, "usage")


def test_what_is_told_is_handed_on() -> None:
    attributes = {
        "provider": "azure",
        "task_type": "qa",
        "tier": 2,
        "max_output_tokens": 90,
        "max_retries": 3,
        "fallbacks": ("gpt-4o-mini",),
        "repeated_share": "0.5",
        "context_tokens": 7,
        "context_used_share": 0,
        "batch": False,
        "can_wait": True,
    }
    assert _calls(attributes, {**USE, "cached_share": "0.1"}).facts == LlmCalls(
        provider="azure.ai.openai",
        model="gpt-4o",
        operation="chat",
        usage=CallTokens(input_uncached=Decimal(9), cache_read=Decimal(1), output_visible=Decimal(5)),
        task_type="qa",
        tier=2,
        calls_per_month=Decimal(100),
        input_tokens=Decimal(10),
        output_tokens=Decimal(5),
        max_output_tokens=90,
        context_tokens=Decimal(7),
        context_used_share=Decimal(0),
        repeated_share=Decimal("0.5"),
        cached_share=Decimal("0.1"),
        batch=False,
        can_wait=True,
        max_retries=3,
        fallbacks=("gpt-4o-mini",),
    )


def test_what_is_assumed_is_not_told() -> None:
    assert _calls(use={}).facts == LlmCalls(provider="openai", model="gpt-4o", operation="chat")
    assert _calls({"model": "llama-3"}, {}).facts == LlmCalls(model="llama-3", operation="chat")


def test_the_cheap_models_have_prices(catalog: LayeredCatalog) -> None:
    compared = llm_calls(_calls({"model": "gpt-4"}), None, (), catalog).other_models
    assert {other.model for other in compared} == set(CHEAP_MODELS)
