"""App Engine, API Gateway, Cloud Scheduler, Cloud Tasks and Workflows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "gcp/serverless"


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield prices of instance hours, calls, jobs and steps, from the hand-kept list."""
    yield from page_prices(tables, TABLE)
