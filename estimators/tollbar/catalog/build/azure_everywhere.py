"""What Azure sells at one price everywhere, though its price list names it region by region."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from tollbar.catalog.lookup import EVERYWHERE
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tollbar.price import Price

_ENOUGH_REGIONS = 3


def sold_everywhere(prices: Iterable[Price]) -> Iterator[Price]:
    """Yield what a thing costs in regions that are not listed here, of things that do not depend on the region.

    Which things these are the caller knows. Left out is what is not seen at one price in three regions or more.
    """
    by_path: dict[str, list[Price]] = defaultdict(list)
    for price in prices:
        by_path[price.key.path].append(price)
    for path, found in by_path.items():
        if len(found) >= _ENOUGH_REGIONS and len({price.tiers for price in found}) == 1:
            yield replace(found[0], key=PriceKey(path, EVERYWHERE))
