"""Public IPv4 addresses: one price in every region (AWS blog "Public IPv4 address charge", 2023-07-28)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_tiers import everywhere

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/elastic_ip"


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the hourly price of an address; in use and idle cost the same."""
    for row in tables.rows("aws_services", service="vpc"):
        if row.sku_key == "IPv4-InUse-Hours":
            yield everywhere(row.price("aws/elastic_ip/public_ipv4_address"))
