"""Calls of a language model by API: input, cached input and output tokens.

Source: the providers' pricing pages, as the price layer ``llm/`` has them. Thinking (reasoning) tokens are output.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.resources.llm.calls import Calls, calls_of, model_path, price_key
from tollbar.resources.llm.source_calls import usage_in_source
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage


def api_call(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the input, cached input and output tokens of the calls in a month."""
    calls = calls_of(resource, usage_in_source(resource, usage))
    model = calls.facts.model
    if calls.path is None:
        yield Unpriced("price_not_found", f"no provider is known for the model {model!r}; tell it as provider")
        return
    yield from calls.input_lines(calls.path, model, cached_share=calls.cached_share, is_batch=calls.is_batch)
    yield calls.output_line(calls.path, model, is_batch=calls.is_batch)


def facts_of_calls(resource: Resource, usage: Usage) -> Calls:
    """Return what rules ask of the calls."""
    return calls_of(resource, usage_in_source(resource, usage))


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


TYPES = (
    ResourceType(
        "llm_api_call",
        "llm",
        api_call,
        usage_keys=(
            UsageKey("monthly_calls", "Calls a month", (1_000, 10_000, 100_000)),
            UsageKey("input_tokens", "Input tokens of a call: system prompt, context and question", (500, 1500, 6000)),
            UsageKey("output_tokens", "Output tokens of a call, thinking included", (100, 400, 1500)),
            UsageKey("cached_share", "Part of the input that is read from the provider's prompt cache, 0 to 1"),
            UsageKey(
                "retry_share",
                "Part of the attempts that must be repeated, 0 to 1, up to max_retries times; if not told, none is "
                "expected, and 0.2 is the high end",
            ),
            UsageKey("monthly_tokens", "Tokens a month, input and output together, where calls are not told"),
            UsageKey("input_share", "Part of monthly_tokens that is input, 0 to 1; 0.6 if not told"),
        ),
        size_attribute="model",
        llm_calls=facts_of_calls,
    ),
)
