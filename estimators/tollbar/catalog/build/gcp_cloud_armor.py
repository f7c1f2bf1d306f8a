"""Google Cloud Armor: policies, rules and requests, and the Enterprise subscriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "gcp/cloud_armor"


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield prices of months and requests, from the hand-kept list."""
    yield from page_prices(tables, TABLE)
