"""The price of one call: equal to the library's own, by bucket, and never guessed."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import duckdb
import pytest
from genai_prices import Usage, calc_price
from genai_prices.data import providers
from hypothesis import given, settings
from hypothesis import strategies as st

from tollbar.catalog.call_price import (
    BUCKETS,
    RATE_COLUMNS,
    CallCost,
    Fallback,
    ModelRates,
    cost,
    rate_rows,
    rates,
)
from tollbar.catalog.llm import LlmCatalog
from tollbar.catalog.model_lookup import UnknownModel
from tollbar.token_usage import TokenUsage

if TYPE_CHECKING:
    from tollbar.catalog.call_price import ServiceTier

DAY = date(2026, 11, 21)
SONNET = "anthropic.claude-sonnet-4-5-20250929-v1:0"
ARN = "arn:aws:bedrock:eu-west-1:1"
NO_PRICE = "no price is known of the model"
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
CATALOG = LlmCatalog(DAY)
_CONTEXTS: dict[ServiceTier | None, dict[str, str]] = {
    None: {},
    "batch": {"processing": "batch"},
    "flex": {"service_tier": "flex"},
    "priority": {"service_tier": "priority"},
}


def _theirs(usage: TokenUsage) -> Usage:
    """The same tokens as the library counts them: every number holds those below it."""
    return Usage(
        input_tokens=usage.total_input,
        cache_read_tokens=usage.cache_read + usage.cache_read_audio,
        cache_write_tokens=usage.cache_write_5m + usage.cache_write_1h,
        cache_write_5m_tokens=usage.cache_write_5m,
        cache_write_1h_tokens=usage.cache_write_1h,
        input_audio_tokens=usage.input_audio + usage.cache_read_audio,
        cache_audio_read_tokens=usage.cache_read_audio,
        input_image_tokens=usage.input_image,
        cache_image_read_tokens=0,
        output_tokens=usage.total_output,
        output_reasoning_tokens=usage.reasoning,
        output_audio_tokens=usage.output_audio,
        output_image_tokens=usage.output_image,
    )


def _known(model: str, provider: str | None = None, tier: ServiceTier | None = None) -> ModelRates:
    found = rates(CATALOG, model, provider, tier=tier)
    assert isinstance(found, ModelRates), found
    return found


def _random_usage(chance: random.Random) -> TokenUsage:
    sizes = (0, 0, 1, 900, 40_000, 150_000, 250_000)
    return TokenUsage(
        **{bucket: chance.choice(sizes) and chance.randint(1, chance.choice(sizes) + 1) for bucket in BUCKETS}
    )


def test_200_random_calls_cost_what_the_library_says() -> None:
    chance = random.Random(1)  # noqa: S311 -- figures for a test
    sold = [(provider, model) for provider in providers for model in provider.models]
    varied = [(provider, model) for provider, model in sold if model.price_variants]
    compared = in_a_step = in_a_tier = 0
    while compared < 200:
        provider, model = chance.choice(chance.choice((sold, varied)))
        if provider.find_model(model.id, all_providers=providers) is not model:
            continue  # the library does not find it by its own identifier
        usage, tier = _random_usage(chance), chance.choice([*_CONTEXTS])
        theirs = calc_price(
            _theirs(usage),
            model.id,
            provider_id=provider.id,
            genai_request_timestamp=NOON,
            price_context=_CONTEXTS[tier],
        )
        ours = rates(CATALOG, model.id, provider.id, tier=tier, at=NOON)
        assert isinstance(ours, ModelRates), ours
        price = cost(ours, usage)
        assert (ours.model, price.priced) == (theirs.model.id, theirs.total_price)
        compared += 1
        in_a_step += price.above_input_tokens > 0
        in_a_tier += tier is not None and ours.tier_is_priced
    assert in_a_step > 5
    assert in_a_tier > 5


def test_a_call_that_uses_every_bucket() -> None:
    usage = TokenUsage(1000, 2000, 3000, 4000, 500, 600, input_image=70)
    assert cost(_known("claude-sonnet-4-5"), usage) == CallCost(
        amounts={
            "input_uncached": Decimal("0.003"),
            "cache_read": Decimal("0.0006"),
            "cache_write_5m": Decimal("0.01125"),
            "cache_write_1h": Decimal("0.024"),
            "output_visible": Decimal("0.0075"),
            "reasoning": Decimal("0.009"),
            "input_image": Decimal("0.00021"),
        },
        per_call=Decimal(0),
        above_input_tokens=0,
    )


@pytest.mark.parametrize(
    ("input_tokens", "above", "total"),
    [(199_999, 0, "0.599997"), (200_000, 0, "0.6"), (200_001, 200_000, "1.200006")],
)
def test_a_large_request_pays_the_step_for_all_its_tokens(input_tokens: int, above: int, total: str) -> None:
    """Cached tokens count towards the size: the request is as large with them."""
    price = cost(_known("claude-sonnet-4-5"), TokenUsage(input_uncached=input_tokens))
    assert (price.above_input_tokens, price.total) == (above, Decimal(total))
    cached = cost(_known("claude-sonnet-4-5"), TokenUsage(input_uncached=1, cache_read=input_tokens - 1))
    assert cached.above_input_tokens == above


def test_a_bucket_without_a_price_falls_back_and_says_so() -> None:
    found = _known("gpt-4o")
    assert found.fallbacks == (
        Fallback("cache_write_5m", "input_tokens"),
        Fallback("cache_write_1h", "input_tokens"),
        Fallback("input_audio", "input_tokens"),
        Fallback("cache_read_audio", "cache_read_tokens"),
        Fallback("output_audio", "output_tokens"),
        Fallback("input_image", "input_tokens"),
        Fallback("output_image", "output_tokens"),
    )
    assert Fallback("cache_read", "input_tokens") in _known("llama-3.3-70b-versatile", "groq").fallbacks
    assert "cache_write_1h" not in dict(_known("claude-sonnet-4-5").fallbacks)


def test_tokens_without_any_price_are_unpriced_not_free() -> None:
    embedding = _known("text-embedding-3-small")
    assert cost(embedding, TokenUsage(input_uncached=1_000_000)).total == Decimal("0.02")
    price = cost(embedding, TokenUsage(input_uncached=1_000_000, output_visible=1))
    assert (price.total, price.priced, price.unpriced) == (None, Decimal("0.02"), ("output_visible",))


def test_a_price_of_the_call_itself_is_counted_once() -> None:
    sonar = _known("sonar", "perplexity")
    assert sonar.per_call == Decimal("0.012")
    assert cost(sonar, TokenUsage()).total == Decimal("0.012")
    assert cost(sonar, TokenUsage(input_uncached=1000, output_visible=500)).total == Decimal("0.0135")


@pytest.mark.parametrize(
    ("model", "provider", "tier", "input_usd", "standard"),
    [
        ("gpt-4o", None, "batch", "1.25", ("cache_read", "cache_read_audio")),
        ("gpt-4o", "azure", "batch", "2.5", BUCKETS),  # a reseller has the standard price only
        ("claude-sonnet-4-5", None, "batch", "1.5", ()),
        ("claude-sonnet-4-5", None, "flex", "3", BUCKETS),
        ("gpt-5", None, "flex", "0.625", ()),
        ("gpt-5", None, "priority", "2.5", ()),
    ],
)
def test_a_service_tier_has_its_price_or_the_standard_one_said_so(
    model: str, provider: str | None, tier: ServiceTier, input_usd: str, standard: tuple[str, ...]
) -> None:
    found = _known(model, provider, tier)
    assert found.step(1000).usd["input_uncached"] == Decimal(input_usd) / 1_000_000
    assert (found.tier_is_priced, found.standard_priced) == (standard != BUCKETS, standard)


def test_the_price_of_the_hour_or_the_dearest_of_the_day() -> None:
    off_peak, peak = (rates(CATALOG, "deepseek-v4-pro", at=datetime(2026, 11, 21, hour, tzinfo=UTC)) for hour in (0, 3))
    dearest = _known("deepseek-v4-pro")
    assert isinstance(off_peak, ModelRates)
    assert isinstance(peak, ModelRates)
    assert dearest.hours_matter
    input_price = [found.steps[0].usd["input_uncached"] for found in (off_peak, peak, dearest)]
    assert input_price == [Decimal("6.6E-7"), Decimal("0.00000132"), Decimal("0.00000132")]


@pytest.mark.parametrize(
    ("model", "provider", "sold_by", "found"),
    [
        (f"us.{SONNET}", None, "aws.bedrock", f"regional.{SONNET}"),
        (SONNET, None, "aws.bedrock", f"regional.{SONNET}"),
        (f"global.{SONNET}", None, "aws.bedrock", f"global.{SONNET}"),
        ("apac.amazon.nova-pro-v1:0", "bedrock", "aws.bedrock", "amazon.nova-pro-v1:0"),
        (f"{ARN}:foundation-model/amazon.nova-pro-v1:0", None, "aws.bedrock", "amazon.nova-pro-v1:0"),
        ("publishers/google/models/gemini-2.5-pro", None, "gcp.vertex_ai", "gemini-2.5-pro"),
        ("models/gemini-2.5-pro", "gcp.gemini", "gcp.gemini", "gemini-2.5-pro"),
        ("openrouter/anthropic/claude-sonnet-4.5", None, "openrouter", "anthropic/claude-sonnet-4.5"),
        ("azure/gpt-4o-2024-08-06", None, "azure.ai.openai", "gpt-4o"),
        ("gpt-35-turbo", "azure", "azure.ai.openai", "gpt-3.5-turbo"),
        ("gpt-4o-2024-08-06", None, "openai", "gpt-4o"),
        ("claude-sonnet-4-5@20250929", "gcp.vertex_ai", "gcp.vertex_ai", "claude-sonnet-4-5"),
        ("ft:gpt-4o-mini:org::id", None, "openai", "ft:gpt-4o-mini"),
        ("ft:gpt-4o-mini-2024-07-18:org::id", "openai", "openai", "ft:gpt-4o-mini"),
        ("grok-4", "x_ai", "x_ai", "grok-4-0709"),
        ("mistral/mistral-large-latest", None, "mistral_ai", "mistral-large"),
        ("voyage-3", None, "voyageai", "voyage-3"),
    ],
)  # fmt: skip
def test_a_model_is_found_by_any_of_its_names(model: str, provider: str | None, sold_by: str, found: str) -> None:
    ours = _known(model, provider)
    assert (ours.provider, ours.model) == (sold_by, found)


@pytest.mark.parametrize(
    ("model", "provider", "said"),
    [
        ("gpt-4o-2027-01-01", None, f"{NO_PRICE} 'gpt-4o-2027-01-01' at openai; nearest known: gpt-4o, "),
        ("gtp-4o", "openai", f"{NO_PRICE} 'gtp-4o' at openai; nearest known: gpt-4o, "),
        ("chat-prod", "azure", f"{NO_PRICE} 'chat-prod' at azure.ai.openai"),
        ("hello4-mini", "azure", f"{NO_PRICE} 'hello4-mini' at azure.ai.openai"),
        ("azure/eu/gpt-4o", None, f"{NO_PRICE} 'azure/eu/gpt-4o' at azure.ai.openai"),
        ("ft:gpt-9:org::id", None, f"{NO_PRICE} 'ft:gpt-9:org::id' at openai; nearest known: "),
        ("llama-3.3", None, f"{NO_PRICE} 'llama-3.3', and no provider is told"),
        ("llama3", "ollama", "no prices are known of the provider 'ollama'"),
        ("gpt-4o", "opnai", "no prices are known of the provider 'opnai'; nearest known: openai"),
        (f"{ARN}:provisioned-model/x", None, f"'{ARN}:provisioned-model/x' names no model: tell the model"),
        (" ", None, "no model is named"),
    ],
)  # fmt: skip
def test_a_model_that_is_not_known_is_never_guessed(model: str, provider: str | None, said: str) -> None:
    found = rates(CATALOG, model, provider)
    assert isinstance(found, UnknownModel)
    assert str(found).startswith(said)


_TOKENS = st.integers(min_value=0, max_value=400_000)
_USAGE = st.builds(TokenUsage, **dict.fromkeys(BUCKETS, _TOKENS))
_MODELS = st.sampled_from(["gpt-4o", "claude-sonnet-4-5", "gemini-2.5-pro", "gpt-5", "gemini-2.5-flash", "grok-4"])
_TIERS = st.sampled_from([*_CONTEXTS])


@settings(max_examples=50, deadline=None)
@given(model=_MODELS, tier=_TIERS, usage=_USAGE)
def test_each_token_is_paid_once(model: str, tier: ServiceTier | None, usage: TokenUsage) -> None:
    """The buckets add up: the whole costs what its parts cost at the rates of a request of its size."""
    found = _known(model, tier=tier)
    price = cost(found, usage)
    assert set(price.amounts) == {bucket for bucket in BUCKETS if getattr(usage, bucket)}
    step = found.step(usage.total_input)
    assert price.total == sum((step.usd[name] or Decimal(0)) * getattr(usage, name) for name in BUCKETS)
    assert found.steps[0].usd.keys() == set(BUCKETS)


@settings(max_examples=50, deadline=None)
@given(model=_MODELS, tier=_TIERS, usage=_USAGE, bucket=st.sampled_from(BUCKETS), more=_TOKENS)
def test_more_tokens_never_cost_less(
    model: str, tier: ServiceTier | None, usage: TokenUsage, bucket: str, more: int
) -> None:
    found = _known(model, tier=tier)
    larger = cost(found, replace(usage, **{bucket: getattr(usage, bucket) + more})).total
    smaller = cost(found, usage).total
    assert larger is not None
    assert smaller is not None
    assert larger >= smaller


def test_a_table_of_rates_prices_calls_in_sql() -> None:
    """Each call meets one row, and costs to the last digit what it costs one by one."""
    chance = random.Random(2)  # noqa: S311 -- figures for a test
    models = [_known("claude-sonnet-4-5"), _known("gpt-4o", tier="batch"), _known("sonar", "perplexity")]
    calls = [(number % 3, _random_usage(chance)) for number in range(60)] + [(0, TokenUsage())]
    database = duckdb.connect()
    database.execute(f"CREATE TABLE rates ({', '.join(f'{name} {kind}' for name, kind in RATE_COLUMNS.items())})")
    database.executemany(_insert("rates", len(RATE_COLUMNS)), list(rate_rows(models)))
    database.execute(f"CREATE TABLE calls (id INT, model VARCHAR, {', '.join(f'{name} BIGINT' for name in BUCKETS)})")
    for number, (model, usage) in enumerate(calls):
        values = [number, models[model].model, *(getattr(usage, bucket) for bucket in BUCKETS)]
        database.execute(_insert("calls", len(values)), values)
    total_input = " + ".join(bucket for bucket in BUCKETS if bucket not in _OUTPUT)
    paid = " + ".join(f"calls.{name}::DECIMAL(12) * rates.{name}" for name in BUCKETS)
    found = database.execute(
        f"WITH calls AS (SELECT *, {total_input} AS total_input FROM calls) "  # noqa: S608 -- names of ours
        f"SELECT calls.id, rates.per_call + {paid} FROM calls JOIN rates USING (model) "
        "WHERE (total_input > above_input_tokens OR above_input_tokens = 0) "
        "AND (up_to_input_tokens IS NULL OR total_input <= up_to_input_tokens) ORDER BY id"
    ).fetchall()
    assert found == [(number, cost(models[model], usage).total) for number, (model, usage) in enumerate(calls)]


_OUTPUT = frozenset({"output_visible", "reasoning", "output_audio", "output_image"})


def _insert(table: str, columns: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"  # noqa: S608 -- names of ours


def test_the_rows_of_a_table_are_the_steps() -> None:
    found = _known("claude-sonnet-4-5")
    rows = [dict(zip(RATE_COLUMNS, row, strict=True)) for row in rate_rows([found])]
    assert [(row["above_input_tokens"], row["up_to_input_tokens"]) for row in rows] == [(0, 200_000), (200_000, None)]
    assert [{bucket: row[bucket] for bucket in BUCKETS} for row in rows] == [step.usd for step in found.steps]
