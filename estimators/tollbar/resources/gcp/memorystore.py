"""Memorystore: Redis instances by the GiB they provision, Redis clusters by their nodes.

Sources: "Memorystore for Redis pricing" (capacity tiers M1 to M5) and "Memorystore for Redis Cluster pricing"; node
sizes from "Instance and node specification" of the latter's documentation.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.traits import Readers, number
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.traits import Redundancy
    from tollbar.usage import Usage

_CAPACITY_TIERS = ((4, "m1"), (10, "m2"), (35, "m3"), (100, "m4"))
"""The largest GiB of each capacity tier but M5, which has what is beyond."""
_TIERS = {"BASIC": "basic", "STANDARD_HA": "standard"}
_DEFAULT_READ_REPLICAS = 2
_REPLICAS_OF_STANDARD = 1
_DEFAULT_NODE_TYPE = "REDIS_HIGHMEM_MEDIUM"
_NODE_GIB = {
    "shared_core_nano": Decimal("1.4"),
    "standard_small": Decimal("6.5"),
    "highmem_medium": Decimal(13),
    "highmem_xlarge": Decimal(58),
}


def redis_instance(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of the GiB that a Redis instance provisions, by its tier and size, with its read replicas."""
    attributes = resource.attributes
    size = attributes.number("memory_size_gb")
    if size is None:
        yield Unpriced("unknown_until_apply", "memory_size_gb is not given")
        return
    declared = attributes.text("tier", "BASIC") or "BASIC"
    tier = _TIERS.get(declared, declared.lower())
    capacity = next((name for most, name in _CAPACITY_TIERS if size <= most), "m5")
    key = PriceKey(f"gcp/memorystore/redis/{tier}/{capacity}", resource.region)
    name = f"Redis instance ({tier}, {capacity.upper()})"
    yield Component(name, usage.hours * (size * _nodes_of_standard(attributes)), "GiB-hours", key)


def _nodes_of_standard(attributes: Attributes) -> Decimal:
    """Return the nodes of an instance as a multiple of those that its tier's price includes.

    Standard Tier includes one replica; with read replicas each node costs half of it.
    """
    if attributes.text("read_replicas_mode", "READ_REPLICAS_DISABLED") != "READ_REPLICAS_ENABLED":
        return Decimal(1)
    replicas = attributes.number("replica_count", _DEFAULT_READ_REPLICAS) or Decimal(_REPLICAS_OF_STANDARD)
    return (1 + replicas) / (1 + _REPLICAS_OF_STANDARD)


def redis_cluster(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of a cluster's nodes (shards and their replicas), its AOF persistence and its backups."""
    attributes = resource.attributes
    yield from as_far_as_known(lambda: _nodes(resource, usage))
    if attributes.blocks("automated_backup_config") or usage.is_told("backup_storage_gb"):
        key = PriceKey("gcp/memorystore/redis_cluster/backup", resource.region)
        yield Component("Backups", usage.quantity("backup_storage_gb"), "GiB-months", key)


def _nodes(resource: Resource, usage: Usage) -> Iterator[Component | Unpriced]:
    attributes = resource.attributes
    shards = attributes.number("shard_count")
    if shards is None:
        yield Unpriced("unknown_until_apply", "shard_count is not given")
        return
    nodes = shards * (1 + (attributes.known_number("replica_count") or Decimal(0)))
    node_type = (attributes.text("node_type", _DEFAULT_NODE_TYPE) or _DEFAULT_NODE_TYPE).lower().removeprefix("redis_")
    key = PriceKey(f"gcp/memorystore/redis_cluster/node/{node_type}", resource.region)
    yield Component(f"Cluster node ({node_type.replace('_', ' ')})", usage.hours * nodes, "hours", key)
    if attributes.block("persistence_config").text("mode", "DISABLED") == "AOF" and node_type in _NODE_GIB:
        key = PriceKey("gcp/memorystore/redis_cluster/aof_persistence", resource.region)
        yield Component("AOF persistence", usage.hours * (nodes * _NODE_GIB[node_type]), "GiB-hours", key)


def _redundancy(instance: Resource, _usage: Usage, _inventory: Inventory) -> Redundancy:
    return "multi_zone" if instance.attributes.text("tier", "BASIC") == "STANDARD_HA" else "zone"


TYPES = (
    ResourceType(
        "google_redis_instance",
        "database",
        redis_instance,
        size_attribute="tier",
        traits=Readers(memory_gib=number("memory_size_gb"), redundancy=_redundancy),
    ),
    ResourceType(
        "google_redis_cluster",
        "database",
        redis_cluster,
        usage_keys=(UsageKey("backup_storage_gb", "GiB of backups that are kept", (1, 10, 100)),),
        size_attribute="node_type",
    ),
)
