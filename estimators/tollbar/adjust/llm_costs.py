"""What calls of a language model cost in another way: with other models, as a batch, from the cache, without waste."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.lookup import PriceNotFound
from tollbar.catalog.pricing import PricedComponent, price_component
from tollbar.estimate import CallPrice, ModelCost
from tollbar.model_name import provider_name
from tollbar.money import round_amount
from tollbar.resources.llm.buckets import BUCKETS, TEXT_INPUT, price_key
from tollbar.resources.llm.calls import ModelShare, path_beside

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from tollbar.catalog.lookup import PriceLookup
    from tollbar.component import Component
    from tollbar.estimate import LlmCalls
    from tollbar.resources.llm.buckets import Shares
    from tollbar.resources.llm.calls import Calls

CHEAP_MODELS = (
    "gpt-5-nano",
    "gpt-4o-mini",
    "claude-haiku-4-5",
    "gemini-2.5-flash-lite",
    "mistral-small-latest",
    "deepseek-chat",
)
"""Cheap models of the large providers, with which every call is compared; after their price pages of November 2026."""

_PER_CALL = Decimal("1e-12")
"""A call may cost less than a millionth of a dollar."""


def llm_calls(calls: Calls, cost: Decimal | None, suggested: Iterable[str], catalog: PriceLookup) -> LlmCalls:
    """Return what rules ask of some calls that cost so much a month, None where that is not fully known.

    They are compared with their fallbacks, with the models that are ``suggested``, and with cheap ones.
    """
    expected = calls.calls.expected if calls.calls is not None else None
    attempts = calls.attempts.expected
    made = expected * attempts if expected and attempts else None
    figures = {
        "price": _price(calls, cost, catalog),
        "attempts_per_call": attempts,
        "cost_per_call": (cost / made).quantize(_PER_CALL).normalize() + 0 if cost is not None and made else None,
        "batch_monthly_cost": _rounded(_as_batch(calls, catalog)),
        "cache_monthly_cost": _rounded(_from_cache(calls, catalog)),
        "unused_context_cost": _rounded(_unused_context(calls, catalog)),
        "other_models": tuple(_other_models(calls, suggested, catalog)),
    }
    return calls.facts.model_copy(update=figures)


def _price(calls: Calls, cost: Decimal | None, catalog: PriceLookup) -> CallPrice:
    """Return where the price of the model's input comes from, and whether all of its tokens have one.

    Of units of throughput only the latter is told.
    """
    if calls.facts.provisioned_units is not None:
        return CallPrice(known=cost is not None)
    lines = [price_component(line, catalog) for line in calls.lines(_alone(calls, calls.path))]
    priced = [line.price for line in lines if isinstance(line, PricedComponent)]
    known = bool(lines) and len(priced) == len(lines)
    return CallPrice(known=known, source=priced[0].source, as_of=priced[0].as_of) if priced else CallPrice(known=known)


def _alone(calls: Calls, path: str | None, model: str | None = None) -> ModelShare:
    """Return a model as the one that answers all of the calls."""
    return ModelShare(calls.facts.model if model is None else model, path, Decimal(1))


def _other_models(calls: Calls, suggested: Iterable[str], catalog: PriceLookup) -> list[ModelCost]:
    costs = []
    for model in dict.fromkeys((*calls.facts.fallbacks, *suggested, *CHEAP_MODELS)):
        path = path_beside(calls.facts, model)
        if path is None or (path == calls.path and model not in calls.facts.fallbacks):
            continue
        other = _alone(calls, path, model)
        cost = _sum(calls.lines(other), catalog)
        if cost is None:  # it sells no batches, or not in this tier
            cost = _sum(replace(calls, service_tier=None).lines(other, batch_share=Decimal(0)), catalog)
        if cost is not None:
            provider = provider_name(path.split("/")[1])
            costs.append(ModelCost(model=model, provider=provider, monthly_cost=round_amount(cost)))
    return sorted(costs, key=lambda other: (other.monthly_cost, other.model))


def _as_batch(calls: Calls, catalog: PriceLookup) -> Decimal | None:
    return None if calls.is_batch else _with_chain(calls, catalog, batch_share=Decimal(1))


def _from_cache(calls: Calls, catalog: PriceLookup) -> Decimal | None:
    repeated = calls.facts.repeated_share
    if calls.path is None or repeated is None or repeated <= (calls.cached_share or 0):
        return None
    if isinstance(catalog.find(price_key(calls.path, "cache_read_tokens")), PriceNotFound):
        return None
    return _with_chain(calls, catalog, shares=calls.shares._replace(cached=repeated, written_5m=None, written_1h=None))


def _unused_context(calls: Calls, catalog: PriceLookup) -> Decimal | None:
    facts = calls.facts
    if facts.context_tokens is None or facts.context_used_share is None or not facts.input_tokens:
        return None
    cost = _with_chain(calls, catalog, only=TEXT_INPUT)
    context = min(facts.context_tokens / facts.input_tokens, Decimal(1))
    return None if cost is None else cost * context * (1 - facts.context_used_share)


def _with_chain(
    calls: Calls,
    catalog: PriceLookup,
    *,
    shares: Shares | None = None,
    batch_share: Decimal | None = None,
    only: Collection[str] = tuple(BUCKETS),
) -> Decimal | None:
    """Return what the calls cost in another way with the models that answer them, None where one has no price."""
    if any(model.path is None for model in calls.chain):
        return None
    lines = (calls.lines(model, shares=shares, batch_share=batch_share, only=only) for model in calls.chain)
    return _sum((line for of_model in lines for line in of_model), catalog)


def _sum(components: Iterable[Component], catalog: PriceLookup) -> Decimal | None:
    """Return the expected cost of some lines, None where one has no price or depends on use nobody told."""
    costs = list(_expected(components, catalog))
    return None if None in costs else sum((cost for cost in costs if cost is not None), Decimal(0))


def _expected(components: Iterable[Component], catalog: PriceLookup) -> Iterator[Decimal | None]:
    for component in components:
        line = price_component(component, catalog)
        cost = line.cost if isinstance(line, PricedComponent) else None
        yield None if cost is None else cost.expected


def _rounded(cost: Decimal | None) -> Decimal | None:
    return None if cost is None else round_amount(cost)
