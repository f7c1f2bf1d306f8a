"""ECR image storage."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/ecr"


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the price of stored images."""
    for row in tables.rows("aws_services", service="ecr", sku_key="ECR-Storage"):
        yield row.price("aws/ecr/storage")
