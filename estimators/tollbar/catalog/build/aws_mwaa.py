"""Managed Workflows for Apache Airflow: environments, workers, schedulers and their database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_prices import SoldAs, peer_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/mwaa"
_COMPONENTS = {
    "aws_mwaa_environment": {
        "Environment (Small)": SoldAs("aws/mwaa/environment/small", "hours"),
        "Scheduler (Small)": SoldAs("aws/mwaa/scheduler/small", "hours"),
        "Worker (Small)": SoldAs("aws/mwaa/worker/small", "hours"),
        "Environment (Medium)": SoldAs("aws/mwaa/environment/medium", "hours"),
        "Scheduler (Medium)": SoldAs("aws/mwaa/scheduler/medium", "hours"),
        "Worker (Medium)": SoldAs("aws/mwaa/worker/medium", "hours"),
        "Environment (Large)": SoldAs("aws/mwaa/environment/large", "hours"),
        "Scheduler (Large)": SoldAs("aws/mwaa/scheduler/large", "hours"),
        "Worker (Large)": SoldAs("aws/mwaa/worker/large", "hours"),
        "Meta database": SoldAs("aws/mwaa/metadata_database", "GB-months"),
    },
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the prices by environment class."""
    for resource_type, components in _COMPONENTS.items():
        yield from peer_prices(tables, resource_type, components)
    yield from page_prices(tables, TABLE)
