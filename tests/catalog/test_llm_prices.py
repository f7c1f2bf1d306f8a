"""From what genai-prices says of a model to prices: days, hours, variants, sizes of requests, units."""

from __future__ import annotations

from datetime import UTC, date, time
from decimal import Decimal

import pytest
from genai_prices.types import (
    ClauseEquals,
    ConditionalPrice,
    ModelInfo,
    ModelPrice,
    PriceVariant,
    Provider,
    StartDateConstraint,
    Tier,
    TieredPrices,
    TimeOfDateConstraint,
)

from tollbar.catalog import llm
from tollbar.catalog.llm_prices import SOURCE, counted, hours_matter, newest_date, prices_of_model
from tollbar.errors import CatalogError
from tollbar.units import unit, units

DAY = date(2026, 11, 26)


def _model(
    prices: ModelPrice | list[ConditionalPrice], variants: list[PriceVariant] | None = None, name: str = "Test-1"
) -> ModelInfo:
    return ModelInfo(id=name, match=ClauseEquals(name), prices=prices, price_variants=variants)


def _provider(*models: ModelInfo) -> Provider:
    return Provider(id="acme", name="Acme", api_pattern="https://acme", models=list(models))


def _shown(model: ModelInfo, on: date = DAY) -> dict[str, str]:
    """Return prices as people read them, by the end of their path."""
    found = prices_of_model(_provider(model), model, on, "2026-11-09")
    return {
        price.key.path.removeprefix("llm/acme/test-1/"): (
            f"{(price.tiers[0].unit_price * unit(price.unit).per).normalize():f} per {unit(price.unit).display}"
        )
        for price in found
    }


def _mtok(amount: str | TieredPrices, **others: Decimal) -> ModelPrice:
    return ModelPrice(input_mtok=amount if isinstance(amount, TieredPrices) else Decimal(amount), **others)


def test_a_price_is_per_token_everywhere_and_names_its_source() -> None:
    model = _model(_mtok("2.5"))
    (price,) = prices_of_model(_provider(model), model, DAY, "2026-11-09")
    assert str(price.key) == "llm/acme/test-1/input_tokens in global"
    assert [(tier.start, tier.unit_price) for tier in price.tiers] == [(Decimal(0), Decimal("0.0000025"))]
    assert (price.unit, price.source, price.as_of, price.trust) == ("tokens", "genai-prices", "2026-11-09", "B")


def test_each_kind_of_price_has_its_unit() -> None:
    prices = ModelPrice(
        input_mtok=Decimal(1), output_mtok=Decimal(2), cache_read_mtok=Decimal(3), cache_write_1h_mtok=Decimal(4),
        input_audio_mtok=Decimal(5), audio_hours=Decimal("1.02"), input_mchars=Decimal(7),
        web_searches_kcount=Decimal(8), rerank_searches_kcount=Decimal(9), code_executions_kcount=Decimal(10),
        requests_kcount=Decimal(11),
        input_document_kpages=Decimal(12), input_gpixels=Decimal(13), input_text_messages_kcount=Decimal(14),
    )  # fmt: skip
    assert _shown(_model(prices)) == {
        "input_tokens": "1 per 1M tokens",
        "output_tokens": "2 per 1M tokens",
        "cache_read_tokens": "3 per 1M tokens",
        "cache_write_1h_tokens": "4 per 1M tokens",
        "input_audio_tokens": "5 per 1M tokens",
        "audio_hours": "1.02 per audio-hours",
        "input_characters": "7 per 1M characters",
        "web_searches": "8 per 1k searches",
        "rerank_searches": "9 per 1k searches",
        "code_executions": "10000 per 1M executions",
        "requests": "11000 per 1M requests",
        "input_document_pages": "12 per 1k pages",
        "input_pixels": "13 per 1B pixels",
        "input_text_messages": "14000 per 1M messages",
    }


def test_every_kind_of_price_that_the_library_knows_has_a_unit_of_ours() -> None:
    from genai_prices.data_units import unit_data  # noqa: PLC0415 -- only this test looks at it

    everything = ModelPrice(**{entry["price_key"]: Decimal(1) for entry in unit_data.values()})
    model = _model(everything)
    found = list(prices_of_model(_provider(model), model, DAY, "2026-11-09"))
    assert {price.key.path.rpartition("/")[2] for price in found} == counted()
    assert {price.unit for price in found} <= set(units())


