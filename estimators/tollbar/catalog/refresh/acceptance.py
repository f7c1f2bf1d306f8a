"""Whether prices read from a vendor may be taken over.

Faults are never taken over: a price out of form, no price at all. Suspicions are taken over only when
the user says so: a family of prices that vanished, shrank or moved by a multiple, or a well-known price
that is off by one. Single prices that contradict the others of their kind are left out, while they are
few: vendors list placeholders (a machine at $0.01 an hour). A service without prices is told among what
is left out: few services are sold in every region, and one that had prices before has lost a family.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.integrity.anchors import anchor_problems
from tollbar.catalog.integrity.families import families_of, family_name, family_problems
from tollbar.catalog.integrity.form import form_problems
from tollbar.catalog.integrity.problem import Problem
from tollbar.catalog.integrity.relations import relation_problems, without_contradictions
from tollbar.price import service_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from tollbar.catalog.integrity.anchors import Anchor
    from tollbar.catalog.refresh.interface import Portion
    from tollbar.catalog.table import Source
    from tollbar.price import Price, PriceKey

_MOST_OFF = Decimal(1)
_MOST_MOVED = 2.0
"""A family of which the median price moves by more than this factor, up or down, is suspicious."""


@dataclass(frozen=True, slots=True)
class InUse:
    """The prices in use: ``find`` returns those of a key, the preferred first; ``earlier`` are those of this source."""

    find: Callable[[PriceKey], Sequence[Price]]
    anchors: Sequence[Anchor] = ()
    earlier: Sequence[Price] = ()


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The prices to take over, and what speaks against it."""

    prices: tuple[Price, ...] = ()
    left_out: tuple[Problem, ...] = ()
    faults: tuple[Problem, ...] = ()
    suspicions: tuple[Problem, ...] = ()


def accepted(
    portions: Iterable[tuple[Portion, Sequence[Price]]], source: Source, in_use: InUse, today: date
) -> Acceptance:
    """Return what may be taken over of the portions of a source.

    Of two portions of one service that hold the same key (one region, and later all of them) the later counts.
    """
    by_service: dict[str, dict[PriceKey, Price]] = defaultdict(dict)
    for portion, found in portions:
        by_service[portion.service].update((price.key, price) for price in found)
    prices = [price for found in by_service.values() for price in found.values()]
    empty = [
        Problem("empty service", service, "no price was listed") for service, found in by_service.items() if not found
    ]
    faults = empty if not prices else [*_twice(prices), *form_problems(prices, {source.id}, today)]
    if faults:
        return Acceptance(faults=tuple(faults))
    sound, outliers = without_contradictions(prices)
    if contradictions := tuple(relation_problems(sound)):
        return Acceptance(faults=contradictions)
    return Acceptance(tuple(sound), (*empty, *outliers), suspicions=tuple(_suspicions(sound, in_use)))


def _suspicions(prices: Sequence[Price], in_use: InUse) -> Iterator[Problem]:
    yield from _moved_families(prices, in_use.find)
    yield from family_problems(families_of(in_use.earlier), families_of(prices), _MOST_MOVED - 1)
    found = {price.key: price for price in prices}
    anchors = [anchor for anchor in in_use.anchors if anchor.key in found]
    yield from anchor_problems(anchors, lambda key: [found[key]], most_off=_MOST_OFF)


def _twice(prices: Iterable[Price]) -> Iterator[Problem]:
    """Yield the keys for which two services have different prices."""
    seen: dict[PriceKey, Price] = {}
    for price in prices:
        known = seen.setdefault(price.key, price)
        if known is not price and known.tiers != price.tiers:
            yield Problem("two prices", str(price.key), f"{known.tiers[0].unit_price} and {price.tiers[0].unit_price}")


def _moved_families(prices: Iterable[Price], find: Callable[[PriceKey], Sequence[Price]]) -> Iterator[Problem]:
    """Yield the families of which the median price is a multiple or a fraction of what is known."""
    ratios: dict[str, list[float]] = defaultdict(list)
    for price in prices:
        known = next(iter(find(price.key)), None)
        if known is None:
            continue
        if known.unit != price.unit:
            yield Problem("unit", str(price.key), f"was per {known.unit}, is per {price.unit}")
            continue
        was, is_now = known.tiers[-1].unit_price, price.tiers[-1].unit_price
        if was and is_now:
            ratio = float(is_now / was)
            ratios[family_name(price.key.path)].append(ratio)
            ratios[f"{service_of(price.key.path)} in {price.key.region}"].append(ratio)
    for family, found in sorted(ratios.items()):
        median = statistics.median(found)
        if not 1 / _MOST_MOVED <= median <= _MOST_MOVED:
            what = "its one known price is" if len(found) == 1 else f"the median of its {len(found)} known prices is"
            detail = f"{what} {median:.3g} times what it was"
            yield Problem("moved family", family, detail)
