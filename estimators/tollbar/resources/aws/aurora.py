"""Amazon Aurora clusters and their instances, and Multi-AZ DB clusters of RDS.

Sources: Amazon Aurora pricing page; for Multi-AZ DB clusters the Amazon RDS pricing pages
("Multi-AZ deployment, two readable standbys").
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resource import Attributes
from tollbar.resources.aws import rds_instance, reserved_purchase
from tollbar.resources.aws.rds_engine import is_aurora, product
from tollbar.resources.aws.rds_extended_support import phase
from tollbar.resources.aws.rds_instance import DatabaseInstance
from tollbar.resources.aws.rds_storage import DatabaseStorage, storage
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.traits import Readers, days, text
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.traits import Redundancy
    from tollbar.usage import Usage

_SERVERLESS_CLASS: Final = "db.serverless"
_SECONDS_PER_HOUR = 3600
_CLUSTER_COPIES = 3
_SMALLEST_RUNNING_ACU = Decimal("0.5")
_FREE_BACKUP_DAYS = 1
_FROM_CLUSTER = (
    "engine",
    "engine_version",
    "engine_lifecycle_support",
    "database_insights_mode",
    "performance_insights_enabled",
    "performance_insights_retention_period",
)
"""What an instance takes from its cluster where it declares nothing."""

_SHARED = frozenset({"engine", "engine_version"})
"""What an instance has in common with its cluster, so that ``aws_rds_cluster.main.engine_version`` is no unknown."""


def rds_cluster(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the storage of an Aurora cluster and its serverless v1 capacity, or a Multi-AZ DB cluster."""
    attributes, region = resource.attributes, resource.region
    sold_as = product(attributes.text("engine", "aurora") or "aurora")
    if not is_aurora(sold_as):
        yield from _multi_az_cluster(resource, sold_as, usage)
        return
    yield from as_far_as_known(lambda: _serverless_v1(resource, usage))
    yield from as_far_as_known(lambda: _aurora_storage(resource, usage))
    yield from as_far_as_known(lambda: _backups(attributes, usage, PriceKey("aws/aurora/backup", region)))
    if sold_as == "aurora-mysql":
        yield from as_far_as_known(lambda: _backtrack(resource, usage))
    exported = usage.quantity("snapshot_export_size_gb")
    if exported.is_known:
        yield Component("Snapshot export", exported, "GB", PriceKey("aws/aurora/snapshot_export", region))


def _serverless_v1(resource: Resource, usage: Usage) -> Iterator[Component]:
    if resource.attributes.text("engine_mode", "provisioned") == "serverless":
        capacity = _serverless_v1_capacity(resource.attributes, usage)
        price = PriceKey("aws/aurora/serverless_v1", resource.region)
        yield Component("Aurora serverless", capacity * usage.hours, "ACU-hours", price)


def _aurora_storage(resource: Resource, usage: Usage) -> Iterator[Component]:
    region, configuration = resource.region, _configuration(resource.attributes)
    name = "Storage (I/O-optimized)" if configuration == "io_optimized" else "Storage"
    stored = PriceKey(f"aws/aurora/storage/{configuration}", region)
    yield Component(name, usage.quantity("storage_gb"), "GB-months", stored)
    if configuration == "standard":
        per_second = usage.quantity("write_requests_per_sec") + usage.quantity("read_requests_per_sec")
        requests = per_second * _SECONDS_PER_HOUR * usage.hours
        yield Component("I/O requests", requests, "IOs", PriceKey("aws/aurora/io", region))


