"""Calls of a language model by API: its tokens, bucket by bucket, or the units of throughput that serve them.

Source: the providers' pricing pages, as the price layer ``llm/`` has them. Thinking (reasoning) tokens are output, in a
line of their own where they are told.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.model_name import model_names
from tollbar.resources.llm.buckets import price_key
from tollbar.resources.llm.calls import Calls, calls_of, model_path
from tollbar.resources.llm.provisioned import facts_of_units, unit_hours
from tollbar.resources.llm.source_calls import usage_in_source
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage


def api_call(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the tokens of the calls in a month by model and bucket, or the hours of the units that serve them."""
    usage = usage_in_source(resource, usage)
    calls = calls_of(resource, usage)
    if usage.is_told("provisioned_units"):
        yield from unit_hours(resource, usage, calls.facts)
        return
    for part in calls.chain:
        if part.path is None:
            yield Unpriced("price_not_found", _without_price(part.model))
        yield from calls.lines(part)


def _without_price(model: str) -> str:
    if not model_names(model):
        return f"{model!r} names no model: tell the model that stands behind it"
    return f"no provider is known for the model {model!r}; tell it as provider"


def facts_of_calls(resource: Resource, usage: Usage) -> Calls:
    """Return what rules ask of the calls, with the units of throughput where some are bought."""
    usage = usage_in_source(resource, usage)
    calls = calls_of(resource, usage)
    if not usage.is_told("provisioned_units"):
        return calls
    return replace(calls, facts=calls.facts.model_copy(update=facts_of_units(resource, usage, calls)))


def token_lines(model: str, provider: str | None, tokens: Quantity, sent: Decimal) -> tuple[Component, ...]:
    """Return the lines of so many tokens a month by API, of which the part ``sent`` is input.

    Nothing where the provider is not known.
    """
    path = model_path(model, provider)
    if path is None:
        return ()
    return (
        Component("Input tokens", tokens * sent, "tokens", price_key(path, "input_tokens")),
        Component("Output tokens", tokens * (1 - sent), "tokens", price_key(path, "output_tokens")),
    )


_KEYS = (
    UsageKey("monthly_calls", "Calls a month", (1_000, 10_000, 100_000)),
    UsageKey("input_tokens", "Input tokens of a call: system prompt, context and question", (500, 1500, 6000)),
    UsageKey("output_tokens", "Output tokens of a call, thinking included", (100, 400, 1500)),
    UsageKey("reasoning_tokens", "Thinking tokens of a call that output_tokens does not hold"),
    UsageKey("reasoning_share", "Part of output_tokens that is thinking, 0 to 1"),
    UsageKey("input_audio_tokens", "Tokens of audio that go into a call"),
    UsageKey("output_audio_tokens", "Tokens of audio that come out of a call"),
    UsageKey("input_image_tokens", "Tokens of images that go into a call"),
    UsageKey("output_image_tokens", "Tokens of images that come out of a call"),
    UsageKey("cached_share", "Part of the input that is read from the provider's prompt cache, 0 to 1"),
    UsageKey("cache_write_share", "Part of the input that is written to the cache for 5 minutes, 0 to 1"),
    UsageKey("cache_write_1h_share", "Part of the input that is written to the cache for an hour, 0 to 1"),
    UsageKey("batch_share", "Part of the calls that run as a batch, 0 to 1"),
    UsageKey("fallback_share", "Part of the calls that go on to the first of the fallbacks, and so on, 0 to 1"),
    UsageKey(
        "retry_share",
        "Part of the attempts that must be repeated, 0 to 1, up to max_retries times; if not told, none is "
        "expected, and 0.2 is the high end",
    ),
    UsageKey("monthly_tokens", "Tokens a month, input and output together, where calls are not told"),
    UsageKey("input_share", "Part of monthly_tokens that is input, 0 to 1; 0.6 if not told"),
    UsageKey("provisioned_units", "Units of throughput that are paid by the hour instead of tokens"),
)
TYPES = (
    ResourceType("llm_api_call", "llm", api_call, usage_keys=_KEYS, size_attribute="model", llm_calls=facts_of_calls),
)
