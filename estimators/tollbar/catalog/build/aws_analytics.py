"""Analytics: Glue, Athena, EMR, Managed Service for Apache Flink and QuickSight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_prices import SoldAs, peer_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/analytics"
_COMPONENTS = {
    "aws_glue_catalog_database": {
        "Requests": SoldAs("aws/glue/catalog/requests", "requests", 1000000),
        "Storage": SoldAs("aws/glue/catalog/storage", "objects", 100000),
    },
    "aws_glue_crawler": {
        "Duration": SoldAs("aws/glue/crawler", "DPU-hours"),
    },
    "aws_kinesisanalyticsv2_application": {
        "Processing (stream)": SoldAs("aws/flink/processing", "KPU-hours", 730),  # shown by the month,
        "Running storage": SoldAs("aws/flink/running_storage", "GB-months"),
        "Backup": SoldAs("aws/flink/backup", "GB-months"),
    },
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the prices of each service."""
    for resource_type, components in _COMPONENTS.items():
        yield from peer_prices(tables, resource_type, components)
    for row in tables.test_suite_prices("aws_glue_job", "Duration"):
        if row.unit == "hours (1 DPU)":  # the other rows are hours of jobs of several DPUs
            yield row.price("aws/glue/etl_job", "DPU-hours")
    yield from page_prices(tables, TABLE)
