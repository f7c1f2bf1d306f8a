"""ECR image storage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_prices import SoldAs, peer_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/ecr"


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the price of stored images."""
    for row in tables.rows("aws_services", service="ecr", sku_key="ECR-Storage"):
        yield row.price("aws/ecr/storage")
    yield from peer_prices(tables, "aws_ecr_repository", {"Storage": SoldAs("aws/ecr/storage", "GB-months")})
    yield from page_prices(tables, TABLE)
