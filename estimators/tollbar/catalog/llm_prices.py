"""Prices of LLM calls: from what genai-prices says of a model to prices of the catalogue.

A path is ``llm/<provider>/<model>/<what>``, all in lower case, then

- ``/<variant>`` where the provider sells another way to run a request at another price: ``batch``, ``flex``,
  ``priority``, ``fast``;
- ``/above_<N>`` for the price of a request with more than N tokens of input. That is no monthly tier: the
  size of one request decides, and the higher price then holds for all of its tokens.

``<what>`` is the library's own name of what is counted (its ``units.yml``): ``input_tokens``,
``output_tokens``, ``cache_read_tokens``, ``cache_write_1h_tokens``, ``input_audio_tokens``, ``web_searches``…;
audio is counted in hours (``audio_hours``), as it is priced.
Importing this module imports the library, which takes a quarter of a second.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from genai_prices.data_units import unit_data
from genai_prices.types import ModelPrice, StartDateConstraint, TieredPrices, TimeOfDateConstraint
from genai_prices.units import UnitRegistry

from tollbar.catalog.lookup import EVERYWHERE
from tollbar.errors import CatalogError
from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from genai_prices.types import ModelInfo, PriceVariant, Provider
    from genai_prices.units import UnitDef

    from tollbar.price import Trust

SOURCE = "genai-prices"
TRUST: Trust = "B"
"""The library's authors keep the prices after the providers' pages."""
_UNITS = {
    "tokens": "tokens",
    "characters": "characters",
    "messages": "messages",
    "durations": "audio-hours",
    "pixels": "pixels",
    "document_pages": "pages",
    "rerank": "searches",
    "requests": "requests",
}
"""Our unit for each family of the library's. Tool calls are searches, but for running code."""
_PLAIN_CONDITIONS = frozenset({"processing", "service_tier", "speed"})
"""Conditions of a variant whose value says enough: ``batch``, not ``processing_batch``."""


def counted() -> frozenset[str]:
    """Return all that the library can price: the names that ``<what>`` can have."""
    return frozenset(_name(unit) for unit in _registry().units.values())


def model_path(provider: Provider, model: ModelInfo) -> str:
    """Return the path below which a model's prices stand."""
    return f"llm/{provider.id}/{model.id}".lower()


def prices_of_model(provider: Provider, model: ModelInfo, on: date, as_of: str) -> Iterator[Price]:
    """Yield a model's prices on a day, in USD per token (page, search, …), with all variants.

    Where the price depends on the time of day, the dearest of the day is taken. A price of 0 is left out:
    the library has none, and unknown is never zero. A provider that sells another's model, as Azure does
    OpenAI's, sells it at the standard price only: that is how the library reads its own data.

    Raises:
        CatalogError: A price is below 0.
    """
    moments = moments_of(model, on)
    own = any(model is sold for sold in provider.models)
    yield from _prices(model_path(provider, model), "", dearest(model, moments, {}), as_of)
    for name, variants in _variants(model).items() if own else ():
        overridden = _overridden(variants, moments)
        resolved = dearest(model, moments, variants[0].when)
        amounts = {key: amount for key, amount in resolved.items() if key in overridden}
        yield from _prices(model_path(provider, model), f"/{name}", amounts, as_of)


def prices_of_calls(
    provider: Provider, model: ModelInfo, moments: list[datetime], context: dict[str, str]
) -> tuple[dict[str, Decimal | TieredPrices], frozenset[str]]:
    """Return a model's prices of tokens and requests by what they count, in USD per million and per thousand.

    ``context`` is what the library asks of a request: ``{"processing": "batch"}``. Which prices that context has of its
    own comes second; the others are the standard ones.
    """
    own = any(model is sold for sold in provider.models)
    told = context if own else {}
    variants = [variant for variant in model.price_variants or () if told and variant.when.items() <= told.items()]
    amounts = dearest(model, moments, told)
    counted_by = {key: name for key in amounts if (name := _usage_key(key)) is not None}
    overridden = _overridden(variants, moments)
    own_prices = frozenset(name for key, name in counted_by.items() if key in overridden)
    return {name: amounts[key] for key, name in counted_by.items()}, own_prices


def kind_of(usage_key: str) -> frozenset[tuple[str, str]]:
    """Return what the tokens are that a price counts: direction, modality, token type, cache's time to live."""
    return frozenset(_registry().units[usage_key].dimensions.items() - {("family", "tokens")})


def _usage_key(price_key: str) -> str | None:
    """Return what a price counts, where that is tokens or requests."""
    unit = _unit(price_key)
    return unit.usage_key if unit is not None and unit.dimensions["family"] in {"tokens", "requests"} else None


def newest_date(providers: Iterable[Provider], on: date) -> date | None:
    """Return the youngest day, up to ``on``, from which a price is said to hold: the data is at least as new.

    Neither the package nor its published data tells when the prices were checked.
    """
    return max((start for start in start_dates(providers) if start <= on), default=None)


