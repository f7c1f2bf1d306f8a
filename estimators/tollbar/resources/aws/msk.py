"""Amazon MSK: clusters, serverless clusters and connectors. Source: Amazon MSK pricing page."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.aws.autoscaling_target import scaled_capacity
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_INCLUDED_MIBPS = 250
"""Storage throughput of a broker that is not billed."""


def kafka_cluster(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of the brokers and their storage, within its bounds where it is scaled automatically."""
    brokers = resource.attributes.block("broker_node_group_info")
    type_name = brokers.text("instance_type")
    if type_name is None:
        yield Unpriced("unknown_until_apply", "broker_node_group_info.instance_type is not declared")
        return
    yield from as_far_as_known(lambda: _broker_hours(resource, type_name, usage))
    if type_name.startswith("express."):
        yield from _express_lines(resource, usage)
        return
    yield from as_far_as_known(lambda: _storage(resource, brokers, usage, inventory))
    yield from as_far_as_known(lambda: _throughput(resource, brokers))
    yield from as_far_as_known(lambda: _tiered_storage(resource, usage))


def _broker_hours(resource: Resource, type_name: str, usage: Usage) -> Iterator[Component]:
    key = PriceKey(f"aws/msk/broker/{type_name}", resource.region)
    yield Component(f"Broker ({type_name})", usage.hours * _brokers(resource), "hours", key)


def _brokers(resource: Resource) -> Decimal:
    return resource.attributes.number("number_of_broker_nodes", 1) or Decimal(1)


def _storage(
    resource: Resource, brokers: Attributes, usage: Usage, inventory: Inventory
) -> Iterator[Component | Unpriced]:
    scaled = scaled_capacity(resource, "", "kafka:broker-storage:VolumeSize", usage, inventory)
    size = _volume(brokers).number("volume_size") or brokers.number("ebs_volume_size")
    if scaled is None and size is None:
        yield Unpriced("unknown_until_apply", "the volume size of the brokers is not told")
        return
    per_broker = scaled or Quantity.fixed(size or 0)
    name = "Storage (autoscaling)" if scaled else "Storage"
    yield Component(name, per_broker * _brokers(resource), "GB-months", PriceKey("aws/msk/storage", resource.region))


def _throughput(resource: Resource, brokers: Attributes) -> Iterator[Component]:
    provisioned = _volume(brokers).block("provisioned_throughput")
    paid = Quantity.fixed(provisioned.number("volume_throughput", 0) or 0).above(_INCLUDED_MIBPS)
    if provisioned.flag("enabled") and not paid.is_zero:
        key = PriceKey("aws/msk/provisioned_throughput", resource.region)
        yield Component("Provisioned storage throughput", paid * _brokers(resource), "MBps-months", key)


def _tiered_storage(resource: Resource, usage: Usage) -> Iterator[Component]:
    if resource.attributes.text("storage_mode", "LOCAL") != "TIERED":
        return
    stored = PriceKey("aws/msk/tiered_storage", resource.region)
    yield Component("Tiered storage", usage.quantity("tiered_storage_gb"), "GB-months", stored)
    read = PriceKey("aws/msk/tiered_storage_retrieval", resource.region)
    yield Component("Tiered storage retrieval", usage.quantity("monthly_tiered_storage_retrieval_gb"), "GB", read)


def _express_lines(resource: Resource, usage: Usage) -> Iterator[Component]:
    stored = PriceKey("aws/msk/express_storage", resource.region)
    yield Component("Storage", usage.quantity("storage_gb"), "GB-months", stored)
    written = PriceKey("aws/msk/express_data_in", resource.region)
    yield Component("Data in", usage.quantity("monthly_data_in_gb"), "GB", written)


def _volume(brokers: Attributes) -> Attributes:
    return brokers.block("storage_info").block("ebs_storage_info")


def serverless_cluster(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of the cluster and of its partitions, the storage, and the data written and read."""
    lines = (
        ("Cluster", usage.hours, "hours", "cluster"),
        ("Partitions", usage.quantity("partitions") * usage.hours, "hours", "partition"),
        ("Storage", usage.quantity("storage_gb"), "GB-months", "storage"),
        ("Data in", usage.quantity("monthly_data_in_gb"), "GB", "data_in"),
        ("Data out", usage.quantity("monthly_data_out_gb"), "GB", "data_out"),
    )
    for name, quantity, unit, what in lines:
        yield Component(name, quantity, unit, PriceKey(f"aws/msk_serverless/{what}", resource.region))


def connector(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of a connector's workers, each of one to eight connect units (MCU)."""
    capacity = resource.attributes.block("capacity")
    workers = _workers(capacity)
    if workers is None:
        yield Unpriced("unknown_until_apply", "the capacity of the connector is not told")
        return
    key = PriceKey("aws/msk_connect/worker", resource.region)
    yield Component("Connect units (MCU)", workers * usage.hours, "hours", key)


def _workers(capacity: Attributes) -> Quantity | None:
    """Return the connect units that run: as provisioned, or between the bounds of autoscaling."""
    if capacity.blocks("provisioned_capacity"):
        provisioned = capacity.block("provisioned_capacity")
        units = provisioned.number("mcu_count", 1) or Decimal(1)
        return Quantity.fixed((provisioned.number("worker_count", 1) or Decimal(1)) * units)
    if not capacity.blocks("autoscaling"):
        return None
    scaled = capacity.block("autoscaling")
    units = scaled.number("mcu_count", 1) or Decimal(1)
    least = (scaled.number("min_worker_count", 1) or Decimal(1)) * units
    most = (scaled.number("max_worker_count", 1) or Decimal(1)) * units
    return Quantity.between(least, least, max(least, most))


_SHARED_KEYS = (
    UsageKey("storage_gb", "GB kept, where the broker storage is billed by use", (10, 100, 1000)),
    UsageKey("monthly_data_in_gb", "GB written a month, where it is billed", (10, 100, 1000)),
)

TYPES = (
    ResourceType(
        "aws_msk_cluster",
        "messaging",
        kafka_cluster,
        (
            *_SHARED_KEYS,
            UsageKey("tiered_storage_gb", "GB kept in tiered storage", (100, 1000, 10_000)),
            UsageKey("monthly_tiered_storage_retrieval_gb", "GB read a month from tiered storage", (0, 10, 1000)),
        ),
    ),
    ResourceType(
        "aws_msk_serverless_cluster",
        "messaging",
        serverless_cluster,
        (
            *_SHARED_KEYS,
            UsageKey("partitions", "partitions on average", (3, 10, 100)),
            UsageKey("monthly_data_out_gb", "GB read a month", (10, 200, 2000)),
        ),
    ),
    ResourceType("aws_mskconnect_connector", "messaging", connector),
)
