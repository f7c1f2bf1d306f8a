"""Secret Manager: active versions, accesses and rotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_lines import PeerLine, peer_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "gcp/secret_manager"
_TEST_SUITE = {
    "Active secret versions": PeerLine("gcp/secret_manager/active_secret_version", "secrets", is_global=True),
    "Access operations": PeerLine("gcp/secret_manager/access_operation", "operations", 10_000, is_global=True),
    "Rotation notifications": PeerLine("gcp/secret_manager/rotation_notification", "notifications", is_global=True),
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the price of a version a month, of an access and of a rotation."""
    yield from peer_prices(tables, "google_secret_manager_secret", _TEST_SUITE)
    yield from page_prices(tables, TABLE)
