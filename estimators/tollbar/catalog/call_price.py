"""What one call of a language model costs: the rates of its model, and the cost of its tokens in exact decimals.

The rule is that of genai-prices: each token is charged at the most specific price that its model has for it. A cached
token of a model without a price of cached input costs what input costs, an hour's cache write what a cache write costs,
a reasoning token what output costs, audio what text costs. Every such fallback is named in the result. A token without
any price is unpriced, never free; a model that the library does not know is unknown, never guessed.

The size of a request decides its step: above so many tokens of input, cached ones included, the higher price holds for
all of its tokens.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple

from tollbar.catalog.model_lookup import UnknownModel, find_model
from tollbar.token_usage import TokenUsage

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import datetime

    from genai_prices.types import TieredPrices

    from tollbar.catalog.llm import LlmCatalog
    from tollbar.catalog.model_lookup import FoundModel

ServiceTier = Literal["batch", "flex", "priority"]

BUCKETS = tuple(field.name for field in fields(TokenUsage))
"""The buckets of :class:`TokenUsage`, in its order."""
_KINDS: Mapping[str, Mapping[str, str]] = {
    "input_uncached": {"direction": "input", "modality": "text"},
    "cache_read": {"direction": "input", "modality": "text", "token_type": "cache_read"},
    "cache_write_5m": {"direction": "input", "modality": "text", "token_type": "cache_write", "cache_ttl": "5m"},
    "cache_write_1h": {"direction": "input", "modality": "text", "token_type": "cache_write", "cache_ttl": "1h"},
    "output_visible": {"direction": "output", "modality": "text"},
    "reasoning": {"direction": "output", "modality": "text", "token_type": "reasoning"},
    "input_audio": {"direction": "input", "modality": "audio"},
    "cache_read_audio": {"direction": "input", "modality": "audio", "token_type": "cache_read"},
    "output_audio": {"direction": "output", "modality": "audio"},
    "input_image": {"direction": "input", "modality": "image"},
    "output_image": {"direction": "output", "modality": "image"},
}
"""What the tokens of each bucket are, in the terms of the library's units."""
_OWN_PRICE: Mapping[str, str] = {
    "input_uncached": "input_tokens",
    "cache_read": "cache_read_tokens",
    "cache_write_5m": "cache_write_tokens",
    "cache_write_1h": "cache_write_1h_tokens",
    "output_visible": "output_tokens",
    "reasoning": "output_tokens",
    "input_audio": "input_audio_tokens",
    "cache_read_audio": "cache_audio_read_tokens",
    "output_audio": "output_audio_tokens",
    "input_image": "input_image_tokens",
    "output_image": "output_image_tokens",
}
"""The price that each bucket is expected to have. No provider but two sells reasoning other than as output."""
_CONTEXTS: Mapping[str | None, Mapping[str, str]] = {
    None: {},
    "batch": {"processing": "batch"},
    "flex": {"service_tier": "flex"},
    "priority": {"service_tier": "priority"},
}
_REQUESTS = "requests"
_PLACES = Decimal("1e-18")
_MILLION = 1_000_000


class Fallback(NamedTuple):
    """A bucket without a price of its own, and the price it is charged at: ``cache_read_tokens``, ``input_tokens``."""

    bucket: str
    charged_as: str


@dataclass(frozen=True, slots=True)
class RateStep:
    """The rates of requests with more than ``above_input_tokens`` tokens of input, and no more than the next step's.

    ``usd`` is USD per token by bucket, None where the model has no price for such tokens.
    """

    above_input_tokens: int
    usd: Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class ModelRates:
    """What a model's tokens cost at a provider.

    ``provider`` is its OpenTelemetry name, ``model`` what genai-prices calls the model; ``steps`` go up, from 0.
    ``tier`` is the service tier asked for, ``tier_is_priced`` whether the library has a price of it: where not, the
    standard prices are taken, as the library does, and ``standard_priced`` names the buckets. ``per_call`` is USD for
    the call itself, which few providers charge. ``hours_matter``: the price depends on the time of day.
    """

    provider: str
    model: str
    tier: ServiceTier | None
    steps: tuple[RateStep, ...]
    per_call: Decimal
    fallbacks: tuple[Fallback, ...]
    standard_priced: tuple[str, ...]
    as_of: str
    context_window: int | None = None
    deprecated: bool = False
    hours_matter: bool = False

    @property
    def tier_is_priced(self) -> bool:
        """Whether the tier has a price of its own for input or output."""
        return self.tier is None or not {"input_uncached", "output_visible"} <= set(self.standard_priced)

    def step(self, input_tokens: int) -> RateStep:
        """Return the rates of a request with so many tokens of input."""
        return next((step for step in reversed(self.steps) if input_tokens > step.above_input_tokens), self.steps[0])


@dataclass(frozen=True, slots=True)
class CallCost:
    """USD of one call by bucket. ``unpriced`` names the buckets that hold tokens without a price."""

    amounts: Mapping[str, Decimal]
    per_call: Decimal
    above_input_tokens: int
    unpriced: tuple[str, ...] = ()

    @property
    def priced(self) -> Decimal:
        """The sum of what has a price."""
        return sum(self.amounts.values(), self.per_call)

    @property
    def total(self) -> Decimal | None:
        """The cost of the call, None where a part of it is not known."""
        return None if self.unpriced else self.priced


