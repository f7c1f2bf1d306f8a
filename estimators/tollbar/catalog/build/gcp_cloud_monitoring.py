"""Cloud Monitoring: what metrics send, and reads through its API."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_lines import PeerLine, peer_prices
from tollbar.catalog.build.peer_tiers import everywhere, tiered_prices
from tollbar.catalog.build.vendor_pages import page_prices
from tollbar.price import Tier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import Row, SourceTables
    from tollbar.price import Price

TABLE = "gcp/cloud_monitoring"
_TYPE = "google_monitoring_metric_descriptor"
_DATA = "gcp/cloud_monitoring/metric_data"
_DATA_TIERS = {
    "Monitoring data (first 100K)": 0,
    "Monitoring data (next 150K)": 100_000,
    "Monitoring data (over 250K)": 250_000,
}
_CALLS = {"API calls": PeerLine("gcp/cloud_monitoring/api_call", "requests", 1000, is_global=True)}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield prices per MiB of metrics, in tiers over the account, and per API call."""
    tiers: dict[str, list[Price]] = {}
    for row in tables.rows("gcp_storage_network", service="cloud_monitoring"):
        tiers.setdefault(row.region, []).append(_tier(row))
    for parts in tiers.values():
        ordered = sorted((tier for part in parts for tier in part.tiers), key=lambda tier: tier.start)
        yield replace(parts[0], tiers=tuple(ordered))
    for price in tiered_prices(_DATA, tables.test_suite_prices(_TYPE), _DATA_TIERS, "MiB"):
        yield everywhere(price)
    yield from peer_prices(tables, _TYPE, _CALLS)
    yield from page_prices(tables, TABLE)


def _tier(row: Row) -> Price:
    """Return one tier; the source names it by its ends, in MiB: ``100000-250000``, ``250000n``."""
    start = row.attributes["tier_mib"].partition("-")[0].removesuffix("n")
    price = row.price(_DATA, "MiB")
    return replace(price, tiers=(Tier(Decimal(start), price.tiers[0].unit_price),))
