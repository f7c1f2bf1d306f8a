"""Cloud Logging: what is ingested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_lines import PeerLine, peer_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "gcp/cloud_logging"
_TEST_SUITE = {"Logging data": PeerLine("gcp/cloud_logging/ingestion", "GB", is_global=True)}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the price of a GB of logs."""
    yield from peer_prices(tables, "google_logging_project_sink", _TEST_SUITE)
    yield from page_prices(tables, TABLE)
