"""Kinesis data streams in us-east-1 and us-east-2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.vendor_pages import page_price, page_prices
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/kinesis"
_MODES = {
    "stream_mode_details.stream_mode=ON_DEMAND": "on_demand",
    "stream_mode_details.stream_mode=PROVISIONED": "provisioned",
}
_PATHS = {
    "ON_DEMAND": ("stream", "hours"),
    "PROVISIONED": ("shard", "hours"),
    "Data ingested": ("data_in", "GB"),
    "Data retrieval": ("data_out", "GB"),
    "Enhanced Fan Out (EFO) Data retrieval": ("efo_data_out", "GB"),
    "Enhanced Fan Out (EFO)": ("efo_consumers", "hours"),
    "Long term retention (7D+)": ("long_term_retention", "GB-months"),
    "Extended retention retrieval (7D+)": ("long_term_retrieval", "GB"),
    "Put request unit": ("put_units", "requests"),
}
_EXTENDED = {"on_demand": "extended_retention", "provisioned": "extended_retention_data"}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the prices of each capacity mode; where the tests name none, the price holds for both."""
    for row in tables.test_suite_prices("aws_kinesis_stream"):
        mode = _MODES.get(row.selecting_attributes)
        for each in (mode,) if mode else _MODES.values():
            if row.component in _PATHS:
                what, unit = _PATHS[row.component]
                yield row.price(f"aws/kinesis/{each}/{what}", unit)
            elif row.component == "Extended retention (24H to 7D)":
                yield row.price(f"aws/kinesis/{each}/{_EXTENDED[each]}", "GB-months")
    # Amazon Kinesis Data Streams pricing, provisioned mode, US East (N. Virginia): $0.020 a shard hour.
    key = PriceKey("aws/kinesis/provisioned/extended_retention_shard", "us-east-1")
    yield page_price(tables, key, "0.02", "hours", "2025-01-01")
    yield from page_prices(tables, TABLE)
