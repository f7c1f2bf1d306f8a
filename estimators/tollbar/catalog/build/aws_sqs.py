"""SQS requests in us-east-1, after the account's free million."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/sqs"
_PATHS = {"SQS-Standard-Request": "aws/sqs/requests/standard", "SQS-FIFO-Request": "aws/sqs/requests/fifo"}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the price of a request to each kind of queue."""
    for row in tables.rows("aws_services", service="sqs"):
        if row.sku_key in _PATHS and row.price_usd:
            yield replace(row, tier_start=Decimal(0)).price(_PATHS[row.sku_key])
    yield from page_prices(tables, TABLE)
