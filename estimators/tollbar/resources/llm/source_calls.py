"""The use of calls that were found in source code: what is told or assumed counts for one run of their function.

``times`` says how often a call is made each time the function runs, ``prompt_tokens`` how much of the prompt stands in
the source: all of it (``prompt_is_whole``), or what is added to the assumed rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tollbar.resource import Resource
    from tollbar.usage import Usage, UsageKey

_ENDS = ("low", "expected", "high")
WITHOUT_OUTPUT = {"embeddings", "image", "audio", "rerank"}
"""Calls whose answer is no text that max_tokens could limit."""


def usage_in_source(resource: Resource, usage: Usage) -> Usage:
    """Return the use of a call in source code; of any other resource as it is."""
    times = resource.attributes.get("times")
    if not isinstance(times, Mapping):
        return usage
    keys, given = dict(usage.keys), dict(usage.given)
    factors = [Decimal(times[end]) for end in _ENDS]
    keys["monthly_calls"] = _scaled(keys["monthly_calls"], factors)
    if given.get("monthly_calls") is not None:
        given["monthly_calls"] = _scaled_value(given["monthly_calls"], factors)
    prompt = resource.attributes.number("prompt_tokens")
    if prompt is not None and not usage.is_told("input_tokens"):
        if resource.attributes.flag("prompt_is_whole"):
            given["input_tokens"] = prompt
        else:
            keys["input_tokens"] = _raised(keys["input_tokens"], prompt)
    if resource.attributes.text("operation") in WITHOUT_OUTPUT:
        given["output_tokens"] = 0
    return replace(usage, keys=keys, given=given)


def _scaled(key: UsageKey, factors: list[Decimal]) -> UsageKey:
    if key.assumed is None:
        return key
    low, expected, high = (float(Decimal(str(end)) * f) for end, f in zip(key.assumed, factors, strict=True))
    return replace(key, assumed=(low, expected, high))


def _raised(key: UsageKey, tokens: Decimal) -> UsageKey:
    if key.assumed is None:
        return key
    low, expected, high = (end + float(tokens) for end in key.assumed)
    return replace(key, assumed=(low, expected, high))


def _scaled_value(value: Any, factors: list[Decimal]) -> Mapping[str, Any]:  # noqa: ANN401 -- as the user told it
    ends = value if isinstance(value, dict) else {"expected": value}
    expected = ends.get("expected")
    told = [ends.get(end, expected) for end in _ENDS]
    return {
        end: Decimal(str(number)) * factor if not isinstance(number, bool) and _is_number(number) else number
        for end, number, factor in zip(_ENDS, told, factors, strict=True)
    }


def _is_number(value: object) -> bool:
    try:
        return Decimal(str(value)).is_finite()
    except ArithmeticError:
        return False
