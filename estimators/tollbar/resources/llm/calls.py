"""Calls of a language model: what is told of them, and the lines they are billed as with one model or another.

Retries: where a share f of the attempts must be repeated, and n times at most, a call takes 1 + f + … + f^n attempts.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple

from tollbar.component import Component, Quantity
from tollbar.estimate import LlmCalls
from tollbar.model_name import is_embedding, library_provider, maker_of, model_names, provider_name
from tollbar.resources.llm.buckets import (
    BUCKETS,
    INPUT,
    TOLD_APART,
    charged_as,
    token_buckets,
    told_shares,
    usage_per_call,
)
from tollbar.resources.llm.buckets import price_key as price_key  # noqa: PLC0414 -- callers look for it here
from tollbar.resources.llm.source_calls import WITHOUT_OUTPUT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tollbar.resource import Attributes, Resource
    from tollbar.resources.llm.buckets import Shares
    from tollbar.usage import Usage

_INPUT_SHARE = Decimal("0.6")
"""How much of a call's tokens is input where only their sum is told."""
_FAILING_AT_WORST = Decimal("0.2")
"""Which part of a month's attempts is taken to fail at worst where nobody told: the large providers' status pages
show more than 99 % that succeed, so that a fifth of a whole month is far beyond what they see."""
PRICED_TIERS = frozenset({"flex", "priority"})
"""Service tiers that have prices of their own; any other is the standard one."""


def provider_of(model: str) -> str | None:
    """Return who sells a model by its library name, None where the name does not tell."""
    return maker_of(model)


def model_path(model: str, provider: str | None) -> str | None:
    """Return the path below which a model's prices stand, None where its provider is not known.

    ``openai/gpt-4o`` names its provider itself, as do the identifiers of Amazon Bedrock and Vertex AI.
    """
    names = model_names(model, provider)
    for name in names:
        if name.provider is not None:
            return f"llm/{library_provider(name.provider)}/{name.model}"
    first, slash, rest = model.partition("/")
    return f"llm/{first}/{rest}".lower() if names and slash and provider is None else None


def input_share(usage: Usage) -> Decimal:
    """Return how much of the tokens is input: as told, 0 included, else the usual part."""
    told = usage.number("input_share")
    return _INPUT_SHARE if told is None else told


class ModelShare(NamedTuple):
    """A model that answers a part of the calls. ``path`` is None where its provider is not known.

    A fallback has the standard price where it has none of the service tier of the model before it.
    """

    model: str
    path: str | None
    share: Decimal
    is_fallback: bool = False


@dataclass(frozen=True, slots=True)
class Calls:
    """The calls of a month. ``sent`` and ``received`` are their tokens of text, retries included.

    ``path`` is that of the model's prices, None where no provider is known. ``attempts`` is how often a call is made on
    average, ``size`` the tokens of input of one. ``shares`` say how text is split, ``apart`` holds the tokens that are
    told beside it. ``batch_share`` of the calls run as a batch, the others in ``service_tier``.
    """

    facts: LlmCalls
    path: str | None
    sent: Quantity
    received: Quantity
    calls: Quantity | None
    attempts: Quantity
    shares: Shares
    size: Quantity | None = None
    apart: dict[str, Quantity] = field(default_factory=dict)
    batch_share: Decimal = Decimal(0)
    service_tier: str | None = None
    fallback_share: Decimal = Decimal(0)

    @property
    def is_batch(self) -> bool:
        """Whether all calls run as a batch."""
        return self.batch_share == 1

    @property
    def cached_share(self) -> Decimal | None:
        """Which part of the input is read from the cache, None where nothing is told of the cache."""
        return self.shares.cached

    def lines(
        self,
        model: ModelShare,
        *,
        shares: Shares | None = None,
        batch_share: Decimal | None = None,
        only: Collection[str] = tuple(BUCKETS),
    ) -> Iterator[Component]:
        """Yield the lines of the tokens with the model of some prices; nothing where its provider is not known.

        ``shares`` and ``batch_share`` are those of the calls unless said otherwise; ``only`` are the buckets wanted.
        """
        if model.path is None:
            return
        batch = self.batch_share if batch_share is None else batch_share
        of_tier = f"/{self.service_tier}" if self.service_tier else ""
        buckets = token_buckets(self.sent, self.received, self.shares if shares is None else shares, self.apart)
        for variant, share, said in (("/batch", batch, ", batch"), (of_tier, 1 - batch, "")):
            for bucket, quantity in buckets.items():
                if bucket in only and share:
                    name = f"{BUCKETS[bucket]}{said if batch < 1 else ''} ({model.model})"
                    first, *others = charged_as(model.path, bucket, variant, or_standard=model.is_fallback)
                    part = quantity * (share * model.share)
                    yield Component(name, part, "tokens", first, otherwise=tuple(others), request_size=self.size)

    @property
    def chain(self) -> tuple[ModelShare, ...]:
        """The model and those it falls back to, with the part of the calls that each answers.

        Of the calls that reach a model, ``fallback_share`` goes on to the next; the last keeps what reaches it.
        """
        models = (self.facts.model, *(self.facts.fallbacks if self.fallback_share else ()))
        reaching, chain = Decimal(1), []
        for place, model in enumerate(models):
            going_on = self.fallback_share if place + 1 < len(models) else Decimal(0)
            path = self.path if place == 0 else path_beside(self.facts, model)
            chain.append(ModelShare(model, path, reaching * (1 - going_on), is_fallback=place > 0))
            reaching *= going_on
        return tuple(chain)


