"""Azure services from the retail price list: every meter of some thirty services in eight regions.

One table a service, named after the second part of its paths.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.azure_meters import ListedPrice, Meter, listed_prices
from tollbar.catalog.build.source_tables import by_service

if TYPE_CHECKING:
    from tollbar.catalog.build.source_tables import Row, SourceTables
    from tollbar.price import Price


def tables(source: SourceTables) -> dict[str, list[Price]]:
    """Return the prices of all meters by table."""
    rows = list(source.rows("azure_services"))
    if not rows:
        return {}
    first = rows[0]
    return by_service(listed_prices(map(_listed, rows), first.source_id, first.as_of, first.trust))


def _listed(row: Row) -> ListedPrice:
    """Return a row as the item of the price list it was; its SKU and its meter stand in one column."""
    sku, _, meter = row.sku_key.partition("/")
    product, arm_sku = row.attributes["product"], row.attributes.get("arm_sku") or ""
    return ListedPrice(
        Meter(row.service, product, sku, meter, row.unit, arm_sku), row.region, row.price_usd, row.tier_start
    )
