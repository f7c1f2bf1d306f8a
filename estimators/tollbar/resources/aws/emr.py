"""Amazon EMR: clusters on EC2, their instance groups and fleets, and serverless applications.

Source: Amazon EMR pricing page: its own price beside those of EC2 and EBS. The volumes of instances that have no
disks of their own are from the EMR management guide, "Default Amazon EBS storage for instances".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resource import Attributes, Resource
from tollbar.resources.aws.block_storage import declared_volume, volume_lines
from tollbar.resources.aws.group_size import round_up
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.traits import Readers, always
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory
    from tollbar.usage import Usage

_DEFAULT_EBS_GB: Mapping[str, int] = {
    "large": 32, "xlarge": 64, "2xlarge": 128, "3xlarge": 192, "4xlarge": 256, "6xlarge": 384, "8xlarge": 512,
    "9xlarge": 576, "10xlarge": 640, "12xlarge": 768, "16xlarge": 1024, "18xlarge": 1152, "24xlarge": 1536,
}  # fmt: skip
_WITHOUT_OWN_DISKS = re.compile(r"[mcr](?:[4-9])[agi]?n?\.(\w+)")


def emr_cluster(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of the primary and core instances at the prices of EMR and of EC2, and their volumes."""
    groups = ("master_instance_group", "core_instance_group")
    fleets = ("master_instance_fleet", "core_instance_fleet")
    if not any(resource.attributes.is_set(name) for name in (*groups, *fleets)):
        yield Unpriced("unknown_until_apply", "no instance group or fleet is declared")
    for part in groups:
        for group in _blocks(resource.attributes, part):
            yield from as_far_as_known(partial(_group, group, resource.region, usage, part), part)
    for part in fleets:
        for fleet in _blocks(resource.attributes, part):
            yield from as_far_as_known(partial(_fleet, fleet, resource.region, usage, part), part)


def emr_instance_group(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of the task instances at the prices of EMR and of EC2, and their volumes."""
    yield from _group(resource.attributes, resource.region, usage, None)


def emr_instance_fleet(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of a fleet's on-demand and Spot instances at the prices of EMR and of EC2, and their volumes."""
    yield from _fleet(resource.attributes, resource.region, usage, None)


def emr_serverless_application(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the vCPU-hours and the GB-hours of memory that jobs use."""
    architecture = (resource.attributes.text("architecture", "X86_64") or "X86_64").lower()
    root = f"aws/emr_serverless/{architecture}"
    vcpu, memory = PriceKey(f"{root}/vcpu", resource.region), PriceKey(f"{root}/memory", resource.region)
    yield Component("vCPU", usage.quantity("monthly_vcpu_hours"), "vCPU-hours", vcpu)
    yield Component("Memory", usage.quantity("monthly_memory_gb_hours"), "GB-hours", memory)


def _group(group: Attributes, region: str | None, usage: Usage, part: str | None) -> Iterator[Component | Unpriced]:
    """A group that names a bid price runs on Spot instances."""
    type_name = group.text("instance_type")
    if type_name is None:
        yield Unpriced("unknown_until_apply", "instance_type is not declared")
        return
    count = Quantity.fixed(group.number("instance_count", 1) or 1)
    market = "spot" if group.names_something("bid_price") else "on_demand"
    yield from _instances(type_name, market, count, region, usage, part)
    yield from _volumes(group, type_name, count, region, part)


def _fleet(fleet: Attributes, region: str | None, usage: Usage, part: str | None) -> Iterator[Component | Unpriced]:
    """Of the instance types that a fleet may take the first stands for all."""
    declared = fleet.block("instance_type_configs")
    type_name = declared.text("instance_type")
    if type_name is None:
        yield Unpriced("unknown_until_apply", "instance_type_configs.instance_type is not declared")
        return
    weight = max(declared.number("weighted_capacity", 1) or Decimal(1), Decimal(1))
    total = Quantity.fixed(0)
    for market in ("on_demand", "spot"):
        units = fleet.number(f"target_{market}_capacity", 0) or Decimal(0)
        count = Quantity.fixed(round_up(units / weight))
        total = total + count
        if not count.is_zero:
            yield from _instances(type_name, market, count, region, usage, part)
    yield from _volumes(declared, type_name, total, region, part)


def _instances(
    type_name: str, market: str, count: Quantity, region: str | None, usage: Usage, part: str | None
) -> Iterator[Component]:
    label, hours = market.replace("_", "-"), usage.hours * count
    ec2 = PriceKey(f"aws/ec2/instance/linux/shared/{market}/{type_name}", region)
    yield Component(f"Instance usage (Linux/UNIX, {label}, {type_name})", hours, "hours", ec2, part)
    emr = PriceKey(f"aws/emr/instance_uplift/{type_name}", region)
    yield Component(f"EMR ({label}, {type_name})", hours, "hours", emr, part)


def _volumes(
    group: Attributes, type_name: str, count: Quantity, region: str | None, part: str | None
) -> Iterator[Component | Unpriced]:
    blocks = group.blocks("ebs_config")
    if not blocks and (size := _default_ebs_gb(type_name)):
        blocks = (Attributes({"type": "gp2", "size": size}),)
    for number, block in enumerate(blocks):
        volume = declared_volume(block, type_attribute="type", size_attribute="size")
        volumes = count * (block.number("volumes_per_instance", 1) or 1)
        where = f"ebs_config[{number}]"
        where = f"{part}.{where}" if part else where
        yield from volume_lines(volume, region, io_requests=Quantity.unknown(), count=volumes, part=where)


def _default_ebs_gb(type_name: str) -> int | None:
    """Return the GB that EMR attaches to an instance without disks of its own, None where it has disks."""
    found = _WITHOUT_OWN_DISKS.fullmatch(type_name)
    return _DEFAULT_EBS_GB.get(found[1]) if found else None


def _blocks(attributes: Attributes, name: str) -> tuple[Attributes, ...]:
    value = attributes.get(name)
    return attributes.known_blocks(name) if isinstance(value, Sequence | Mapping) else attributes.blocks(name)


_TASKS = Readers(fault_tolerant=always(value=True))
"""A group of its own is of task nodes, which keep no data: "Understand node types" of the management guide."""

TYPES = (
    ResourceType("aws_emr_cluster", "compute", emr_cluster),
    ResourceType(
        "aws_emr_instance_group", "compute", emr_instance_group, size_attribute="instance_type", traits=_TASKS
    ),
    ResourceType("aws_emr_instance_fleet", "compute", emr_instance_fleet),
    ResourceType(
        "aws_emrserverless_application",
        "serverless",
        emr_serverless_application,
        (
            UsageKey("monthly_vcpu_hours", "vCPU-hours a month that jobs use", (10, 100, 1000)),
            UsageKey("monthly_memory_gb_hours", "GB-hours of memory a month that jobs use", (40, 400, 4000)),
        ),
    ),
)
