"""Data transfer of Google Cloud: to the internet by network tier and destination, between zones and regions.

Source of what is added by name: "Network pricing" of Virtual Private Cloud. 1 GB on the price list is 1 GiB.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_lines import PeerLine, peer_prices
from tollbar.catalog.build.source_tables import tiered_price
from tollbar.catalog.build.tier_merge import merged
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import Row, SourceTables
    from tollbar.price import Price

TABLE = "gcp/data_transfer"
_INTERNET = "gcp/data_transfer/internet"
_BETWEEN_REGIONS = "gcp/data_transfer/inter_region"
_TEST_SUITE = {
    "Traffic within the same region": PeerLine("gcp/data_transfer/within_region", "GB", is_global=True),
    "Traffic to/from Indonesia and Oceania": PeerLine(
        f"{_BETWEEN_REGIONS}/indonesia_and_oceania", "GB", is_global=True
    ),
    "Traffic between continents (excludes Oceania)": PeerLine(
        f"{_BETWEEN_REGIONS}/between_continents", "GB", is_global=True
    ),
    "Traffic within the US or Canada": PeerLine(f"{_BETWEEN_REGIONS}/within_north_america", "GB", is_global=True),
    "Traffic within Europe": PeerLine(f"{_BETWEEN_REGIONS}/within_europe", "GB", is_global=True),
    "Traffic within Asia": PeerLine(f"{_BETWEEN_REGIONS}/within_asia", "GB", is_global=True),
    "Traffic within South America": PeerLine(f"{_BETWEEN_REGIONS}/within_south_america", "GB", is_global=True),
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield prices per GB, by the region that sends."""
    premium: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in tables.rows("gcp_storage_network", service="data_transfer", sku_key="internet_egress_premium"):
        premium[row.region, row.attributes["destination"]].append(row)
    for (_, destination), rows in premium.items():
        yield merged(tiered_price(f"{_INTERNET}/premium/{destination}", rows))
    standard: dict[str, list[Row]] = defaultdict(list)
    for row in tables.rows("data_transfer", cloud="gcp"):
        if row.sku_key == "internet_egress":
            standard[row.region].append(row)
        elif row.sku_key == "inter_zone":
            yield row.price("gcp/data_transfer/inter_zone")
    for rows in standard.values():
        if min(row.tier_start for row in rows) > 0:
            continue  # the source lost the first tier
        yield merged(tiered_price(f"{_INTERNET}/standard", rows))
    yield from peer_prices(tables, "google_service_networking_connection", _TEST_SUITE)
    yield from page_prices(tables, TABLE)
