"""EKS control planes, priced alike in every region."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/eks"
_PATHS = {
    "EKS-Cluster-Hour": "aws/eks/cluster/standard",
    "EKS-Extended-Support-Cluster-Hour": "aws/eks/cluster/extended",
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the hourly prices in standard and extended support."""
    for row in tables.rows("misc_curated_services", service="eks"):
        # The source tells the month it was read in; a price carries a day.
        day = f"{row.as_of}-01" if row.as_of.count("-") == 1 else row.as_of
        yield replace(row.price(_PATHS[row.sku_key]), as_of=day)
