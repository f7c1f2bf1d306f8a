"""Amazon MemoryDB clusters. Source: Amazon MemoryDB pricing page."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.traits import Readers, days
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.traits import Redundancy
    from tollbar.usage import Usage

_FREE_SNAPSHOT_DAYS = 1
_FREE_WRITES_GB_OF_VALKEY = 10 * 1024
"""GB a month that Valkey writes free of charge; more is billed, but cheaper than for Redis OSS."""


def memorydb_cluster(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of the nodes (shards with their replicas), the GB written, and the snapshots kept."""
    node_type = resource.attributes.text("node_type")
    if node_type is None:
        yield Unpriced("unknown_until_apply", "node_type is not declared")
        return
    yield from as_far_as_known(lambda: _nodes(resource, node_type, usage))
    yield from as_far_as_known(lambda: _writes(resource, usage))
    yield from as_far_as_known(lambda: _snapshots(resource, usage))


def _nodes(resource: Resource, node_type: str, usage: Usage) -> Iterator[Component]:
    """The provider makes one shard with one replica where nothing is declared."""
    shards = resource.attributes.number("num_shards", 1) or Decimal(1)
    replicas = resource.attributes.number("num_replicas_per_shard", 1)
    nodes = shards * (1 + (Decimal(1) if replicas is None else replicas))
    engine = _engine(resource)
    root = "aws/memorydb/node" if engine == "redis" else f"aws/memorydb/{engine}/node"
    key = PriceKey(f"{root}/on_demand/{node_type}", resource.region)
    yield Component(f"Nodes (on-demand, {node_type})", Quantity.fixed(nodes) * usage.hours, "hours", key)


def _writes(resource: Resource, usage: Usage) -> Iterator[Component]:
    written, path = usage.quantity("monthly_data_written_gb"), "aws/memorydb/data_written"
    if _engine(resource) == "valkey":
        written, path = written.above(_FREE_WRITES_GB_OF_VALKEY), "aws/memorydb/valkey/data_written"
    yield Component("Data written", written, "GB", PriceKey(path, resource.region))


def _snapshots(resource: Resource, usage: Usage) -> Iterator[Component]:
    if (resource.attributes.number("snapshot_retention_limit", 0) or 0) > _FREE_SNAPSHOT_DAYS:
        key = PriceKey("aws/memorydb/snapshot", resource.region)
        yield Component("Snapshot storage", usage.quantity("snapshot_storage_size_gb"), "GB-months", key)


def _engine(resource: Resource) -> str:
    return (resource.attributes.text("engine", "redis") or "redis").lower()


def _redundancy(cluster: Resource, _usage: Usage, _inventory: Inventory) -> Redundancy:
    """Return where a cluster's nodes run: replicas, of which there is one by default, are in other zones."""
    replicas = cluster.attributes.number("num_replicas_per_shard", 1)
    return "zone" if replicas == 0 else "multi_zone"


TYPES = (
    ResourceType(
        "aws_memorydb_cluster",
        "database",
        memorydb_cluster,
        (
            UsageKey("monthly_data_written_gb", "GB written a month", (1, 10, 100)),
            UsageKey("snapshot_storage_size_gb", "GB of snapshots beyond the free day"),
        ),
        "node_type",
        traits=Readers(
            redundancy=_redundancy,
            retention_days=days("snapshot_retention_limit", 0, zero=None),
        ),
    ),
)
