"""Tiered prices out of the peer's test suite, which names every tier as a component of its own."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tollbar.catalog.build.source_tables import TestSuitePrice


def tiered_prices(
    path: str, rows: Iterable[TestSuitePrice], starts: Mapping[str, int], unit: str, per: Decimal | int = 1
) -> Iterator[Price]:
    """Yield one tiered price a region out of rows whose component says the tier.

    ``starts`` gives the base units where the tier of each component starts; other components are
    passed over, and so are regions of which the first tier is not known.
    """
    by_region: dict[str, dict[Decimal, Price]] = defaultdict(dict)
    for row in rows:
        if row.component in starts:
            by_region[row.region].setdefault(Decimal(starts[row.component]), row.price(path, unit, per))
    for prices in by_region.values():
        if Decimal(0) not in prices:
            continue
        tiers = tuple(Tier(start, prices[start].tiers[0].unit_price) for start in sorted(prices))
        yield replace(prices[Decimal(0)], tiers=tiers)


def everywhere(price: Price) -> Price:
    """Return a price under the region ``global``: for what the vendor sells at one price everywhere."""
    return replace(price, key=PriceKey(price.key.path, "global"))
