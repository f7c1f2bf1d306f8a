"""Cloud Functions (now Cloud Run functions), first generation: invocations, CPU, memory, data out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_lines import PeerLine, peer_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "gcp/cloud_functions"
_TEST_SUITE = {
    "Invocations": PeerLine("gcp/cloud_functions/invocation", "requests", is_global=True),
    "CPU": PeerLine("gcp/cloud_functions/cpu", "GHz-seconds"),
    "Memory": PeerLine("gcp/cloud_functions/memory", "GB-seconds"),
    "Outbound data transfer": PeerLine("gcp/cloud_functions/egress", "GB"),
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield prices per invocation, GHz second, GB second and GB."""
    yield from peer_prices(tables, "google_cloudfunctions_function", _TEST_SUITE)
    yield from page_prices(tables, TABLE)
