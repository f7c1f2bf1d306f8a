"""What must hold of each price by itself: units, tiers, dates, and that it is no absurd amount."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.integrity.problem import Problem
from tollbar.units import units

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from tollbar.price import Price

_PATH = re.compile(r"[a-z][a-z0-9_]*(?:/[a-z0-9@~][a-z0-9_.+:@~-]*)+")
_REGION = re.compile(r"[a-z][a-z0-9-]*")
_TRUSTS = frozenset({"A", "B", "C"})
_OLDEST = date(2010, 1, 1)
FREE_BY_NATURE = re.compile(r"/(?:reserved_all_upfront|free)(?:/|$)|/all_upfront/")
"""Paths under which $0 is what is billed: hours of what was paid for in full, and free offers."""


def form_problems(prices: Iterable[Price], sources: Collection[str], today: date) -> Iterator[Problem]:
    """Yield what is wrong with single prices.

    ``sources`` are the identifiers of the known sources; no price may be dated after ``today``.
    """
    for price in prices:
        for check, detail in _faults(price, sources, today):
            yield Problem(check, str(price.key), detail)


def _faults(price: Price, sources: Collection[str], today: date) -> Iterator[tuple[str, str]]:
    if not _PATH.fullmatch(price.key.path):
        yield "path", "not a path in lower case"
    if not _REGION.fullmatch(price.key.region or ""):
        yield "region", f"{price.key.region!r} is not the name of a region"
    if price.source not in sources:
        yield "source", f"the unknown source {price.source!r}"
    if price.trust not in _TRUSTS:
        yield "trust", f"{price.trust!r} is not A, B or C"
    if not _is_past_day(price.as_of, today):
        yield "as_of", f"{price.as_of!r} is not a day between {_OLDEST} and {today}"
    yield from _tier_faults(price)
    yield from _amount_faults(price)


def _is_past_day(text: str, today: date) -> bool:
    try:
        return _OLDEST <= date.fromisoformat(text) <= today
    except ValueError:
        return False


def _tier_faults(price: Price) -> Iterator[tuple[str, str]]:
    starts = [tier.start for tier in price.tiers]
    if not starts or starts[0] != 0:
        yield "tiers", f"the first tier starts at {starts[0] if starts else 'nothing'}, not at 0"
    elif starts != sorted(set(starts)):
        yield "tiers", f"the tiers do not follow each other: {', '.join(f'{start:f}' for start in starts)}"


def _amount_faults(price: Price) -> Iterator[tuple[str, str]]:
    unit = units().get(price.unit)
    if unit is None:
        yield "unit", f"the unknown unit {price.unit!r}"
        return
    amounts = [tier.unit_price for tier in price.tiers]
    if any(not amount.is_finite() or amount < 0 for amount in amounts):
        yield "amount", "a negative price"
    elif unit.highest is not None and max(amounts, default=Decimal(0)) > unit.highest:
        yield "amount", f"${max(amounts):f} is absurd for one of {unit.name} (at most ${unit.highest:f})"
    elif not any(amounts) and not FREE_BY_NATURE.search(price.key.path):
        yield "amount", "a price of 0: what is not known is left out"