def rds_cluster_instance(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the lines of one instance of an Aurora cluster, of a fixed class or serverless v2."""
    cluster = _cluster(resource, inventory)
    declared = cluster.attributes if cluster else Attributes()
    attributes = _with_cluster(resource.attributes, declared) if cluster else resource.attributes
    instance_class = attributes.text("instance_class")
    if instance_class is None:
        yield Unpriced("unknown_until_apply", "instance_class is not declared")
        return
    sold_as = product(attributes.text("engine", "aurora") or "aurora")
    instance = DatabaseInstance(resource.region, sold_as, instance_class)
    if instance_class == _SERVERLESS_CLASS:
        yield from _serverless_v2(instance, attributes, declared, usage)
        return
    yield from as_far_as_known(lambda: (_instance_hours(instance, _configuration(declared), usage),))
    yield from rds_instance.instance_lines(instance, attributes, usage)
    told = usage.number("vcpu_count")
    yield from rds_instance.cpu_credits(instance, usage, instance.vcpus if told is None else int(told))


def _instance_hours(instance: DatabaseInstance, configuration: str, usage: Usage) -> Component:
    bought = reserved_purchase.purchase(usage)
    suffix = ", I/O-optimized" if configuration == "io_optimized" else ""
    name = f"Database instance ({bought.name}, {instance.instance_class}{suffix})"
    path = f"aws/aurora/instance/{instance.product}/{configuration}/{bought.path}/{instance.instance_class}"
    if bought.is_prepaid:
        path = "aws/aurora/reserved_all_upfront"
    return Component(name, usage.hours, "hours", PriceKey(path, instance.region))


def _serverless_v2(
    instance: DatabaseInstance, attributes: Attributes, cluster: Attributes, usage: Usage
) -> Iterator[Component | Unpriced]:
    configuration = _configuration(cluster)
    capacity = _serverless_v2_capacity(cluster, usage)
    acu_hours = capacity * usage.hours
    name = "Aurora serverless v2 (I/O-optimized)" if configuration == "io_optimized" else "Aurora serverless v2"
    price = PriceKey(f"aws/aurora/serverless_v2/{configuration}", instance.region)
    yield Component(name, acu_hours, "ACU-hours", price)
    yield from as_far_as_known(lambda: _serverless_support(instance, attributes, acu_hours, usage))
    advanced = attributes.text("database_insights_mode", "standard") == "advanced"
    if advanced:
        path = "aws/rds/database_insights/advanced/serverless"
        yield Component("Database Insights (advanced)", acu_hours, "ACU-hours", PriceKey(path, instance.region))
    yield from rds_instance.performance_insights(instance, attributes, usage, acus=capacity)


def _serverless_support(
    instance: DatabaseInstance, attributes: Attributes, acu_hours: Quantity, usage: Usage
) -> Iterator[Component]:
    support = phase(instance.product, attributes.text("engine_version", ""), usage.on)
    if support is not None:
        path = f"aws/rds/extended_support/{support.replace(' ', '_')}/serverless"
        yield Component(f"Extended support ({support})", acu_hours, "ACU-hours", PriceKey(path, instance.region))


def _multi_az_cluster(resource: Resource, sold_as: str, usage: Usage) -> Iterator[Component | Unpriced]:
    attributes, region = resource.attributes, resource.region
    instance_class = attributes.text("db_cluster_instance_class")
    if instance_class is None:
        yield Unpriced("unknown_until_apply", "db_cluster_instance_class is not declared")
        return
    instance = DatabaseInstance(region, sold_as, instance_class, _CLUSTER_COPIES)
    path = f"aws/rds/instance/{sold_as}/multi_az_cluster/on_demand/{instance_class}"
    name = f"Database cluster (on-demand, two readable standbys, {instance_class})"
    yield Component(name, usage.hours, "hours", PriceKey(path, region))
    declared = DatabaseStorage(region, sold_as, "multi_az_cluster", attributes)
    yield from as_far_as_known(lambda: storage(declared, usage))
    yield from as_far_as_known(lambda: _backups(attributes, usage, PriceKey("aws/rds/backup", region)))
    yield from rds_instance.instance_lines(instance, attributes, usage)


def _backups(attributes: Attributes, usage: Usage, price: PriceKey) -> Iterator[Component]:
    days = attributes.number("backup_retention_period", _FREE_BACKUP_DAYS) or Decimal(0)
    if days > _FREE_BACKUP_DAYS:
        gb = usage.quantity("backup_snapshot_size_gb") * (days - _FREE_BACKUP_DAYS)
        yield Component("Backup storage", gb, "GB-months", price)


def _backtrack(resource: Resource, usage: Usage) -> Iterator[Component]:
    window = resource.attributes.number("backtrack_window", 0) or Decimal(0)
    window_hours = usage.quantity("backtrack_window_hrs")
    if not window_hours.is_known:
        if window == 0:
            return
        window_hours = Quantity.fixed(window) / _SECONDS_PER_HOUR
    hourly = usage.quantity("average_statements_per_hr") * usage.quantity("change_records_per_statement")
    # Each record is kept, and billed every hour, for as long as the window reaches back.
    kept = hourly * usage.hours * window_hours
    yield Component("Backtrack", kept, "change-records", PriceKey("aws/aurora/backtrack", resource.region))


def _configuration(cluster: Attributes) -> str:
    return "io_optimized" if cluster.text("storage_type", "") == "aurora-iopt1" else "standard"


def _serverless_v1_capacity(attributes: Attributes, usage: Usage) -> Quantity:
    told = usage.quantity("capacity_units_per_hr")
    if told.is_known or not attributes.blocks("scaling_configuration"):
        return told
    scaling = attributes.block("scaling_configuration")
    low = scaling.number("min_capacity") or Decimal(1)
    high = max(scaling.number("max_capacity") or Decimal(16), low)
    pauses = scaling.flag("auto_pause", default=True)
    return Quantity.between(0 if pauses else low, low, high)


def _serverless_v2_capacity(cluster: Attributes, usage: Usage) -> Quantity:
    told = usage.quantity("capacity_units_per_hr")
    if told.is_known or not cluster.blocks("serverlessv2_scaling_configuration"):
        return told
    scaling = cluster.block("serverlessv2_scaling_configuration")
    low = scaling.number("min_capacity") or Decimal(0)
    running = max(low, _SMALLEST_RUNNING_ACU)
    high = max(scaling.number("max_capacity") or running, running)
    return Quantity.between(low, running, high)


def _cluster(resource: Resource, inventory: Inventory) -> Resource | None:
    found = inventory.referenced(resource, "cluster_identifier", "aws_rds_cluster")
    identifier = resource.attributes.literal("cluster_identifier")
    if found is not None or not identifier:
        return found
    return inventory.named("aws_rds_cluster", "cluster_identifier", identifier)


def _with_cluster(instance: Attributes, cluster: Attributes) -> Attributes:
    values = dict(instance.values)
    for name in _FROM_CLUSTER:
        is_shared = name in _SHARED and instance.is_unknown(name)
        if is_shared or not instance.is_set(name) or isinstance(values.get(name), Mapping):
            values[name] = cluster.get(name)
    return Attributes(values)


def _redundancy(cluster: Resource, _usage: Usage, inventory: Inventory) -> Redundancy:
    """Return where a cluster's instances run: those of an Aurora cluster beyond the first are in other zones."""
    if cluster.attributes.names_something("global_cluster_identifier"):
        return "multi_region"
    if not is_aurora(product(cluster.attributes.text("engine", "aurora") or "aurora")):
        return "multi_zone"
    instances = sum(1 for _ in inventory.referring(cluster, "aws_rds_cluster_instance"))
    return "multi_zone" if instances > 1 else "zone"


TYPES = (
    ResourceType(
        "aws_rds_cluster",
        "database",
        rds_cluster,
        usage_keys=(
            UsageKey("capacity_units_per_hr", "average Aurora capacity units of a serverless cluster"),
            UsageKey("storage_gb", "GB stored", (10, 100, 1000)),
            UsageKey("write_requests_per_sec", "write I/O requests a second", (1, 5, 50)),
            UsageKey("read_requests_per_sec", "read I/O requests a second", (1, 10, 100)),
            UsageKey("backup_snapshot_size_gb", "GB of each daily backup"),
            UsageKey("average_statements_per_hr", "statements an hour that change data"),
            UsageKey("change_records_per_statement", "change records of each such statement"),
            UsageKey("backtrack_window_hrs", "hours that Backtrack reaches back"),
            UsageKey("snapshot_export_size_gb", "GB of snapshots exported to S3 a month"),
            UsageKey("monthly_additional_performance_insights_requests", rds_instance.KEYS[1].description),
            UsageKey("monthly_standard_io_requests", "I/O requests a month of magnetic storage"),
        ),
        size_attribute="db_cluster_instance_class",
        traits=Readers(
            redundancy=_redundancy,
            storage_class=text("storage_type"),
            retention_days=days("backup_retention_period", _FREE_BACKUP_DAYS),
        ),
    ),
    ResourceType(
        "aws_rds_cluster_instance",
        "database",
        rds_cluster_instance,
        usage_keys=(
            UsageKey("capacity_units_per_hr", "average Aurora capacity units of a serverless v2 instance"),
            UsageKey("vcpu_count", "vCPUs that CPU credits are counted for; by default those of the class"),
            *rds_instance.KEYS,
            *reserved_purchase.KEYS,
        ),
        size_attribute="instance_class",
    ),
)
