"""VPC endpoint hours and data in us-east-1; a PB counts as a million GB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_tiers import tiered_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/vpc_endpoint"
_HOURS = {"Endpoint (Interface)": "interface", "Endpoint (GatewayLoadBalancer)": "gateway_load_balancer"}
_DATA_TIERS = {
    "Data processed (first 1PB)": 0,
    "Data processed (next 4PB)": 1_000_000,
    "Data processed (over 5PB)": 5_000_000,
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield hourly and per-GB prices by the kind of endpoint."""
    for row in tables.rows("aws_services", service="vpc"):
        if row.sku_key == "VPC-Endpoint-Hour":
            yield row.price("aws/vpc_endpoint/hours/interface")
    peer_rows = list(tables.test_suite_prices("aws_vpc_endpoint"))
    yield from tiered_prices("aws/vpc_endpoint/data_processed/interface", peer_rows, _DATA_TIERS, "GB")
    for peer_row in peer_rows:
        if kind := _HOURS.get(peer_row.component):
            yield peer_row.price(f"aws/vpc_endpoint/hours/{kind}")
        elif peer_row.component == "Data processed":
            yield peer_row.price("aws/vpc_endpoint/data_processed/gateway_load_balancer")
    yield from page_prices(tables, TABLE)
