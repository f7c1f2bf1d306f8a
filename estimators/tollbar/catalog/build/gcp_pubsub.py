"""Pub/Sub: what is published and delivered, and what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_lines import PeerLine, peer_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "gcp/pubsub"
_THROUGHPUT = PeerLine("gcp/pubsub/message_delivery", "TiB", is_global=True)
_STORAGE = {
    "Message delivery data": _THROUGHPUT,
    "Retained acknowledged message storage": PeerLine(
        "gcp/pubsub/storage/retained_acknowledged", "GiB-months", 1, True
    ),
    "Snapshot message backlog storage": PeerLine("gcp/pubsub/storage/snapshot_backlog", "GiB-months", 1, True),
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield prices per TiB of throughput and per stored GiB."""
    yield from peer_prices(tables, "google_pubsub_topic", {"Message ingestion data": _THROUGHPUT})
    yield from peer_prices(tables, "google_pubsub_subscription", _STORAGE)
    yield from page_prices(tables, TABLE)
