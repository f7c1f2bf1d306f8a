"""NAT gateway hours and data. us-east-1 is current, eu-west-1 of 2023; the other regions were read in 2022."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_prices import SoldAs, peer_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/nat_gateway"
_PATHS = {
    "NAT-Gateway-Hour": "aws/nat_gateway/hours",
    "NAT-Gateway-DataProcessed": "aws/nat_gateway/data_processed",
}
_IRISH_PATHS = {
    "EU-NatGateway-Hours": "aws/nat_gateway/hours",
    "EU-NatGateway-Bytes": "aws/nat_gateway/data_processed",
}
_PEER_PATHS = {
    "NAT gateway": SoldAs("aws/nat_gateway/hours", "hours"),
    "Data processed": SoldAs("aws/nat_gateway/data_processed", "GB"),
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the hourly and per-GB prices of every known region."""
    for row in tables.rows("aws_services", service="vpc"):
        if path := _PATHS.get(row.sku_key):
            yield row.price(path)
    yield from peer_prices(tables, "aws_nat_gateway", _PEER_PATHS)
    for row in tables.rows("aws_terracost_eu-west-1_2023", service="ec2", region="eu-west-1"):
        if path := _IRISH_PATHS.get(row.sku_key):
            yield row.price(path)
    yield from page_prices(tables, TABLE)
