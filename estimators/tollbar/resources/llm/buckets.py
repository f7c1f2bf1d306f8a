"""The tokens of calls, bucket by bucket, and the prices that each bucket is charged at.

The buckets are those of :class:`tollbar.token_usage.TokenUsage`: no token is in two. What a bucket is charged at where
its model has no price of its own for it follows genai-prices, as :mod:`tollbar.catalog.call_price` does.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from tollbar.estimate import CallTokens
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tollbar.component import Quantity
    from tollbar.usage import Usage

_EVERYWHERE = "global"
BUCKETS = {
    "input_uncached": "Input tokens",
    "cache_read": "Cached input tokens",
    "cache_write_5m": "Cache writes for 5 minutes",
    "cache_write_1h": "Cache writes for an hour",
    "input_audio": "Audio input tokens",
    "input_image": "Image input tokens",
    "output_visible": "Output tokens",
    "reasoning": "Reasoning tokens",
    "output_audio": "Audio output tokens",
    "output_image": "Image output tokens",
}
"""The buckets that a workload can tell of, and what their lines are called, in the order they are shown."""
INPUT = tuple(bucket for bucket in BUCKETS if bucket.startswith(("input", "cache")))
TEXT_INPUT = tuple(bucket for bucket in INPUT if not bucket.endswith(("audio", "image")))
TOLD_APART = {
    "reasoning": "reasoning_tokens",
    "input_audio": "input_audio_tokens",
    "output_audio": "output_audio_tokens",
    "input_image": "input_image_tokens",
    "output_image": "output_image_tokens",
}
"""The buckets that come on top of input_tokens and output_tokens, and the usage key of each."""
_CHARGED_AS = {
    "input_uncached": ("input_tokens",),
    "cache_read": ("cache_read_tokens", "input_tokens"),
    "cache_write_5m": ("cache_write_tokens", "input_tokens"),
    "cache_write_1h": ("cache_write_1h_tokens", "cache_write_tokens", "input_tokens"),
    "output_visible": ("output_tokens",),
    "reasoning": ("output_reasoning_tokens", "output_tokens"),
    "input_audio": ("input_audio_tokens", "input_tokens"),
    "output_audio": ("output_audio_tokens", "output_tokens"),
    "input_image": ("input_image_tokens", "input_tokens"),
    "output_image": ("output_image_tokens", "output_tokens"),
}
_IN_EVERY_TIER = frozenset({"input_tokens", "output_tokens"})
"""What a batch or a tier must have a price for: where not, it is not known to be sold."""


class Shares(NamedTuple):
    """How text is split: parts of the input that the cache has or gets, of the output that is reasoning.

    None where nothing is told.
    """

    cached: Decimal | None = None
    written_5m: Decimal | None = None
    written_1h: Decimal | None = None
    reasoning: Decimal | None = None


def told_shares(usage: Usage) -> Shares:
    """Return what the use tells of the cache and of reasoning."""

    def share(key: str) -> Decimal | None:
        return (usage.number(key) or Decimal(0)) if usage.is_told(key) else None

    return Shares(
        share("cached_share"), share("cache_write_share"), share("cache_write_1h_share"), share("reasoning_share")
    )


def token_buckets(
    sent: Quantity, received: Quantity, shares: Shares, apart: Mapping[str, Quantity]
) -> dict[str, Quantity]:
    """Return tokens by bucket, in the order of ``BUCKETS``: text as it is split, and what is told apart from it."""
    cached, written_5m, written_1h = shares.cached, shares.written_5m, shares.written_1h
    fresh = 1 - sum((share for share in (cached, written_5m, written_1h) if share is not None), Decimal(0))
    text = {
        "input_uncached": sent * fresh,
        "cache_read": None if cached is None else sent * cached,
        "cache_write_5m": None if written_5m is None else sent * written_5m,
        "cache_write_1h": None if written_1h is None else sent * written_1h,
        "output_visible": None if received.is_zero else received * (1 - (shares.reasoning or 0)),
        "reasoning": None if shares.reasoning is None else received * shares.reasoning,
    }
    found = {**{bucket: quantity for bucket, quantity in text.items() if quantity is not None}, **apart}
    return {bucket: found[bucket] for bucket in BUCKETS if bucket in found}


def charged_as(path: str, bucket: str, variant: str, *, or_standard: bool = False) -> Iterator[PriceKey]:
    """Yield the keys of what a bucket is charged at below the path of a model: the first that is known.

    ``variant`` is ``/batch``, ``/flex``, ``/priority`` or nothing. A cache without a price in it has the standard one;
    input and output have it only with ``or_standard``.
    """
    for name in _CHARGED_AS[bucket]:
        yield price_key(path, f"{name}{variant}")
        if variant and (or_standard or name not in _IN_EVERY_TIER):
            yield price_key(path, name)


def price_key(path: str, what: str) -> PriceKey:
    """Return the key of one of a model's prices: ``input_tokens``, ``output_tokens/batch``."""
    return PriceKey(f"{path}/{what}", _EVERYWHERE)


def usage_per_call(
    sent: Quantity, received: Quantity, shares: Shares, apart: Mapping[str, Quantity]
) -> CallTokens | None:
    """Return the expected tokens of one call by bucket, None where they are not known."""
    buckets = token_buckets(sent, received, shares, apart)
    expected = {bucket: quantity.expected for bucket, quantity in buckets.items()}
    if None in expected.values():
        return None
    return CallTokens(**{bucket: tokens for bucket, tokens in expected.items() if tokens is not None})
