"""Memorystore for Redis: capacity by service and size tier, and the nodes of Redis Cluster."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_lines import PeerLine, peer_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "gcp/memorystore"
_INSTANCE = re.compile(r"Redis instance \((?P<service>basic|standard), (?P<size>M\d)\)")
_NODE = re.compile(r"Cluster node \((?P<type>[a-z ]+)\)")
_CLUSTER = {
    "AOF persistence": PeerLine("gcp/memorystore/redis_cluster/aof_persistence", "GiB-hours"),
    "Backups": PeerLine("gcp/memorystore/redis_cluster/backup", "GiB-months"),
}
_HOURS = 730
"""The test suite states the capacity's price a month."""


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield prices per GiB hour of capacity, per node hour, and for persistence and backups."""
    for row in tables.test_suite_prices("google_redis_instance"):
        if match := _INSTANCE.fullmatch(row.component):
            path = f"gcp/memorystore/redis/{match['service']}/{match['size'].lower()}"
            yield row.price(path, "GiB-hours", _HOURS)
    for row in tables.test_suite_prices("google_redis_cluster"):
        if match := _NODE.fullmatch(row.component):
            yield row.price(f"gcp/memorystore/redis_cluster/node/{match['type'].replace(' ', '_')}", "hours")
    yield from peer_prices(tables, "google_redis_cluster", _CLUSTER)
    yield from page_prices(tables, TABLE)
