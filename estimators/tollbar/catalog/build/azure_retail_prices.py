"""Azure services from the retail price list: every meter of some thirty services in eight regions.

One table a service, named after the second part of its paths. Alerts, notifications, messages and operations on
keys cost the same in all eight regions, and so they do in the others.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tollbar.catalog.azure_meters import ListedPrice, Meter, listed_prices
from tollbar.catalog.build.azure_everywhere import sold_everywhere
from tollbar.catalog.build.source_tables import by_service

if TYPE_CHECKING:
    from tollbar.catalog.build.source_tables import Row, SourceTables
    from tollbar.price import Price

_EVERYWHERE_SOURCE = "one-price-rule"
_EVERYWHERE_SOURCE_NAME = (
    "azure-architecture-diagram-builder: alerts, notifications, messages and keys, where all its regions list one price"
)
_EVERYWHERE = re.compile(
    r"azure/(?:key_vault/(?:standard|premium|hsm_pool)/"
    r"|service_bus/(?:basic|standard|premium)/|event_grid/|event_hubs/(?:basic|standard)/"
    r"|api_management/(?!consumption|isolated|ai_gateway)"
    r"|monitor/(?:alerts/|emails|notifications/|sms_|voice_calls/|metrics_ingestion/))"
)


def tables(source: SourceTables) -> dict[str, list[Price]]:
    """Return the prices of all meters by table."""
    rows = list(source.rows("azure_services"))
    if not rows:
        return {}
    first = rows[0]
    prices = list(listed_prices(map(_listed, rows), first.source_id, first.as_of, first.trust))
    source.sources[_EVERYWHERE_SOURCE] = (_EVERYWHERE_SOURCE_NAME, first.licence)
    everywhere = (
        replace(price, source=_EVERYWHERE_SOURCE, trust="B")
        for price in sold_everywhere(price for price in prices if _EVERYWHERE.match(price.key.path))
    )
    return by_service([*prices, *everywhere])


def _listed(row: Row) -> ListedPrice:
    """Return a row as the item of the price list it was; its SKU and its meter stand in one column."""
    sku, _, meter = row.sku_key.partition("/")
    product, arm_sku = row.attributes["product"], row.attributes.get("arm_sku") or ""
    return ListedPrice(
        Meter(row.service, product, sku, meter, row.unit, arm_sku), row.region, row.price_usd, row.tier_start
    )
