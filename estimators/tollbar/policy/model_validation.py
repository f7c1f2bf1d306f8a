"""Contradictions about language models in a configuration: a fallback that is disallowed or dear, unknown models."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tollbar.catalog.llm import LlmCatalog
from tollbar.catalog.lookup import PriceNotFound
from tollbar.money import format_usd
from tollbar.resources.llm.buckets import price_key
from tollbar.resources.llm.calls import model_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

_MILLION_TOKENS = {"input_tokens": Decimal(750_000), "output_tokens": Decimal(250_000)}
"""A million tokens, three of four read: a usual call, by which models are compared."""


def wrong_models(cases: object, today: date) -> Iterator[tuple[int, str]]:
    """Yield the number of each case of the rule model_overkill whose models cannot be meant so, and why."""
    catalog = LlmCatalog(today)
    for number, case in enumerate(cases if isinstance(cases, list) else ()):
        for reason in _unknown(case, catalog):
            yield number, reason
        fallback = case.get("suggest_fallback")
        if fallback is not None:
            for reason in _reasons(case, str(fallback), catalog):
                yield number, reason


def _unknown(case: Mapping[str, Any], catalog: LlmCatalog) -> Iterator[str]:
    """Tell of disallowed models that nobody sells: of a misspelt one, every call would pass."""
    for model in map(str, case.get("disallowed_models", ())):
        if not _is_pattern(model) and _cost(model, catalog) is None:
            yield f"{_policy(case)}no price is known of the disallowed model {model}: is it spelt right?"


def _policy(case: Mapping[str, Any]) -> str:
    return f"policy {case['policy']!r}: " if "policy" in case else ""


def _is_pattern(model: str) -> bool:
    return any(mark in model for mark in "*?")


def _reasons(case: Mapping[str, Any], fallback: str, catalog: LlmCatalog) -> Iterator[str]:
    name = _policy(case)
    disallowed = [str(model) for model in case.get("disallowed_models", ())]
    if fallback in disallowed:
        yield f"{name}the fallback {fallback} is one of the disallowed models"
        return
    cost = _cost(fallback, catalog)
    if cost is None:
        yield f"{name}no price is known of the fallback {fallback}"
        return
    dearer_than = [
        (model, price) for model in disallowed if (price := _cost(model, catalog)) is not None and price < cost
    ]
    for model, price in dearer_than:
        figures = f"{format_usd(cost)} a million tokens against {format_usd(price)}"
        yield f"{name}the fallback {fallback} costs more than {model}, which it is to replace ({figures})"


def _cost(model: str, catalog: LlmCatalog) -> Decimal | None:
    """Return what a million tokens cost with a model, None where its name is a pattern or has no price."""
    path = model_path(model, None)
    if path is None or _is_pattern(model):
        return None
    total = Decimal(0)
    for what, tokens in _MILLION_TOKENS.items():
        price = catalog.find(price_key(path, what))
        if isinstance(price, PriceNotFound):
            return None
        total += price.tiers[0].unit_price * tokens
    return total
