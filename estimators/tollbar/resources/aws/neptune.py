"""Amazon Neptune: clusters, their instances and snapshots. Source: Amazon Neptune pricing page."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.aws.cluster_storage import (
    cluster_configuration,
    cluster_of,
    configuration_of,
    multi_zone_from_second,
)
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.traits import Readers, days
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_SERVERLESS_CLASS = "db.serverless"
_LEAST_CAPACITY = Decimal("2.5")
_MOST_CAPACITY = Decimal(128)
"""Neptune capacity units (NCU) between which the provider lets a serverless cluster scale where not declared."""

_FREE_BACKUP_DAYS = 1
_DEFAULT_CLASS = "db.r4.large"
_BURSTABLE = ("db.t3.", "db.t4g.")
_BURSTABLE_VCPUS = 2
"""Neptune offers T instances as medium only."""


def neptune_cluster(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the storage of a cluster, its I/O requests, and the backups beyond the free ones."""
    yield from as_far_as_known(lambda: _storage(resource, usage))
    yield from as_far_as_known(lambda: _backups(resource, usage))


def _storage(resource: Resource, usage: Usage) -> Iterator[Component]:
    sold_as, region = configuration_of(resource.attributes), resource.region
    stored = PriceKey(f"aws/neptune/storage/{sold_as.path}", region)
    yield Component(f"Storage{sold_as.label}", usage.quantity("storage_gb"), "GB-months", stored)
    if not sold_as.includes_io:
        yield Component(
            "I/O requests", usage.quantity("monthly_io_requests"), "IOs", PriceKey("aws/neptune/io", region)
        )


def _backups(resource: Resource, usage: Usage) -> Iterator[Component]:
    days = resource.attributes.number("backup_retention_period", _FREE_BACKUP_DAYS) or Decimal(0)
    if days > _FREE_BACKUP_DAYS:
        yield _backup(resource, usage)


def neptune_cluster_snapshot(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the storage of a snapshot."""
    yield _backup(resource, usage)


def _backup(resource: Resource, usage: Usage) -> Component:
    key = PriceKey("aws/neptune/backup", resource.region)
    return Component("Backup storage", usage.quantity("backup_storage_gb"), "GB-months", key)


def neptune_cluster_instance(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield an instance's hours or its serverless capacity, and its surplus CPU credits."""
    region = resource.region
    instance_class = resource.attributes.text("instance_class", _DEFAULT_CLASS) or _DEFAULT_CLASS
    if instance_class == _SERVERLESS_CLASS:
        yield from as_far_as_known(lambda: _serverless(resource, usage, inventory))
        return
    yield from as_far_as_known(lambda: _hours(resource, instance_class, usage, inventory))
    if instance_class.startswith(_BURSTABLE):
        vcpu_hours = usage.quantity("monthly_cpu_credit_hrs") * _BURSTABLE_VCPUS
        yield Component("CPU credits", vcpu_hours, "vCPU-hours", PriceKey("aws/neptune/cpu_credits", region))


def _hours(resource: Resource, instance_class: str, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    sold_as = cluster_configuration(resource, "aws_neptune_cluster", inventory)
    key = PriceKey(f"aws/neptune/instance/{sold_as.path}/on_demand/{instance_class}", resource.region)
    yield Component(f"Database instance (on-demand, {instance_class}{sold_as.suffix})", usage.hours, "hours", key)


def _serverless(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    """Yield the capacity between the cluster's bounds; the lower one runs without load."""
    capacity = usage.quantity("capacity_units_per_hr")
    cluster = cluster_of(resource, "aws_neptune_cluster", inventory)
    if not capacity.is_known and cluster is not None:
        scaling = cluster.attributes.block("serverless_v2_scaling_configuration")
        least = scaling.number("min_capacity", _LEAST_CAPACITY) or _LEAST_CAPACITY
        most = scaling.number("max_capacity", _MOST_CAPACITY) or _MOST_CAPACITY
        capacity = Quantity.between(least, least, max(least, most))
    sold_as = cluster_configuration(resource, "aws_neptune_cluster", inventory)
    path = "aws/neptune_serverless/ncu_io_optimized" if sold_as.includes_io else "aws/neptune_serverless/ncu"
    name = f"Serverless capacity{sold_as.label}"
    yield Component(name, capacity * usage.hours, "NCU-hours", PriceKey(path, resource.region))


_BACKUP_KEY = UsageKey("backup_storage_gb", "GB of backups beyond the free 100 % of the cluster's storage")

TYPES = (
    ResourceType(
        "aws_neptune_cluster",
        "database",
        neptune_cluster,
        (
            UsageKey("storage_gb", "GB stored", (10, 100, 1000)),
            UsageKey("monthly_io_requests", "I/O requests a month", (1_000_000, 10_000_000, 100_000_000)),
            _BACKUP_KEY,
        ),
        traits=Readers(
            redundancy=multi_zone_from_second("aws_neptune_cluster_instance"),
            retention_days=days("backup_retention_period", 1),
        ),
    ),
    ResourceType("aws_neptune_cluster_snapshot", "database", neptune_cluster_snapshot, (_BACKUP_KEY,)),
    ResourceType(
        "aws_neptune_cluster_instance",
        "database",
        neptune_cluster_instance,
        (
            UsageKey("monthly_cpu_credit_hrs", "hours a month that a burstable instance runs above its baseline"),
            UsageKey("capacity_units_per_hr", "average Neptune capacity units of a serverless instance"),
        ),
        "instance_class",
    ),
)
