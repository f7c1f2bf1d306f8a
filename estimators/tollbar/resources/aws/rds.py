"""Amazon RDS DB instances: hours, storage, backups and what goes with them. Source: Amazon RDS pricing pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tollbar.component import Component, Unpriced
from tollbar.price import PriceKey
from tollbar.resource import Attributes
from tollbar.resources.aws import rds_instance, reserved_purchase
from tollbar.resources.aws.rds_engine import is_aurora, product
from tollbar.resources.aws.rds_instance import DatabaseInstance
from tollbar.resources.aws.rds_storage import DatabaseStorage, storage
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.traits import Readers, days, multi_zone_if
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Quantity
    from tollbar.resource import Inventory, Resource
    from tollbar.resources.aws.rds_storage import Deployment
    from tollbar.usage import Usage

_INHERITED = ("engine", "engine_version", "license_model", "allocated_storage", "storage_type", "iops")
"""What a read replica or a restored copy takes from its source where it declares nothing."""

_LONGEST_CHAIN = 8
"""Replicas of replicas; the vendor allows three levels."""


def db_instance(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the lines of one DB instance, single or with a standby in another zone."""
    attributes = effective_attributes(resource, inventory)
    engine = attributes.text("engine")
    instance_class = attributes.text("instance_class")
    if engine is None or instance_class is None:
        missing = "engine" if engine is None else "instance_class"
        yield Unpriced("unknown_until_apply", f"{missing} is not declared, and no source in this project tells it")
        return
    sold_as = product(engine, attributes.text("license_model", ""))
    of_one = DatabaseInstance(resource.region, sold_as, instance_class)
    yield from as_far_as_known(lambda: _of_zones(of_one, attributes, usage))
    yield from as_far_as_known(lambda: _backups(of_one, attributes, usage))
    yield from rds_instance.cpu_credits(of_one, usage, of_one.vcpus)


def _of_zones(of_one: DatabaseInstance, attributes: Attributes, usage: Usage) -> Iterator[Component | Unpriced]:
    """Yield what a standby in another zone makes dearer."""
    multi_az = attributes.flag("multi_az")
    instance = replace(of_one, copies=2 if multi_az else 1)
    yield _hours(instance, usage)
    deployment: Deployment = "multi_az" if multi_az else "single_az"
    declared = DatabaseStorage(instance.region, instance.product, deployment, attributes)
    yield from as_far_as_known(lambda: storage(declared, usage))
    yield from rds_instance.instance_lines(instance, attributes, usage)


def effective_attributes(resource: Resource, inventory: Inventory, depth: int = 0) -> Attributes:
    """Return an instance's attributes, with those of its source where a replica or copy leaves them open."""
    source = _source(resource, inventory)
    if source is None or source is resource or depth == _LONGEST_CHAIN:
        return resource.attributes
    inherited = effective_attributes(source, inventory, depth + 1)
    values = dict(resource.attributes.values)
    for name in _INHERITED:
        if not resource.attributes.is_set(name):
            values[name] = inherited.get(name)
    return Attributes(values)


def _source(resource: Resource, inventory: Inventory) -> Resource | None:
    for attribute in ("replicate_source_db", "restore_to_point_in_time"):
        found = inventory.referenced(resource, attribute, "aws_db_instance")
        if found is not None:
            return found
    identifier = resource.attributes.literal("replicate_source_db")
    return inventory.named("aws_db_instance", "identifier", identifier) if identifier else None


def _hours(instance: DatabaseInstance, usage: Usage) -> Component:
    bought = reserved_purchase.purchase(usage)
    zones, deployment = ("Multi-AZ", "multi_az") if instance.copies > 1 else ("Single-AZ", "single_az")
    name = f"Database instance ({bought.name}, {zones}, {instance.instance_class})"
    if bought.is_prepaid:
        path = "aws/rds/reserved_all_upfront"
    elif is_aurora(instance.product):
        path = f"aws/aurora/instance/{instance.product}/standard/{bought.path}/{instance.instance_class}"
    else:
        path = f"aws/rds/instance/{instance.product}/{deployment}/{bought.path}/{instance.instance_class}"
    return Component(name, usage.hours, "hours", PriceKey(path, instance.region))


def _backups(instance: DatabaseInstance, attributes: Attributes, usage: Usage) -> Iterator[Component]:
    key = "additional_backup_storage_gb"
    if usage.quantity(key).is_known or attributes.number("backup_retention_period", 0):
        path = "aws/aurora/backup" if is_aurora(instance.product) else "aws/rds/backup"
        yield _stored("Additional backup storage", usage.quantity(key), PriceKey(path, instance.region))
    exported = usage.quantity("snapshot_export_size_gb")
    if exported.is_known:
        path = "aws/aurora/snapshot_export" if is_aurora(instance.product) else "aws/rds/snapshot_export"
        yield Component("Snapshot export", exported, "GB", PriceKey(path, instance.region))


def _stored(name: str, gb: Quantity, price: PriceKey) -> Component:
    return Component(name, gb, "GB-months", price)


TYPES = (
    ResourceType(
        "aws_db_instance",
        "database",
        db_instance,
        usage_keys=(
            UsageKey("additional_backup_storage_gb", "GB of backups beyond the free 100 % of the database's storage"),
            UsageKey("monthly_standard_io_requests", "I/O requests a month of magnetic storage"),
            UsageKey("snapshot_export_size_gb", "GB of snapshots exported to S3 a month"),
            *rds_instance.KEYS,
            *reserved_purchase.KEYS,
        ),
        size_attribute="instance_class",
        traits=Readers(
            redundancy=multi_zone_if("multi_az"),
            retention_days=days("backup_retention_period", 0, zero=None),
        ),
    ),
)
