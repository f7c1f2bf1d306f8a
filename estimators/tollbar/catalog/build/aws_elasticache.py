"""ElastiCache nodes on demand in all regions; reserved nodes where the peer's test suite tells a price."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_selection import reservation, selection
from tollbar.catalog.build.vendor_pages import page_price, page_prices
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/elasticache"
_NODE = "aws/elasticache/node"
_PAGE_DATE = "2025-06-30"


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the hours of nodes and the GB of backups."""
    for row in tables.rows("aws_elasticache", service="elasticache"):
        yield row.price(f"{_NODE}/{row.attributes['engine']}/{row.purchase_option}/{row.sku_key}")
    for row in tables.rows("aws_terracost_eu-west-1_2023", service="elasticache"):
        if row.sku_key.endswith("BackupUsage"):
            yield row.price("aws/elasticache/backup")
    yield from _tested(tables)
    # ElastiCache pricing page, "Backup storage": one price for all AWS Regions.
    yield page_price(tables, PriceKey("aws/elasticache/backup", "global"), "0.085", "GB-months", _PAGE_DATE)
    # Reserved nodes, "All Upfront": nothing is billed by the hour.
    yield page_price(tables, PriceKey("aws/elasticache/reserved_all_upfront", "global"), "0", "hours", _PAGE_DATE)
    yield from page_prices(tables, TABLE)


def _tested(tables: SourceTables) -> Iterator[Price]:
    for resource_type in ("aws_elasticache_cluster", "aws_elasticache_replication_group"):
        for row in tables.test_suite_prices(resource_type):
            found = re.match(r"ElastiCache \((?:on-demand|reserved), ([^),]+)\)", row.component)
            if found and row.unit_price:
                engine = selection(row)["engine"]
                yield row.price(f"{_NODE}/{engine}/{reservation(row)}/{found.group(1)}")
