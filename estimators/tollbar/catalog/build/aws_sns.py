"""SNS requests and notifications in us-east-1 and eu-west-1, without the free tier's allowances."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.build.vendor_pages import page_price, page_prices
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/sns"
_PATHS = {
    "SNS-Publish": ("aws/sns/requests", "requests"),
    "SNS-Delivery-HTTP": ("aws/sns/notifications/http", "notifications"),
}
_PEER_PATHS = {
    "API requests (over 1M)": ("requests", "requests", 1_000_000),
    "HTTP/HTTPS notifications (over 100k)": ("notifications/http", "notifications", 100_000),
    "Email/Email-JSON notifications (over 1k)": ("notifications/email", "notifications", 100_000),
    "Kinesis Firehose notifications": ("notifications/firehose", "notifications", 1_000_000),
    "Mobile Push notifications": ("notifications/mobile_push", "notifications", 1_000_000),
    "MacOS notifications": ("notifications/macos", "notifications", 1_000_000),
    "FIFO Publish API requests": ("fifo/requests", "requests", 1_000_000),
    "FIFO Publish API payload": ("fifo/request_payload", "GB", 1),
    "FIFO notifications": ("fifo/notifications", "notifications", 1_000_000),
    "FIFO notification payload": ("fifo/notification_payload", "GB", 1),
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the price of requests, notifications and FIFO payload."""
    for row in tables.rows("aws_services", service="sns"):
        if row.sku_key in _PATHS and row.price_usd:
            path, unit = _PATHS[row.sku_key]
            yield replace(row, tier_start=Decimal(0)).price(path, unit)
    for peer_row in tables.test_suite_prices("aws_sns_topic"):
        if peer_row.component in _PEER_PATHS:
            what, unit, per = _PEER_PATHS[peer_row.component]
            yield peer_row.price(f"aws/sns/{what}", unit, per)
    # Not a price of Amazon's: an SMS costs what the user says, and a dollar of it costs a dollar.
    key = PriceKey("aws/sns/notifications/sms_at_told_price", "global")
    yield page_price(tables, key, "1", "USD", "2025-01-01")
    yield from page_prices(tables, TABLE)
