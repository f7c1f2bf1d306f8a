"""Data Firehose in eu-west-2 and, by the page, us-east-1; 500 TB count as 512,000 GB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_tiers import tiered_prices
from tollbar.catalog.build.vendor_pages import page_price, page_prices
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/firehose"
_TIERS = {
    "Data ingested (first 500TB)": 0,
    "Data ingested (next 1.5PB)": 512_000,
    "Data ingested (next 3PB)": 2_048_000,
}
_PATHS = {
    "Format conversion": ("aws/firehose/format_conversion", "GB"),
    "VPC data": ("aws/firehose/vpc/data", "GB"),
    "VPC AZ delivery": ("aws/firehose/vpc/zone", "hours"),
}
_PAGE = {
    "aws/firehose/ingested": ("0:0.029|512000:0.025|2048000:0.02", "GB"),
    "aws/firehose/format_conversion": ("0.018", "GB"),
    "aws/firehose/vpc/data": ("0.01", "GB"),
    "aws/firehose/vpc/zone": ("0.01", "hours"),
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the prices of ingestion (Direct PUT and Kinesis as a source) and delivery."""
    rows = list(tables.test_suite_prices("aws_kinesis_firehose_delivery_stream"))
    yield from tiered_prices("aws/firehose/ingested", rows, _TIERS, "GB")
    for row in rows:
        if row.component in _PATHS:
            path, unit = _PATHS[row.component]
            yield row.price(path, unit)
    # Amazon Data Firehose pricing, US East (N. Virginia).
    for path, (text, unit) in _PAGE.items():
        yield page_price(tables, PriceKey(path, "us-east-1"), text, unit, "2025-01-01")
    yield from page_prices(tables, TABLE)
