"""Calls of a language model by API: input, cached input and output tokens.

Source: the providers' pricing pages, as the price layer ``llm/`` has them. Thinking (reasoning) tokens are output.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_EVERYWHERE = "global"
_INPUT_SHARE = Decimal("0.6")
"""How much of a call's tokens is input where only their sum is told."""
_MAKERS = (
    (("gpt-", "chatgpt-", "o1", "o3", "o4", "text-embedding-", "computer-use", "codex"), "openai"),
    (("claude",), "anthropic"),
    (("gemini", "gemma"), "google"),
    (("mistral", "mixtral", "codestral", "ministral", "magistral", "devstral", "pixtral"), "mistral"),
    (("deepseek",), "deepseek"),
    (("command",), "cohere"),
    (("grok",), "x-ai"),
)
"""Whose models are called how, by the beginning of the name; those sold by others only need their provider told."""


def provider_of(model: str) -> str | None:
    """Return who sells a model, None where the name does not tell."""
    return next((maker for beginnings, maker in _MAKERS if model.lower().startswith(beginnings)), None)


def model_path(model: str, provider: str | None) -> str | None:
    """Return the path below which a model's prices stand, None where its provider is not known.

    ``openai/gpt-4o`` names its provider itself.
    """
    if provider is None and "/" in model:
        provider, _, model = model.partition("/")
    provider = provider or provider_of(model)
    return None if provider is None else f"llm/{provider}/{model}".lower()


def api_call(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the input, cached input and output tokens of the calls in a month."""
    attributes = resource.attributes
    model = attributes.text("model", "") or ""
    path = model_path(model, attributes.text("provider"))
    if path is None:
        yield Unpriced("price_not_found", f"no provider is known for the model {model!r}; tell it as provider")
        return
    fresh, cached, output = _tokens(usage)
    variant = "/batch" if attributes.flag("batch") else ""
    yield Component(f"Input tokens ({model})", fresh, "tokens", _key(path, f"input_tokens{variant}"))
    if usage.is_told("cached_share"):
        yield Component(f"Cached input tokens ({model})", cached, "tokens", _key(path, f"cache_read_tokens{variant}"))
    yield Component(f"Output tokens ({model})", output, "tokens", _key(path, f"output_tokens{variant}"))


def input_share(usage: Usage) -> Decimal:
    """Return how much of the tokens is input: as told, 0 included, else the usual part."""
    told = usage.number("input_share")
    return _INPUT_SHARE if told is None else told


def token_lines(model: str, provider: str | None, tokens: Quantity, sent: Decimal) -> tuple[Component, ...]:
    """Return the lines of so many tokens a month by API, of which the part ``sent`` is input.

    Nothing where the provider is not known.
    """
    path = model_path(model, provider)
    if path is None:
        return ()
    return (
        Component("Input tokens", tokens * sent, "tokens", _key(path, "input_tokens")),
        Component("Output tokens", tokens * (1 - sent), "tokens", _key(path, "output_tokens")),
    )


def _tokens(usage: Usage) -> tuple[Quantity, Quantity, Quantity]:
    """Return the tokens a month: fresh input, cached input, output."""
    if usage.is_told("monthly_tokens"):
        total = usage.quantity("monthly_tokens")
        share = input_share(usage)
        sent, received = total * share, total * (1 - share)
    else:
        calls = usage.quantity("monthly_calls")
        sent, received = calls * usage.quantity("input_tokens"), calls * usage.quantity("output_tokens")
    cached_share = usage.number("cached_share") or Decimal(0)
    return sent * (1 - cached_share), sent * cached_share, received


def _key(path: str, what: str) -> PriceKey:
    return PriceKey(f"{path}/{what}", _EVERYWHERE)


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
            UsageKey("monthly_tokens", "Tokens a month, input and output together, where calls are not told"),
            UsageKey("input_share", "Part of monthly_tokens that is input, 0 to 1; 0.6 if not told"),
        ),
        size_attribute="model",
    ),
)