def rates(
    catalog: LlmCatalog,
    model: str,
    provider: str | None = None,
    *,
    tier: ServiceTier | None = None,
    at: datetime | None = None,
) -> ModelRates | UnknownModel:
    """Return what a model's tokens cost, by whatever name it goes.

    ``provider`` is who sells it, by its OpenTelemetry name or what a gateway calls it; where it is not told, the
    model's name tells it or nothing does. The prices are those of the moment ``at``; without it those of the
    catalogue's day, the dearest where they depend on the hour.
    """
    found = find_model(catalog.providers, model, provider)
    return found if isinstance(found, UnknownModel) else rates_of(catalog, found, tier=tier, at=at)


def rates_of(
    catalog: LlmCatalog, found: FoundModel, *, tier: ServiceTier | None = None, at: datetime | None = None
) -> ModelRates:
    """Return what the tokens of a model cost that was found, as :func:`rates` does by its name."""
    from tollbar.catalog.llm_prices import hours_matter  # noqa: PLC0415 -- imports the library

    prices, own = _prices(catalog, found, tier, at)
    charged = {bucket: _charged_as(bucket, prices) for bucket in BUCKETS}
    starts = {start for price in prices.values() for start in _starts(price)}
    return ModelRates(
        provider=found.sold_by,
        model=found.model.id,
        tier=tier,
        steps=tuple(_step(start, charged, prices) for start in sorted({0, *starts})),
        per_call=_above(0, prices[_REQUESTS]) / 1000 if _REQUESTS in prices else Decimal(0),
        fallbacks=tuple(_fallbacks(charged)),
        standard_priced=tuple(bucket for bucket, name in charged.items() if tier and name and name not in own),
        as_of=catalog.as_of,
        context_window=found.model.context_window,
        deprecated=bool(found.model.deprecated),
        hours_matter=hours_matter(found.model),
    )


def cost(model: ModelRates, usage: TokenUsage) -> CallCost:
    """Return what one call of a model costs, in USD, exactly: nothing is rounded."""
    step = model.step(usage.total_input)
    used = {bucket: count for bucket in BUCKETS if (count := getattr(usage, bucket))}
    amounts = {bucket: rate * count for bucket, count in used.items() if (rate := step.usd[bucket]) is not None}
    unpriced = tuple(bucket for bucket in used if bucket not in amounts)
    return CallCost(amounts, model.per_call, step.above_input_tokens, unpriced)


RATE_COLUMNS: Mapping[str, str] = {
    "provider": "VARCHAR",
    "model": "VARCHAR",
    "tier": "VARCHAR",
    "above_input_tokens": "BIGINT",
    "up_to_input_tokens": "BIGINT",
    **dict.fromkeys(BUCKETS, "DECIMAL(24,18)"),
    "per_call": "DECIMAL(24,18)",
}
"""The columns of a table of rates, with their SQL types."""


def rate_rows(models: Iterable[ModelRates]) -> Iterator[tuple[str | int | Decimal | None, ...]]:
    """Yield the rows of a table of rates, one for each step of each model, with the columns ``RATE_COLUMNS``.

    A request belongs to the row with ``total_input >= above_input_tokens`` (``>`` but for the first, 0) and
    ``total_input <= up_to_input_tokens``, which is NULL in a model's last row. Rates are USD per token, NULL where
    there is no price; 18 places hold every price that a provider writes.
    """
    for model in models:
        above = [step.above_input_tokens for step in model.steps]
        for step, up_to in zip(model.steps, [*above[1:], None], strict=True):
            usd = (step.usd[bucket] for bucket in BUCKETS)
            amounts = (None if rate is None else rate.quantize(_PLACES) for rate in (*usd, model.per_call))
            yield (model.provider, model.model, model.tier, step.above_input_tokens, up_to, *amounts)


def _prices(
    catalog: LlmCatalog, found: FoundModel, tier: ServiceTier | None, at: datetime | None
) -> tuple[dict[str, Decimal | TieredPrices], frozenset[str]]:
    """Return a model's prices by what they count, and which of them its service tier has of its own."""
    from tollbar.catalog.llm_prices import moments_of, prices_of_calls  # noqa: PLC0415 -- imports the library

    moments = [at] if at is not None else moments_of(found.model, catalog.day)
    return prices_of_calls(found.provider, found.model, moments, dict(_CONTEXTS[tier]))


def _charged_as(bucket: str, prices: Collection[str]) -> str | None:
    """Return the most specific price for the bucket's tokens, None where there is none."""
    from tollbar.catalog.llm_prices import kind_of  # noqa: PLC0415 -- imports the library

    kinds = {name: kind_of(name) for name in prices if name != _REQUESTS}
    fitting = [name for name, kind in kinds.items() if kind <= _KINDS[bucket].items()]
    return max(fitting, key=lambda name: len(kinds[name]), default=None)


def _fallbacks(charged: Mapping[str, str | None]) -> Iterator[Fallback]:
    from tollbar.catalog.llm_prices import kind_of  # noqa: PLC0415 -- imports the library

    for bucket, name in charged.items():
        if name is not None and kind_of(name) < kind_of(_OWN_PRICE[bucket]):
            yield Fallback(bucket, name)


def _starts(price: Decimal | TieredPrices) -> list[int]:
    return [] if isinstance(price, Decimal) else [tier.start for tier in price.tiers]


def _step(start: int, charged: Mapping[str, str | None], prices: Mapping[str, Decimal | TieredPrices]) -> RateStep:
    usd = {bucket: None if name is None else _above(start, prices[name]) / _MILLION for bucket, name in charged.items()}
    return RateStep(start, usd)


def _above(start: int, price: Decimal | TieredPrices) -> Decimal:
    """Return the price of requests with more tokens of input than a step's start."""
    if isinstance(price, Decimal):
        return price
    return next((tier.price for tier in reversed(price.tiers) if tier.start <= start and start), price.base)
