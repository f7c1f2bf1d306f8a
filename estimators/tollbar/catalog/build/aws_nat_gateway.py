"""NAT gateway hours and data. us-east-1 is current; the other regions were read in 2022."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/nat_gateway"
_PATHS = {
    "NAT-Gateway-Hour": "aws/nat_gateway/hours",
    "NAT-Gateway-DataProcessed": "aws/nat_gateway/data_processed",
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the hourly and per-GB prices of every known region."""
    for row in tables.rows("aws_services", service="vpc"):
        if path := _PATHS.get(row.sku_key):
            yield row.price(path)
