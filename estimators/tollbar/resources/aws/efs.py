"""Amazon EFS file systems: storage by class, infrequent access, throughput. Source: Amazon EFS pricing page."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.traits import Readers
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_GB_PER_INCLUDED_MIBPS = 20
"""Each GB of standard storage brings 50 KiB/s, so 20 GB bring 1 MiB/s."""


def efs_file_system(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield storage by class, infrequent access, and the throughput that is paid for."""
    attributes, region = resource.attributes, resource.region
    zones, label = ("one_zone", "one zone") if attributes.is_set("availability_zone_name") else ("standard", "standard")
    stored = usage.quantity("storage_gb")
    yield Component(f"Storage ({label})", stored, "GB-months", PriceKey(f"aws/efs/storage/{zones}", region))
    yield from _infrequent_access(resource, usage, zones, label)
    archived = usage.quantity("archive_storage_gb")
    if archived.is_known or _moves(attributes, "transition_to_archive"):
        price = PriceKey("aws/efs/archive_storage", region)
        yield Component("Storage (archive)", archived, "GB-months", price)
    mode = attributes.text("throughput_mode", "bursting")
    if mode == "provisioned":
        paid = _beyond_included(attributes.number("provisioned_throughput_in_mibps") or Decimal(0), stored)
        yield Component("Provisioned throughput", paid, "MBps-months", PriceKey("aws/efs/throughput", region))
    elif mode == "elastic":
        for action in ("read", "write"):
            gb = usage.quantity(f"monthly_elastic_throughput_{action}_gb")
            price = PriceKey(f"aws/efs/elastic_throughput/{action}", region)
            yield Component(f"Elastic throughput ({action}s)", gb, "GB", price)


def _infrequent_access(resource: Resource, usage: Usage, zones: str, label: str) -> Iterator[Component]:
    stored = usage.quantity("infrequent_access_storage_gb")
    if not stored.is_known and not _moves(resource.attributes, "transition_to_ia"):
        return
    region = resource.region
    price = PriceKey(f"aws/efs/infrequent_access_storage/{zones}", region)
    yield Component(f"Storage ({label}, infrequent access)", stored, "GB-months", price)
    for action in ("read", "write"):
        gb = usage.quantity(f"monthly_infrequent_access_{action}_gb")
        price = PriceKey(f"aws/efs/infrequent_access/{action}", region)
        yield Component(f"{action.capitalize()} requests (infrequent access)", gb, "GB", price)


def _moves(attributes: Attributes, transition: str) -> bool:
    return any(policy.text(transition, "") for policy in attributes.blocks("lifecycle_policy"))


def _beyond_included(provisioned: Decimal, stored: Quantity) -> Quantity:
    """Return the provisioned MiB/s beyond those that the stored GB bring; with nothing known stored, all."""
    if stored.low is None or stored.expected is None or stored.high is None:
        return Quantity.fixed(provisioned)
    least, expected, most = (
        provisioned - gb / _GB_PER_INCLUDED_MIBPS for gb in (stored.high, stored.expected, stored.low)
    )
    return Quantity(least, expected, most, stored.basis, stored.keys).above(0)


TYPES = (
    ResourceType(
        "aws_efs_file_system",
        "storage",
        efs_file_system,
        usage_keys=(
            UsageKey("storage_gb", "GB of standard storage", (10, 100, 1000)),
            UsageKey("infrequent_access_storage_gb", "GB of infrequent-access storage"),
            UsageKey("monthly_infrequent_access_read_gb", "GB read a month from infrequent access"),
            UsageKey("monthly_infrequent_access_write_gb", "GB written a month to infrequent access"),
            UsageKey("archive_storage_gb", "GB of archive storage"),
            UsageKey("monthly_elastic_throughput_read_gb", "GB read a month in elastic throughput mode"),
            UsageKey("monthly_elastic_throughput_write_gb", "GB written a month in elastic throughput mode"),
        ),
        traits=Readers(
            redundancy=lambda files, _usage, _inventory: (
                "zone" if files.attributes.is_set("availability_zone_name") else "multi_zone"
            ),
            lifecycle_rules=lambda files, _usage, _inventory: (
                _moves(files.attributes, "transition_to_ia") or _moves(files.attributes, "transition_to_archive")
            ),
        ),
    ),
)
