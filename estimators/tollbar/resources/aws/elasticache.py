"""Amazon ElastiCache clusters and replication groups: node hours and backups. Source: ElastiCache pricing page."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.aws import reserved_purchase
from tollbar.resources.aws.autoscaling_target import scaled_capacity
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.traits import Readers, days
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.traits import Redundancy
    from tollbar.usage import Usage

_FREE_SNAPSHOTS = 1
_REDIS_WITHOUT_STANDARD_SUPPORT = {"4", "5"}
_LONGEST_CHAIN = 3
"""A group names a global group, which names its primary group."""


def elasticache_cluster(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a cluster's nodes; one that belongs to a replication group is billed with the group."""
    attributes = resource.attributes
    if attributes.names_something("replication_group_id") or "replication_group_id" in resource.references:
        return
    engine, node_type = attributes.text("engine"), attributes.text("node_type")
    if engine is None or node_type is None:
        yield _undeclared("engine" if engine is None else "node_type")
        return
    yield from as_far_as_known(lambda: _cluster_hours(resource, engine, node_type, usage))
    yield from as_far_as_known(lambda: _extended_support(engine, attributes))
    if engine != "memcached":
        yield from as_far_as_known(lambda: _backups(resource, usage))


def elasticache_replication_group(
    resource: Resource, usage: Usage, inventory: Inventory
) -> Iterator[Component | Unpriced]:
    """Yield the nodes of a replication group: its shards, each a primary with its replicas."""
    kind = _effective(resource, inventory)
    node_type = kind.text("node_type")
    if node_type is None:
        yield _undeclared("node_type")
        return
    engine = kind.text("engine", "redis") or "redis"
    yield from as_far_as_known(lambda: _group_hours(resource, engine, node_type, usage, inventory))
    yield from as_far_as_known(lambda: _extended_support(engine, kind))
    yield from as_far_as_known(lambda: _backups(resource, usage))


def _cluster_hours(resource: Resource, engine: str, node_type: str, usage: Usage) -> Iterator[Component]:
    nodes = Quantity.fixed(resource.attributes.number("num_cache_nodes", 1) or 1)
    yield _node_hours(resource.region, engine, node_type, nodes, usage)


def _group_hours(
    resource: Resource, engine: str, node_type: str, usage: Usage, inventory: Inventory
) -> Iterator[Component]:
    yield _node_hours(resource.region, engine, node_type, _nodes(resource, usage, inventory), usage)


def _node_hours(region: str | None, engine: str, node_type: str, nodes: Quantity, usage: Usage) -> Component:
    bought = reserved_purchase.purchase(usage)
    autoscaled = ", autoscaling" if nodes.low != nodes.high else ""
    name = f"ElastiCache ({bought.name}, {node_type}{autoscaled})"
    path = f"aws/elasticache/node/{engine.lower()}/{bought.path}/{node_type}"
    if bought.is_prepaid:
        path = "aws/elasticache/reserved_all_upfront"
    return Component(name, nodes * usage.hours, "hours", PriceKey(path, region))


def _nodes(resource: Resource, usage: Usage, inventory: Inventory) -> Quantity:
    attributes = resource.attributes
    shards, replicas = _shards(attributes)
    resource_id = f"replication-group/{attributes.literal('replication_group_id')}"
    dimension = "elasticache:replication-group:"
    scaled_shards = scaled_capacity(resource, resource_id, f"{dimension}NodeGroups", usage, inventory)
    scaled_replicas = scaled_capacity(resource, resource_id, f"{dimension}Replicas", usage, inventory)
    average = usage.quantity("capacity")
    if scaled_shards is not None and average.is_known:
        scaled_shards = average
    per_shard = (scaled_replicas or Quantity.fixed(replicas)) + Quantity.fixed(1)
    return (scaled_shards or Quantity.fixed(shards)) * per_shard


def _shards(attributes: Attributes) -> tuple[Decimal, Decimal]:
    """Return the shards and the replicas of each, however the provider's version spells them."""
    for declared in (attributes, attributes.block("cluster_mode")):
        shards = declared.number("num_node_groups", 0)
        if shards:
            return shards, declared.number("replicas_per_node_group", 0) or Decimal(0)
    nodes = attributes.number("num_cache_clusters", 0) or attributes.number("number_cache_clusters", 0)
    replicas = attributes.number("replicas_per_node_group", 0) or Decimal(0)
    return Decimal(1), nodes - 1 if nodes else replicas


def _backups(resource: Resource, usage: Usage) -> Iterator[Component]:
    kept = resource.attributes.number("snapshot_retention_limit", 0) or Decimal(0)
    if kept > _FREE_SNAPSHOTS:
        gb = usage.quantity("snapshot_storage_size_gb") * (kept - _FREE_SNAPSHOTS)
        yield Component("Backup storage", gb, "GB-months", PriceKey("aws/elasticache/backup", resource.region))


def _extended_support(engine: str, attributes: Attributes) -> Iterator[Unpriced]:
    if engine.lower() != "redis":
        return
    version = attributes.text("engine_version", "") or ""
    if version.partition(".")[0] in _REDIS_WITHOUT_STANDARD_SUPPORT:
        detail = f"Extended support: no price for Redis OSS {version}; its standard support ended on 2026-01-31"
        yield Unpriced("price_not_found", detail)


def _effective(resource: Resource, inventory: Inventory, depth: int = 0) -> Attributes:
    """Return the attributes that tell engine and node type: of a global group's member, the primary's."""
    joined = inventory.referenced(resource, "global_replication_group_id", "aws_elasticache_global_replication_group")
    if joined is None or depth == _LONGEST_CHAIN:
        return resource.attributes
    primary = inventory.referenced(joined, "primary_replication_group_id", "aws_elasticache_replication_group")
    return resource.attributes if primary is None else _effective(primary, inventory, depth + 1)


def _undeclared(attribute: str) -> Unpriced:
    return Unpriced("unknown_until_apply", f"{attribute} is not declared")


_KEYS = (
    UsageKey("snapshot_storage_size_gb", "GB of each daily snapshot"),
    UsageKey("capacity", "average number of shards of a group that is scaled automatically"),
    *reserved_purchase.KEYS,
)

_SNAPSHOTS = days("snapshot_retention_limit", 0, zero=None)


def _redundancy_of_cluster(cluster: Resource, _usage: Usage, _inventory: Inventory) -> Redundancy:
    return "multi_zone" if cluster.attributes.text("az_mode", "single-az") == "cross-az" else "zone"


def _redundancy_of_group(group: Resource, _usage: Usage, _inventory: Inventory) -> Redundancy:
    """Return where a group's nodes run: with Multi-AZ or automatic failover in several zones."""
    attributes = group.attributes
    if attributes.names_something("global_replication_group_id"):
        return "multi_region"
    several = attributes.flag("multi_az_enabled") or attributes.flag("automatic_failover_enabled")
    return "multi_zone" if several else "zone"


TYPES = (
    ResourceType(
        "aws_elasticache_cluster",
        "database",
        elasticache_cluster,
        _KEYS,
        "node_type",
        traits=Readers(redundancy=_redundancy_of_cluster, retention_days=_SNAPSHOTS),
    ),
    ResourceType(
        "aws_elasticache_replication_group",
        "database",
        elasticache_replication_group,
        _KEYS,
        "node_type",
        traits=Readers(redundancy=_redundancy_of_group, retention_days=_SNAPSHOTS),
    ),
)
