"""Compute beside EC2: App Runner, Lightsail, ECS Anywhere, Batch on EC2 being free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/compute_services"


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the prices of each service."""
    yield from page_prices(tables, TABLE)
