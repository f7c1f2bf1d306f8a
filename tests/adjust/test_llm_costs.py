"""What calls of a language model cost in another way."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tollbar.adjust.llm_costs import llm_calls
from tollbar.catalog.lookup import PriceNotFound
from tollbar.estimate import CallPrice, LlmCalls, ModelCost
from tollbar.price import Price, PriceKey, Tier
from tollbar.resources.llm.api_call import TYPES
from tollbar.resources.llm.calls import calls_of
from tollbar.usage import Usage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

USE = {"monthly_calls": 1000, "input_tokens": 100, "output_tokens": 10}
PRICES = {
    "openai/gpt-4o/input_tokens": "0.01",
    "openai/gpt-4o/output_tokens": "0.1",
    "openai/gpt-4o/cache_read_tokens": "0.005",
    "openai/gpt-4o/input_tokens/batch": "0.004",
    "openai/gpt-4o/output_tokens/batch": "0.04",
    "openai/small/input_tokens": "0.001",
    "openai/small/output_tokens": "0.001",
    "openai/gpt-4o-mini/input_tokens": "0.002",
    "openai/gpt-4o-mini/output_tokens": "0.002",
    "azure/gpt-4o/input_tokens": "0.01",
    "azure/gpt-4o/output_tokens": "0.1",
    "azure/gpt-4o-mini/input_tokens": "0.003",
    "azure/gpt-4o-mini/output_tokens": "0.003",
    "anthropic/claude-haiku-4-5/input_tokens": "0.004",
    "anthropic/claude-haiku-4-5/output_tokens": "0.004",
    "anthropic/claude-haiku-4-5/cache_read_tokens": "0.001",
}


@dataclass
class _Models:
    """A price list of tokens."""

    prices: Mapping[str, str]

    def find(self, key: PriceKey, _resource_type: str | None = None, /) -> Price | PriceNotFound:
        told = self.prices.get(key.path.removeprefix("llm/"))
        if told is None:
            return PriceNotFound(key)
        return Price(key, "tokens", (Tier(Decimal(0), Decimal(told)),), "list", "2026-11-01", "B")

    def names_below(self, path: str, /) -> list[str]:
        above = f"{path.removeprefix('llm/')}/"
        return [name.removeprefix(above) for name in self.prices if name.startswith(above)]


def _asked(
    attributes: Mapping[str, Any] | None = None,
    use: Mapping[str, Any] | None = None,
    cost: int | None = 2000,
    suggested: Sequence[str] = (),
) -> LlmCalls:
    resource = declared("llm_api_call", {"model": "gpt-4o", **(attributes or {})})
    calls = calls_of(resource, Usage({**USE, **(use or {})}, TYPES[0].usage_key_by_name))
    return llm_calls(calls, None if cost is None else Decimal(cost), suggested, _Models(PRICES))


def _others(asked: LlmCalls) -> dict[str, Decimal]:
    return {other.model: other.monthly_cost for other in asked.other_models}


def test_other_models_come_cheapest_first() -> None:
    assert _asked(suggested=["openai/small"]).other_models == (
        ModelCost(model="openai/small", provider="openai", monthly_cost=Decimal(110)),
        ModelCost(model="gpt-4o-mini", provider="openai", monthly_cost=Decimal(220)),
        ModelCost(model="claude-haiku-4-5", provider="anthropic", monthly_cost=Decimal(440)),
    )


def test_fallbacks_are_compared_the_model_itself_only_as_one() -> None:
    assert "gpt-4o" not in _others(_asked(suggested=["gpt-4o"]))
    assert _others(_asked({"fallbacks": ("openai/gpt-4o", "openai/small", "nobody/knows")})) == {
        "openai/gpt-4o": 2000,
        "openai/small": 110,
        "gpt-4o-mini": 220,
        "claude-haiku-4-5": 440,
    }


def test_what_a_provider_resells_stays_with_it() -> None:
    assert _others(_asked({"provider": "azure"})) == {"gpt-4o-mini": 330, "claude-haiku-4-5": 440}


def test_cached_input_is_fresh_where_there_is_no_cache() -> None:
    assert _others(_asked(use={"cached_share": "0.5"})) == {"gpt-4o-mini": 220, "claude-haiku-4-5": 290}


def test_a_batch_is_none_where_none_is_sold() -> None:
    assert _others(_asked({"batch": True})) == {"gpt-4o-mini": 220, "claude-haiku-4-5": 440}


def test_retries_count_for_all() -> None:
    asked = _asked({"max_retries": 1}, {"retry_share": 1}, cost=4000)
    assert _others(asked) == {"gpt-4o-mini": 440, "claude-haiku-4-5": 880}
    assert (asked.attempts_per_call, asked.cost_per_call) == (Decimal(2), Decimal(2))


@pytest.mark.parametrize(
    ("use", "cost", "per_call"),
    [({}, 2000, 2), ({}, None, None), ({"monthly_calls": 0}, 0, None), ({"monthly_tokens": 5}, 2000, None)],
)
def test_cost_per_call(use: dict[str, Any], cost: int | None, per_call: int | None) -> None:
    assert _asked(use=use, cost=cost).cost_per_call == per_call


def test_a_call_may_cost_less_than_a_millionth_of_a_dollar() -> None:
    assert _asked(use={"monthly_calls": 3_000_000_000}, cost=100).cost_per_call == Decimal("3.3333E-8")


@pytest.mark.parametrize(
    ("attributes", "cost"), [({}, 800), ({"batch": True}, None), ({"provider": "azure"}, None), ({"model": "x"}, None)]
)
def test_as_a_batch(attributes: dict[str, Any], cost: int | None) -> None:
    assert _asked(attributes).batch_monthly_cost == cost


@pytest.mark.parametrize(
    ("attributes", "use", "cost"),
    [
        ({"repeated_share": "0.6"}, {}, 1700),
        ({"repeated_share": "0.6"}, {"cached_share": "0.5"}, 1700),
        ({"repeated_share": "0.6"}, {"cached_share": "0.6"}, None),
        ({}, {}, None),
        ({"repeated_share": "0.6", "provider": "azure"}, {}, None),
        ({"repeated_share": "0.6", "model": "x"}, {}, None),
    ],
)
def test_from_the_cache(attributes: dict[str, Any], use: dict[str, Any], cost: int | None) -> None:
    assert _asked(attributes, use).cache_monthly_cost == cost


@pytest.mark.parametrize(
    ("attributes", "use", "cost"),
    [
        ({"context_tokens": 50, "context_used_share": "0.2"}, {}, 400),
        ({"context_tokens": 50, "context_used_share": "0.2"}, {"cached_share": 1}, 200),
        ({"context_tokens": 500, "context_used_share": 0}, {}, 1000),
        ({"context_tokens": 50, "context_used_share": 1}, {}, 0),
        ({"context_used_share": "0.2"}, {}, None),
        ({"context_tokens": 50}, {}, None),
        ({"context_tokens": 50, "context_used_share": "0.2"}, {"input_tokens": 0}, None),
        ({"context_tokens": 50, "context_used_share": "0.2", "model": "x"}, {}, None),
        ({"context_tokens": 50, "context_used_share": "0.2", "model": "gpt-77"}, {}, None),
    ],
)
def test_unused_context(attributes: dict[str, Any], use: dict[str, Any], cost: int | None) -> None:
    assert _asked(attributes, use).unused_context_cost == cost


def test_without_use_nothing_is_compared() -> None:
    resource = declared("llm_api_call", {"model": "gpt-4o"})
    calls = calls_of(resource, Usage({}, TYPES[0].usage_key_by_name, assumptions=False))
    assert llm_calls(calls, None, (), _Models(PRICES)) == LlmCalls(
        provider="openai",
        model="gpt-4o",
        operation="chat",
        price=CallPrice(known=True, source="list", as_of="2026-11-01"),
        attempts_per_call=Decimal(1),
    )
