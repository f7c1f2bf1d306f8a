"""Calls of a language model: what is told of them, and the lines they are billed as with one model or another.

Retries: where a share f of the attempts must be repeated, and n times at most, a call takes 1 + f + … + f^n attempts.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.estimate import LlmCalls
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from tollbar.resource import Attributes, Resource
    from tollbar.usage import Usage

_EVERYWHERE = "global"
_INPUT_SHARE = Decimal("0.6")
"""How much of a call's tokens is input where only their sum is told."""
_FAILING_AT_WORST = Decimal("0.2")
"""Which part of a month's attempts is taken to fail at worst where nobody told: the large providers' status pages
show more than 99 % that succeed, so that a fifth of a whole month is far beyond what they see."""
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


def price_key(path: str, what: str) -> PriceKey:
    """Return the key of one of a model's prices: ``input_tokens``, ``output_tokens/batch``."""
    return PriceKey(f"{path}/{what}", _EVERYWHERE)


def input_share(usage: Usage) -> Decimal:
    """Return how much of the tokens is input: as told, 0 included, else the usual part."""
    told = usage.number("input_share")
    return _INPUT_SHARE if told is None else told


@dataclass(frozen=True, slots=True)
class Calls:
    """The calls of a month. ``sent`` and ``received`` are their tokens, retries included.

    ``path`` is that of the model's prices, None where no provider is known; ``cached_share`` is None where
    nothing is told of the cache. ``attempts`` is how often a call is made on average.
    """

    facts: LlmCalls
    path: str | None
    sent: Quantity
    received: Quantity
    calls: Quantity | None
    attempts: Quantity
    cached_share: Decimal | None
    is_batch: bool

    def input_lines(
        self, path: str, model: str, *, cached_share: Decimal | None, is_batch: bool = False
    ) -> tuple[Component, ...]:
        """Return the lines of the input with the model of some prices, cached where a share is told."""
        variant = "/batch" if is_batch else ""
        share = cached_share or Decimal(0)
        fresh = Component(
            f"Input tokens ({model})", self.sent * (1 - share), "tokens", price_key(path, f"input_tokens{variant}")
        )
        if cached_share is None:
            return (fresh,)
        key = price_key(path, f"cache_read_tokens{variant}")
        return fresh, Component(f"Cached input tokens ({model})", self.sent * share, "tokens", key)

    def output_line(self, path: str, model: str, *, is_batch: bool = False) -> Component:
        """Return the line of the output with the model of some prices."""
        variant = "/batch" if is_batch else ""
        return Component(
            f"Output tokens ({model})", self.received, "tokens", price_key(path, f"output_tokens{variant}")
        )


def calls_of(resource: Resource, usage: Usage) -> Calls:
    """Return the calls of a resource in a month."""
    attributes = resource.attributes
    path = model_path(attributes.text("model", "") or "", attributes.text("provider"))
    attempts = _attempts(attributes, usage)
    cached_share = (usage.number("cached_share") or Decimal(0)) if usage.is_told("cached_share") else None
    calls: Quantity | None = None
    if usage.is_told("monthly_tokens"):
        total, share = usage.quantity("monthly_tokens"), input_share(usage)
        sent, received = total * share, total * (1 - share)
        attempts = Quantity.fixed(1)
    else:
        calls = usage.quantity("monthly_calls")
        sent = calls * attempts * usage.quantity("input_tokens")
        received = calls * attempts * _output_tokens(attributes, usage)
    return Calls(
        _facts(attributes, usage, path), path, sent, received, calls, attempts, cached_share, attributes.flag("batch")
    )


def _attempts(attributes: Attributes, usage: Usage) -> Quantity:
    """Return how often a call is made on average: once where it is never repeated, 1 + max_retries times at most."""
    retries = attributes.number("max_retries")
    if not retries:
        return Quantity.fixed(1)

    def attempts(failing: Decimal) -> Decimal:
        return 1 + retries if failing >= 1 else (1 - failing ** (retries + 1)) / (1 - failing)

    if not usage.is_told("retry_share"):
        return Quantity.between(1, 1, attempts(_FAILING_AT_WORST))
    return usage.quantity("retry_share").each_end(attempts)


def _output_tokens(attributes: Attributes, usage: Usage) -> Quantity:
    """Return the tokens of an answer: no more than the call allows."""
    tokens, most = usage.quantity("output_tokens"), attributes.number("max_output_tokens")
    return tokens if most is None else tokens.each_end(lambda end: min(end, most))


def _facts(attributes: Attributes, usage: Usage, path: str | None) -> LlmCalls:
    def told(key: str) -> Decimal | None:
        return usage.quantity(key).expected if usage.is_told(key) else None

    def whole(name: str) -> int | None:
        number = attributes.number(name)
        return None if number is None else int(number)

    def flag(name: str) -> bool | None:
        return attributes.flag(name) if attributes.is_set(name) else None

    return LlmCalls(
        provider=path.split("/")[1] if path else None,
        model=attributes.text("model", "") or "",
        task_type=attributes.text("task_type"),
        tier=whole("tier"),
        calls_per_month=told("monthly_calls"),
        input_tokens=told("input_tokens"),
        output_tokens=told("output_tokens"),
        max_output_tokens=whole("max_output_tokens"),
        context_tokens=attributes.number("context_tokens"),
        context_used_share=attributes.number("context_used_share"),
        repeated_share=attributes.number("repeated_share"),
        cached_share=told("cached_share"),
        batch=flag("batch"),
        can_wait=flag("can_wait"),
        observed=flag("observed"),
        max_retries=whole("max_retries"),
        fallbacks=attributes.texts("fallbacks"),
    )
