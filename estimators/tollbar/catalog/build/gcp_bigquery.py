"""BigQuery: queries by what they scan, storage, streaming and the storage APIs."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_lines import PeerLine, peer_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "gcp/bigquery"
_QUERY = "gcp/bigquery/query/on_demand"
_TEST_SUITE = {
    "Active storage": PeerLine("gcp/bigquery/storage/active_logical", "GB-months"),
    "Long-term storage": PeerLine("gcp/bigquery/storage/long_term_logical", "GB-months"),
    "Streaming inserts": PeerLine("gcp/bigquery/streaming_insert", "GB", Decimal(1) / 1024),
    "Storage write API": PeerLine("gcp/bigquery/storage_write_api", "GB"),
    "Storage read API": PeerLine("gcp/bigquery/storage_read_api", "TiB"),
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield prices per scanned TiB, per GB and month, and per GB or TiB that goes in and out."""
    for row in tables.rows("misc_curated_services", service="bigquery"):
        yield row.price(_QUERY, "TiB")
    yield from peer_prices(tables, "google_bigquery_dataset", {"Queries (on-demand)": PeerLine(_QUERY, "TiB")})
    yield from peer_prices(tables, "google_bigquery_table", _TEST_SUITE)
    yield from page_prices(tables, TABLE)
