"""Managed Streaming for Apache Kafka: brokers in most regions, storage; serverless by the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_prices import SoldAs, peer_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/msk"
_COMPONENTS = {
    "Storage": SoldAs("aws/msk/storage", "GB-months"),
    "Instance (kafka.t3.small)": SoldAs("aws/msk/broker/kafka.t3.small", "hours"),
    "Instance (kafka.m5.24xlarge)": SoldAs("aws/msk/broker/kafka.m5.24xlarge", "hours"),
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the hours of brokers, named as the API names them (``kafka.m5.large``), and their storage."""
    for row in tables.rows("aws_opensearch_redshift_msk", service="msk"):
        name = row.sku_key if row.sku_key.startswith("express.") else f"kafka.{row.sku_key}"
        yield row.price(f"aws/msk/broker/{name}")
    yield from peer_prices(tables, "aws_msk_cluster", _COMPONENTS)
    yield from page_prices(tables, TABLE)
