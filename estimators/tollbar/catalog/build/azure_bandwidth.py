"""Data out of Azure to the internet by way of the internet (not of Microsoft's own network), by region.

The source mixes the tiers of two meters: an older one with 5 GB free and the present one with 100 GB
free ("Bandwidth pricing", routing preference internet). Only the starts of the present one are taken.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.build.source_tables import by_service, tiered_price
from tollbar.price import Tier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import Row, SourceTables
    from tollbar.price import Price

_STARTS = frozenset(map(Decimal, (100, 10_100, 50_100, 150_100)))
_NO_REGION = "Global"
_FREE = Tier(Decimal(0), Decimal(0))


def tables(source: SourceTables) -> dict[str, list[Price]]:
    """Return the prices per GB by table."""
    return by_service(_egress(source))


def _egress(source: SourceTables) -> Iterator[Price]:
    by_region: dict[str, list[Row]] = defaultdict(list)
    for row in source.rows("data_transfer", cloud="azure", sku_key="internet_egress"):
        if row.tier_start in _STARTS and row.region != _NO_REGION:
            by_region[row.region].append(row)
    for rows in by_region.values():
        if {row.tier_start for row in rows} == _STARTS:
            price = tiered_price("azure/bandwidth/internet_egress/internet_routing", rows)
            yield replace(price, tiers=(_FREE, *price.tiers))
