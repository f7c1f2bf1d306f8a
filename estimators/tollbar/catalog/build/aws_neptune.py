"""Neptune: instances, storage, I/O and backups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_prices import SoldAs, peer_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/neptune"
_COMPONENTS = {
    "aws_neptune_cluster": {
        "Backup storage": SoldAs("aws/neptune/backup", "GB-months"),
        "I/O requests": SoldAs("aws/neptune/io", "IOs", 1000000),
        "Storage": SoldAs("aws/neptune/storage/standard", "GB-months"),
    },
    "aws_neptune_cluster_instance": {
        "CPU credits": SoldAs("aws/neptune/cpu_credits", "vCPU-hours"),
        "Database instance (on-demand, db.r4.large)": SoldAs(
            "aws/neptune/instance/standard/on_demand/db.r4.large", "hours"
        ),
    },
}


_TESTED_TWICE = "Database instance (on-demand, db.t3.medium)"
_CONFIGURATIONS = ("standard", "io_optimized")


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the prices of clusters and their instances."""
    for resource_type, components in _COMPONENTS.items():
        yield from peer_prices(tables, resource_type, components)
    yield from _tested_twice(tables)
    yield from page_prices(tables, TABLE)


def _tested_twice(tables: SourceTables) -> Iterator[Price]:
    """Yield the two prices of the class that is tested in both configurations: with I/O included it is dearer."""
    rows = tables.test_suite_prices("aws_neptune_cluster_instance", _TESTED_TWICE)
    by_price = sorted(rows, key=lambda row: row.unit_price)
    if len(by_price) == len(_CONFIGURATIONS):
        for configuration, row in zip(_CONFIGURATIONS, by_price, strict=True):
            yield row.price(f"aws/neptune/instance/{configuration}/on_demand/db.t3.medium")