def test_a_dated_price_holds_from_its_day() -> None:
    prices = [
        ConditionalPrice(prices=_mtok("5")),
        ConditionalPrice(StartDateConstraint(date(2026, 11, 26)), prices=_mtok("4")),
        ConditionalPrice(StartDateConstraint(date(2027, 1, 1)), prices=_mtok("3")),
    ]
    shown = [_shown(_model(prices), day)["input_tokens"] for day in (date(2026, 11, 25), DAY, date(2027, 1, 1))]
    assert shown == ["5 per 1M tokens", "4 per 1M tokens", "3 per 1M tokens"]


def test_of_prices_by_the_hour_the_dearest_of_the_day_is_taken() -> None:
    at_night = TimeOfDateConstraint(time(22, tzinfo=UTC), time(4, tzinfo=UTC))
    at_noon = TimeOfDateConstraint(time(12), time(13))
    cheap, dear = _mtok("1", output_mtok=Decimal(9)), _mtok("2", output_mtok=Decimal(8))
    by_hour = _model([ConditionalPrice(prices=_mtok("1.5")), ConditionalPrice(at_night, prices=cheap),
                      ConditionalPrice(at_noon, prices=dear)])  # fmt: skip
    assert _shown(by_hour) == {"input_tokens": "2 per 1M tokens", "output_tokens": "9 per 1M tokens"}
    assert hours_matter(by_hour)
    assert not hours_matter(_model(cheap))


def test_the_price_of_large_requests_is_a_path_of_its_own_and_no_monthly_tier() -> None:
    tiered = TieredPrices(Decimal(1), [Tier(32_000, Decimal(2)), Tier(128_000, Decimal(3))])
    model = _model(_mtok(tiered))
    assert _shown(model) == {
        "input_tokens": "1 per 1M tokens",
        "input_tokens/above_32000": "2 per 1M tokens",
        "input_tokens/above_128000": "3 per 1M tokens",
    }
    assert {len(price.tiers) for price in prices_of_model(_provider(model), model, DAY, "2026-11-09")} == {1}


def test_a_variant_has_just_the_prices_that_it_says() -> None:
    standard = _mtok("4", output_mtok=Decimal(8), web_searches_kcount=Decimal(10))
    variants = [
        PriceVariant({"processing": "batch"}, _mtok(TieredPrices(Decimal(2), [Tier(200_000, Decimal(3))]))),
        PriceVariant({"service_tier": "default"}, ModelPrice()),
        PriceVariant({"service_tier": "priority"}, _mtok("7"), StartDateConstraint(date(2026, 12, 1))),
        PriceVariant({"service_tier": "priority"}, _mtok("6"), StartDateConstraint(date(2026, 10, 1))),
        PriceVariant({"route": "Acme/EU"}, ModelPrice(output_mtok=Decimal(9))),
    ]
    assert _shown(_model(standard, variants)) == {
        "input_tokens": "4 per 1M tokens",
        "output_tokens": "8 per 1M tokens",
        "web_searches": "10 per 1k searches",
        "input_tokens/batch": "2 per 1M tokens",
        "input_tokens/batch/above_200000": "3 per 1M tokens",
        "input_tokens/priority": "6 per 1M tokens",
        "output_tokens/route_acme_eu": "9 per 1M tokens",
    }


def test_who_sells_another_provider_s_model_has_no_variants_of_it() -> None:
    model = _model(_mtok("4"), [PriceVariant({"processing": "batch"}, _mtok("2"))])
    found = prices_of_model(_provider(), model, DAY, "2026-11-09")
    assert [price.key.path for price in found] == ["llm/acme/test-1/input_tokens"]


def test_a_price_of_zero_is_unknown() -> None:
    assert _shown(_model(_mtok("0", output_mtok=Decimal(8)))) == {"output_tokens": "8 per 1M tokens"}


def test_a_price_below_zero_is_refused() -> None:
    with pytest.raises(CatalogError, match="llm/acme/test-1/input_tokens costs -1"):
        _shown(_model(_mtok("-1")))


def test_the_data_is_as_new_as_its_youngest_price_in_force() -> None:
    dated = [
        ConditionalPrice(prices=_mtok("5")),
        ConditionalPrice(StartDateConstraint(date(2026, 10, 1)), prices=_mtok("4")),
        ConditionalPrice(StartDateConstraint(date(2027, 1, 1)), prices=_mtok("3")),
    ]
    variant = PriceVariant({"processing": "batch"}, _mtok("2"), StartDateConstraint(date(2026, 11, 3)))
    assert newest_date([_provider(_model(dated), _model(_mtok("1"), [variant]))], DAY) == date(2026, 11, 3)
    assert newest_date([_provider(_model(_mtok("1")))], DAY) is None


def test_both_modules_name_the_source_alike() -> None:
    assert SOURCE == llm.SOURCE