def path_beside(calls: LlmCalls, model: str) -> str | None:
    """Return the path of another model's prices: of the same provider, where that resells its maker's models."""
    maker = maker_of(model)
    resold = maker is not None and maker == maker_of(calls.model) and "/" not in model
    return model_path(model, calls.provider if resold else None)


def calls_of(resource: Resource, usage: Usage) -> Calls:
    """Return the calls of a resource in a month."""
    attributes = resource.attributes
    model = attributes.text("model", "") or ""
    path = model_path(model, attributes.text("provider"))
    shares, tier = told_shares(usage), attributes.text("service_tier")
    told = Calls(
        facts=_facts(attributes, usage, path),
        path=path,
        sent=usage.quantity("input_tokens"),
        received=_output_tokens(model, attributes, usage),
        calls=None,
        attempts=Quantity.fixed(1),
        shares=shares,
        batch_share=Decimal(1) if attributes.flag("batch") else usage.number("batch_share") or Decimal(0),
        service_tier=tier if tier in PRICED_TIERS else None,
        fallback_share=usage.number("fallback_share") or Decimal(0),
    )
    if usage.is_told("monthly_tokens"):
        total, share = usage.quantity("monthly_tokens"), input_share(usage)
        return replace(told, sent=total * share, received=total * (1 - share))
    return _made(told, _attempts(attributes, usage), usage.quantity("monthly_calls"), _apart(attributes, usage), usage)


def _made(of_one: Calls, attempts: Quantity, calls: Quantity, apart: dict[str, Quantity], usage: Usage) -> Calls:
    """Return the calls of a month, of which one is given."""
    facts = of_one.facts
    if usage.is_told("input_tokens") and (usage.is_told("output_tokens") or of_one.received.is_zero):
        tokens = usage_per_call(of_one.sent, of_one.received, of_one.shares, apart)
        facts = facts.model_copy(update={"usage": tokens})
    made = calls * attempts
    return replace(
        of_one,
        facts=facts,
        sent=made * of_one.sent,
        received=made * of_one.received,
        calls=calls,
        attempts=attempts,
        size=sum((apart[bucket] for bucket in INPUT if bucket in apart), of_one.sent),
        apart={bucket: made * tokens for bucket, tokens in apart.items()},
    )


def _apart(attributes: Attributes, usage: Usage) -> dict[str, Quantity]:
    """Return the tokens of a call that are told beside its text; what comes out is no more than the call allows."""
    told = {bucket: usage.quantity(key) for bucket, key in TOLD_APART.items() if usage.is_told(key)}
    return {bucket: tokens if bucket in INPUT else _limited(tokens, attributes) for bucket, tokens in told.items()}


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


def _output_tokens(model: str, attributes: Attributes, usage: Usage) -> Quantity:
    """Return the tokens of an answer: no more than the call allows, and none of a model that only embeds."""
    if is_embedding(model) and not usage.is_told("output_tokens"):
        return Quantity.fixed(0)
    return _limited(usage.quantity("output_tokens"), attributes)


def _limited(tokens: Quantity, attributes: Attributes) -> Quantity:
    most = attributes.number("max_output_tokens")
    return tokens if most is None else tokens.each_end(lambda end: min(end, most))


def _facts(attributes: Attributes, usage: Usage, path: str | None) -> LlmCalls:
    def told(key: str) -> Decimal | None:
        return usage.quantity(key).expected if usage.is_told(key) else None

    def whole(name: str) -> int | None:
        number = attributes.number(name)
        return None if number is None else int(number)

    def flag(name: str) -> bool | None:
        return attributes.flag(name) if attributes.is_set(name) else None

    model = attributes.text("model", "") or ""
    return LlmCalls(
        provider=_provider(path, model, attributes.text("provider")),
        model=model,
        operation=_operation(attributes, model),
        task_type=attributes.text("task_type"),
        tier=whole("tier"),
        calls_per_month=told("monthly_calls"),
        input_tokens=told("input_tokens"),
        output_tokens=told("output_tokens") if told("output_tokens") or not is_embedding(model) else Decimal(0),
        max_output_tokens=whole("max_output_tokens"),
        context_tokens=attributes.number("context_tokens"),
        context_used_share=attributes.number("context_used_share"),
        repeated_share=attributes.number("repeated_share"),
        cached_share=told("cached_share"),
        batch=flag("batch"),
        batch_share=told("batch_share"),
        service_tier=attributes.text("service_tier"),
        can_wait=flag("can_wait"),
        observed=flag("observed"),
        max_retries=whole("max_retries"),
        fallbacks=attributes.texts("fallbacks"),
        fallback_share=told("fallback_share"),
    )


def _operation(attributes: Attributes, model: str) -> Literal["chat", "embeddings"] | None:
    if is_embedding(model):
        return "embeddings"
    return None if attributes.text("operation") in WITHOUT_OUTPUT else "chat"


def _provider(path: str | None, model: str, told: str | None) -> str | None:
    """Return the OpenTelemetry name of who sells a model, None where its prices are not known to stand anywhere."""
    if path is None:
        return None
    named = next((name.provider for name in model_names(model, told) if name.provider is not None), None)
    return named or provider_name(path.split("/")[1])
