"""What calls of a language model cost in another way: with other models, as a batch, from the cache, without waste."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.pricing import PricedComponent, price_component
from tollbar.estimate import ModelCost
from tollbar.money import round_amount
from tollbar.resources.llm.calls import model_path, provider_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tollbar.catalog.lookup import PriceLookup
    from tollbar.component import Component
    from tollbar.estimate import LlmCalls
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
        "attempts_per_call": attempts,
        "cost_per_call": (cost / made).quantize(_PER_CALL).normalize() + 0 if cost is not None and made else None,
        "batch_monthly_cost": _rounded(_as_batch(calls, catalog)),
        "cache_monthly_cost": _rounded(_from_cache(calls, catalog)),
        "unused_context_cost": _rounded(_unused_context(calls, catalog)),
        "other_models": tuple(_other_models(calls, suggested, catalog)),
    }
    return calls.facts.model_copy(update=figures)


def _other_models(calls: Calls, suggested: Iterable[str], catalog: PriceLookup) -> list[ModelCost]:
    costs = []
    for model in dict.fromkeys((*calls.facts.fallbacks, *suggested, *CHEAP_MODELS)):
        path = _path_beside(calls, model)
        if path is None or (path == calls.path and model not in calls.facts.fallbacks):
            continue
        cost = _cost_with(calls, path, catalog, is_batch=calls.is_batch)
        if cost is None and calls.is_batch:
            cost = _cost_with(calls, path, catalog, is_batch=False)
        if cost is not None:
            costs.append(ModelCost(model=model, provider=path.split("/")[1], monthly_cost=round_amount(cost)))
    return sorted(costs, key=lambda other: (other.monthly_cost, other.model))


def _path_beside(calls: Calls, model: str) -> str | None:
    """Return the path of another model's prices: of the same provider, where that resells its maker's models."""
    own, maker = calls.facts, provider_of(model)
    resold = maker is not None and maker == provider_of(own.model) and "/" not in model
    return model_path(model, own.provider if resold else None)


def _as_batch(calls: Calls, catalog: PriceLookup) -> Decimal | None:
    if calls.is_batch or calls.path is None:
        return None
    return _cost_with(calls, calls.path, catalog, is_batch=True)


def _from_cache(calls: Calls, catalog: PriceLookup) -> Decimal | None:
    repeated = calls.facts.repeated_share
    if calls.path is None or repeated is None or repeated <= (calls.cached_share or 0):
        return None
    lines = calls.input_lines(calls.path, "", cached_share=repeated, is_batch=calls.is_batch)
    return _sum((*lines, calls.output_line(calls.path, "", is_batch=calls.is_batch)), catalog)


def _unused_context(calls: Calls, catalog: PriceLookup) -> Decimal | None:
    facts = calls.facts
    if calls.path is None or facts.context_tokens is None or facts.context_used_share is None or not facts.input_tokens:
        return None
    lines = calls.input_lines(calls.path, "", cached_share=calls.cached_share, is_batch=calls.is_batch)
    cost = _sum(lines, catalog)
    context = min(facts.context_tokens / facts.input_tokens, Decimal(1))
    return None if cost is None else cost * context * (1 - facts.context_used_share)


def _cost_with(calls: Calls, path: str, catalog: PriceLookup, *, is_batch: bool) -> Decimal | None:
    """Return what the calls cost with the model of some prices; without a cache there, all input is fresh."""
    output = calls.output_line(path, "", is_batch=is_batch)
    for cached_share in dict.fromkeys((calls.cached_share, None)):
        lines = calls.input_lines(path, "", cached_share=cached_share, is_batch=is_batch)
        cost = _sum((*lines, output), catalog)
        if cost is not None:
            return cost
    return None


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
