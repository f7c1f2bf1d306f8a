"""Amazon DocumentDB: clusters, their instances and snapshots. Source: Amazon DocumentDB pricing page."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.aws.cluster_storage import cluster_configuration, cluster_of, multi_zone_from_second
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.traits import Readers, days
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_FREE_BACKUP_DAYS = 1
_CLUSTER_KEYS = ("data_storage_gb", "monthly_io_requests")
"""Use of the whole cluster, which is told of one of its instances."""
_BURSTABLE = ("db.t3.", "db.t4g.")


def docdb_cluster(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the backups that a cluster keeps beyond the free ones."""
    days = resource.attributes.number("backup_retention_period", _FREE_BACKUP_DAYS) or Decimal(0)
    if days > _FREE_BACKUP_DAYS:
        yield _backup(resource, usage)


def docdb_cluster_snapshot(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the storage of a snapshot."""
    yield _backup(resource, usage)


def docdb_cluster_instance(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield an instance's hours and surplus CPU credits, and the storage and I/O of the cluster as told of it."""
    region, instance_class = resource.region, resource.attributes.text("instance_class")
    if instance_class is None:
        yield Unpriced("unknown_until_apply", "instance_class is not declared")
        return
    yield from as_far_as_known(lambda: _by_configuration(resource, instance_class, usage, inventory))
    if instance_class.startswith(_BURSTABLE):
        key = PriceKey("aws/documentdb/cpu_credits", region)
        yield Component("CPU credits", usage.quantity("monthly_cpu_credit_hrs"), "vCPU-hours", key)


def _by_configuration(
    resource: Resource, instance_class: str, usage: Usage, inventory: Inventory
) -> Iterator[Component]:
    region = resource.region
    sold_as = cluster_configuration(resource, "aws_docdb_cluster", inventory)
    hours = PriceKey(f"aws/documentdb/instance/{sold_as.path}/on_demand/{instance_class}", region)
    yield Component(f"Database instance (on-demand, {instance_class}{sold_as.suffix})", usage.hours, "hours", hours)
    if not _bears_cluster_storage(resource, usage, inventory):
        return
    stored = PriceKey(f"aws/documentdb/storage/{sold_as.path}", region)
    yield Component(f"Storage{sold_as.label}", usage.quantity("data_storage_gb"), "GB-months", stored)
    if not sold_as.includes_io:
        yield Component(
            "I/O requests", usage.quantity("monthly_io_requests"), "IOs", PriceKey("aws/documentdb/io", region)
        )


def _bears_cluster_storage(resource: Resource, usage: Usage, inventory: Inventory) -> bool:
    """Whether this instance's bill shows its cluster's storage: that which the usage tells of, else the first."""
    if any(usage.is_told(key) for key in _CLUSTER_KEYS):
        return True
    cluster = cluster_of(resource, "aws_docdb_cluster", inventory)
    if cluster is None:
        return True
    instances = inventory.once(__name__, lambda: _instances_by_cluster(inventory))[cluster.address]
    if any(usage.told_of(instance, key) is not None for instance in instances for key in _CLUSTER_KEYS):
        return False
    return instances[0] is resource


def _instances_by_cluster(inventory: Inventory) -> dict[str, list[Resource]]:
    found: dict[str, list[Resource]] = defaultdict(list)
    for instance in inventory.of_type("aws_docdb_cluster_instance"):
        cluster = cluster_of(instance, "aws_docdb_cluster", inventory)
        if cluster is not None:
            found[cluster.address].append(instance)
    return found


def _backup(resource: Resource, usage: Usage) -> Component:
    key = PriceKey("aws/documentdb/backup", resource.region)
    return Component("Backup storage", usage.quantity("backup_storage_gb"), "GB-months", key)


_BACKUP_KEY = UsageKey("backup_storage_gb", "GB of backups beyond the free 100 % of the cluster's storage")

_CLUSTER = Readers(
    redundancy=multi_zone_from_second("aws_docdb_cluster_instance"), retention_days=days("backup_retention_period", 1)
)

TYPES = (
    ResourceType("aws_docdb_cluster", "database", docdb_cluster, (_BACKUP_KEY,), traits=_CLUSTER),
    ResourceType("aws_docdb_cluster_snapshot", "database", docdb_cluster_snapshot, (_BACKUP_KEY,)),
    ResourceType(
        "aws_docdb_cluster_instance",
        "database",
        docdb_cluster_instance,
        (
            UsageKey("data_storage_gb", "GB stored by the cluster, told of one of its instances", (10, 100, 1000)),
            UsageKey(
                "monthly_io_requests", "I/O requests a month of the cluster", (1_000_000, 10_000_000, 100_000_000)
            ),
            UsageKey("monthly_cpu_credit_hrs", "vCPU-hours a month above the baseline of a burstable instance"),
        ),
        "instance_class",
    ),
)
