"""EventBridge events, archives and schema discovery in us-east-1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/eventbridge"
_PEER_PATHS = {
    "Custom events published": ("custom_events", "events", 1_000_000),
    "Third-party events published": ("third_party_events", "events", 1_000_000),
    "Archive processing": ("archive_processing", "GB", 1),
    "Archive storage": ("archive_storage", "GB-months", 1),
    "Schema discovery": ("schema_discovery", "events", 1_000_000),
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the price of each thing an event bus is billed for."""
    for row in tables.rows("aws_services", service="eventbridge"):
        if row.sku_key == "EventBridge-CustomEvent":
            yield row.price("aws/eventbridge/custom_events", "events")
        elif row.sku_key == "EventBridge-ArchiveReplay":
            yield row.price("aws/eventbridge/replayed_events", "events")
    for peer_row in tables.test_suite_prices("aws_cloudwatch_event_bus"):
        if peer_row.component in _PEER_PATHS:
            what, unit, per = _PEER_PATHS[peer_row.component]
            yield peer_row.price(f"aws/eventbridge/{what}", unit, per)
    yield from page_prices(tables, TABLE)
