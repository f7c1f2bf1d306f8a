"""Calls of a language model by API."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example
from tollbar.component import Quantity
from tollbar.resources.llm.api_call import token_lines
from tollbar.resources.llm.calls import model_path, provider_of

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

CALL = "llm_api_call"
USE = {"monthly_calls": 40_000, "input_tokens": 900, "output_tokens": 250}

EXAMPLES = (
    Example(CALL, {"model": "gpt-4o"}, {**USE, "cached_share": Decimal("0.3")}, lessens=("cached_share",)),
    Example(CALL, {"model": "claude-sonnet-4-5", "provider": "anthropic"}, USE),
    Example(CALL, {"model": "gpt-4o-mini"}, {"monthly_tokens": 10_000_000}),
)


def test_calls_times_tokens(cost_lines: CostLines) -> None:
    # 36M input at $2.50 and 10M output at $10 per million.
    assert cost_lines(CALL, {"model": "gpt-4o"}, USE) == {
        "Input tokens (gpt-4o)": Decimal("90.00"),
        "Output tokens (gpt-4o)": Decimal("100.00"),
    }


def test_cached_input_costs_its_own_price(cost_lines: CostLines) -> None:
    assert cost_lines(CALL, {"model": "gpt-4o"}, {**USE, "cached_share": 0.3}) == {
        "Input tokens (gpt-4o)": Decimal("63.00"),
        "Cached input tokens (gpt-4o)": Decimal("13.50"),
        "Output tokens (gpt-4o)": Decimal("100.00"),
    }


def test_tokens_a_month_are_split(cost_lines: CostLines) -> None:
    lines = cost_lines(CALL, {"model": "gpt-4o"}, {"monthly_tokens": 10_000_000})
    assert lines == {"Input tokens (gpt-4o)": Decimal("15.00"), "Output tokens (gpt-4o)": Decimal("40.00")}
    lines = cost_lines(CALL, {"model": "gpt-4o"}, {"monthly_tokens": 10_000_000, "input_share": 0.9})
    assert lines == {"Input tokens (gpt-4o)": Decimal("22.50"), "Output tokens (gpt-4o)": Decimal("10.00")}


def test_a_share_of_nothing_is_told_too(cost_lines: CostLines) -> None:
    lines = cost_lines(CALL, {"model": "gpt-4o"}, {"monthly_tokens": 10_000_000, "input_share": 0})
    assert lines == {"Input tokens (gpt-4o)": Decimal("0.00"), "Output tokens (gpt-4o)": Decimal("100.00")}


def test_what_nobody_told_is_not_known(cost_lines: CostLines) -> None:
    assert cost_lines(CALL, {"model": "gpt-4o"}) == {
        "Input tokens (gpt-4o)": "usage",
        "Output tokens (gpt-4o)": "usage",
    }


def test_a_batch_costs_half(cost_lines: CostLines) -> None:
    lines = cost_lines(CALL, {"model": "gpt-4o", "batch": True}, USE)
    assert lines == {"Input tokens (gpt-4o)": Decimal("45.00"), "Output tokens (gpt-4o)": Decimal("50.00")}


def test_a_model_that_several_sell_needs_its_provider(cost_lines: CostLines) -> None:
    assert cost_lines(CALL, {"model": "llama-3.1-70b"}, USE) == {
        "price_not_found": "no provider is known for the model 'llama-3.1-70b'; tell it as provider"
    }


def test_an_unknown_model_names_the_nearest(cost_lines: CostLines) -> None:
    lines = cost_lines(CALL, {"model": "gpt-4oo"}, USE)
    assert "nearest known: llm/openai/gpt-4o" in str(lines["Input tokens (gpt-4oo)"])


@pytest.mark.parametrize(
    ("model", "provider"),
    [
        ("gpt-4o", "openai"),
        ("o3-mini", "openai"),
        ("Claude-3-opus", "anthropic"),
        ("gemini-2.5-pro", "google"),
        ("llama-3", None),
    ],
)
def test_the_name_tells_the_provider(model: str, provider: str | None) -> None:
    assert provider_of(model) == provider


def test_a_path_names_its_provider() -> None:
    assert model_path("azure/gpt-4o", None) == "llm/azure/gpt-4o"
    assert model_path("meta-llama/Llama-3", "together") == "llm/together/meta-llama/llama-3"
    assert model_path("llama-3", None) is None


def test_tokens_compared_keep_their_share() -> None:
    sent, received = token_lines("gpt-4o", None, Quantity.fixed(100), Decimal("0.75"))
    assert (sent.quantity, received.quantity) == (Quantity.fixed(75), Quantity.fixed(25))
    assert token_lines("llama-3", None, Quantity.fixed(100), Decimal("0.75")) == ()
