"""The cheapest models that will do, and why the others will not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tollbar.catalog.call_price import cost, rates
from tollbar.catalog.llm import LlmCatalog
from tollbar.llm.model_facts import facts_of, is_covered
from tollbar.llm.quality import Benchmark
from tollbar.llm.routing import Route, Wanted, route
from tollbar.token_usage import TokenUsage

CATALOG = LlmCatalog(date(2026, 11, 21))
CALL = TokenUsage(input_uncached=1000, output_visible=100)


def _benchmark(**scores: int) -> Benchmark:
    names = {name.replace("__", "/").replace("_", "-"): Decimal(score) for name, score in scores.items()}
    return Benchmark(title="t", page="p", as_of="2026-11-10", scores=names)


SCORES = _benchmark(openai__gpt_4o=90, openai__gpt_4o_mini=80, anthropic__claude_haiku_4_5=85, openai__o1=99)


def _route(benchmark: Benchmark = SCORES, **wanted: Any) -> Route:
    return route(CATALOG, "b", benchmark, Wanted(CALL, **wanted))


def _names(found: Route) -> list[str]:
    return [candidate.name for candidate in found.candidates]


def test_the_cheapest_comes_first_with_its_price_and_facts() -> None:
    found = _route()
    assert [(candidate.name, candidate.cost_per_call, candidate.quality) for candidate in found.candidates] == [
        ("openai/gpt-4o-mini", Decimal("0.00021"), Decimal(80)),
        ("anthropic/claude-haiku-4-5", Decimal("0.0015"), Decimal(85)),
        ("openai/gpt-4o", Decimal("0.0035"), Decimal(90)),
    ]
    assert found.left_out == {"retired or deprecated": ("openai/o1",)}
    cheapest = found.candidates[0]
    assert cheapest.context == 128_000
    assert cheapest.features is not None
    assert {"vision", "tools", "json"} <= cheapest.features
    model = rates(CATALOG, "gpt-4o-mini")
    assert cheapest.rates == model
    assert cost(cheapest.rates, CALL).total == cheapest.cost_per_call


@pytest.mark.parametrize(("floor", "names"), [(85, 2), (Decimal("85.1"), 1), (91, 0)])
def test_the_quality_asked_for_is_the_least(floor: Decimal, names: int) -> None:
    found = _route(quality=Decimal(floor))
    assert len(found.candidates) == names
    assert len(found.left_out["below the quality asked for"]) == 3 - names


@pytest.mark.parametrize(
    ("context", "names"),
    [
        (128_000, ["openai/gpt-4o-mini", "anthropic/claude-haiku-4-5", "openai/gpt-4o"]),
        (128_001, ["anthropic/claude-haiku-4-5"]),
        (200_001, []),
    ],
)
def test_the_context_must_hold_the_call(context: int, names: list[str]) -> None:
    found = _route(context=context)
    assert _names(found) == names
    whole = route(CATALOG, "b", SCORES, Wanted(TokenUsage(input_uncached=context - 100, output_visible=100)))
    assert _names(whole) == names


def test_what_is_needed_must_be_known() -> None:
    assert _names(_route(needs=frozenset({"reasoning"}))) == ["anthropic/claude-haiku-4-5"]
    assert _route(needs=frozenset({"reasoning", "audio"})).left_out["without audio"] == ("anthropic/claude-haiku-4-5",)
    unlisted = _benchmark(perplexity__sonar=70)
    assert _names(_route(unlisted)) == ["perplexity/sonar"]
    assert _route(unlisted, needs=frozenset({"tools"})).left_out == {
        "its features are not known": ("perplexity/sonar",)
    }


def test_a_large_call_is_compared_at_the_price_of_its_size() -> None:
    large = TokenUsage(input_uncached=250_000)
    (found,) = route(CATALOG, "b", _benchmark(**{"google__gemini_2.5_pro": 1}), Wanted(large)).candidates
    assert found.cost_per_call == Decimal("0.625")  # $2.50 a million above 200,000 tokens


def test_a_provider_may_be_asked_for() -> None:
    found = _route(providers=("azure.ai.openai", "groq"))
    assert [(candidate.rates.provider, candidate.rates.model) for candidate in found.candidates] == [
        ("azure.ai.openai", "gpt-4o-mini"),
        ("azure.ai.openai", "gpt-4o"),
    ]
    assert found.left_out["not sold by groq"] == tuple(SCORES.scores)


def test_a_model_without_a_price_is_left_out() -> None:
    found = _route(_benchmark(openai__gpt_99=1, openai__whisper_1=2))
    assert found.candidates == ()
    assert set(found.left_out) == {"no price is known", "retired or deprecated"}


def test_facts_are_those_of_the_model_not_of_one_that_is_called_alike() -> None:
    sold = {model.id: model for model in next(p for p in CATALOG.providers if p.id == "openai").models}
    mini, large = facts_of("openai", sold["gpt-4o-mini"]), facts_of("openai", sold["gpt-4.1"])
    assert mini is not None
    assert large is not None
    assert (mini.context, mini.max_output, large.context) == (128_000, 16_384, 1_047_576)
    assert facts_of("perplexity", sold["gpt-4o-mini"]) is None
    assert (is_covered("openai"), is_covered("perplexity")) == (True, False)
