"""Cloud DNS: managed zones by their number, and queries.

The table of curated services has the first tiers only, as if they were flat, and is passed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_lines import PeerLine, peer_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "gcp/cloud_dns"
_ZONE = {"Managed zone": PeerLine("gcp/cloud_dns/zone", "zones", is_global=True)}
_QUERY = {"Queries": PeerLine("gcp/cloud_dns/query", "queries", 1_000_000, is_global=True)}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the price of a zone a month and of a query."""
    yield from peer_prices(tables, "google_dns_managed_zone", _ZONE)
    yield from peer_prices(tables, "google_dns_record_set", _QUERY)
    yield from page_prices(tables, TABLE)