def start_dates(providers: Iterable[Provider]) -> Iterator[date]:
    """Yield the days from which dated prices hold, announced ones too."""
    for provider in providers:
        for model in provider.models:
            for constraint in _constraints(model):
                if isinstance(constraint, StartDateConstraint):
                    yield constraint.start_date


def hours_matter(model: ModelInfo) -> bool:
    """Tell whether a model's price depends on the time of day."""
    return any(isinstance(constraint, TimeOfDateConstraint) for constraint in _constraints(model))


def _prices(model: str, variant: str, amounts: dict[str, Decimal | TieredPrices], as_of: str) -> Iterator[Price]:
    for price_key, amount in amounts.items():
        unit = _unit(price_key)
        if unit is None:
            continue
        for size, usd in _by_size(amount):
            path = f"{model}/{_name(unit)}{variant}{size}"
            if usd < 0:
                raise CatalogError(f"{path} costs {usd}")
            if usd > 0:
                tiers = (Tier(Decimal(0), usd / (1 if _is_audio(unit) else unit.per)),)
                yield Price(PriceKey(path, EVERYWHERE), _unit_name(unit), tiers, SOURCE, as_of, TRUST)


def _by_size(amount: Decimal | TieredPrices) -> Iterator[tuple[str, Decimal]]:
    """Yield the end of the path for each size of request, and the price in USD per the library's unit."""
    if isinstance(amount, TieredPrices):
        yield "", amount.base
        for tier in amount.tiers:
            yield f"/above_{tier.start}", tier.price
    else:
        yield "", amount


def dearest(model: ModelInfo, moments: list[datetime], context: dict[str, str]) -> dict[str, Decimal | TieredPrices]:
    """Return the highest price of each kind over the moments of a day."""
    dearest: dict[str, Decimal | TieredPrices] = {}
    for moment in moments:
        for key, amount in _amounts(model.get_prices(moment, context)).items():
            if key not in dearest or _base(amount) > _base(dearest[key]):
                dearest[key] = amount
    return dearest


def _amounts(prices: ModelPrice) -> dict[str, Decimal | TieredPrices]:
    return {key: amount for key, amount in vars(prices).items() if isinstance(amount, Decimal | TieredPrices)}


def _base(amount: Decimal | TieredPrices) -> Decimal:
    return amount.base if isinstance(amount, TieredPrices) else amount


def _variants(model: ModelInfo) -> dict[str, list[PriceVariant]]:
    """Return a model's variants by name; one has several where its price changed."""
    named: dict[str, list[PriceVariant]] = {}
    for variant in model.price_variants or ():
        words = (
            value if condition in _PLAIN_CONDITIONS else f"{condition}_{value}"
            for condition, value in sorted(variant.when.items())
        )
        name = re.sub(r"[^a-z0-9.]+", "_", "_".join(words).lower())
        named.setdefault(name, []).append(variant)
    return named


def _overridden(variants: Iterable[PriceVariant], moments: list[datetime]) -> set[str]:
    return {key for variant in variants if _active(variant, moments) for key in _amounts(variant.prices)}


def _active(variant: PriceVariant, moments: list[datetime]) -> bool:
    return variant.constraint is None or any(variant.constraint.active(moment) for moment in moments)


def moments_of(model: ModelInfo, on: date) -> list[datetime]:
    """Return midnight and each moment of a day at which a model's price may change, in UTC."""
    midnight = datetime.combine(on, time(tzinfo=UTC))
    times = {
        datetime.combine(on, moment, moment.tzinfo or UTC).astimezone(UTC).time()
        for constraint in _constraints(model)
        if isinstance(constraint, TimeOfDateConstraint)
        for moment in (constraint.start_time, constraint.end_time)
    }
    return [midnight, *(datetime.combine(on, moment, UTC) for moment in sorted(times))]


def _constraints(model: ModelInfo) -> Iterator[StartDateConstraint | TimeOfDateConstraint | None]:
    if not isinstance(model.prices, ModelPrice):
        yield from (conditional.constraint for conditional in model.prices)
    yield from (variant.constraint for variant in model.price_variants or ())


@cache
def _registry() -> UnitRegistry:
    return UnitRegistry(unit_data)


def _unit(price_key: str) -> UnitDef | None:
    """Return what a price counts; None for a kind that is newer than the installed library."""
    try:
        return _registry().unit_for_price_key(price_key)
    except KeyError:
        return None


def _name(unit: UnitDef) -> str:
    """Return what is counted. Audio is priced by the hour; a price by the second would have no end of digits."""
    return unit.price_key if _is_audio(unit) else unit.usage_key


def _is_audio(unit: UnitDef) -> bool:
    return unit.dimensions["family"] == "durations"


def _unit_name(unit: UnitDef) -> str:
    if unit.usage_key == "code_executions":
        return "executions"
    return _UNITS.get(unit.dimensions["family"], "searches")
