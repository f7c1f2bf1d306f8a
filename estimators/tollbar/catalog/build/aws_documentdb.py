"""DocumentDB: instances, storage, I/O and backups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_prices import SoldAs, peer_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/documentdb"
_COMPONENTS = {
    "aws_docdb_cluster": {
        "Backup storage": SoldAs("aws/documentdb/backup", "GB-months"),
    },
    "aws_docdb_cluster_instance": {
        "CPU credits": SoldAs("aws/documentdb/cpu_credits", "vCPU-hours"),
        "Database instance (on-demand, db.r5.4xlarge)": SoldAs(
            "aws/documentdb/instance/standard/on_demand/db.r5.4xlarge", "hours"
        ),
        "Database instance (on-demand, db.t3.medium)": SoldAs(
            "aws/documentdb/instance/standard/on_demand/db.t3.medium", "hours"
        ),
        "I/O requests": SoldAs("aws/documentdb/io", "IOs", 1000000),
        "Storage": SoldAs("aws/documentdb/storage/standard", "GB-months"),
    },
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the prices of clusters and their instances."""
    for resource_type, components in _COMPONENTS.items():
        yield from peer_prices(tables, resource_type, components)
    yield from page_prices(tables, TABLE)
