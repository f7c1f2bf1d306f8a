"""NAT gateway hours and data of Azure: West Europe only, from the peer's test suite."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "azure/nat_gateway"
_PATHS = {"NAT gateway": "azure/nat_gateway/hours", "Data processed": "azure/nat_gateway/data_processed"}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the hourly and per-GB prices."""
    for row in tables.test_suite_prices("azurerm_nat_gateway"):
        if path := _PATHS.get(row.component):
            yield row.price(path)
