"""Filestore: the capacity of instances by their tier, and backups.

Source: "Filestore pricing". Capacity is charged as provisioned. The tiers STANDARD and PREMIUM are the older names of
Basic HDD and Basic SSD; Zonal and High Scale SSD, as Regional and Enterprise, are sold at one price.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.gcp.geography import region_of
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_TIERS = {
    "STANDARD": "basic_hdd",
    "BASIC_HDD": "basic_hdd",
    "PREMIUM": "basic_ssd",
    "BASIC_SSD": "basic_ssd",
    "HIGH_SCALE_SSD": "zonal",
    "ZONAL": "zonal",
    "REGIONAL": "regional",
    "ENTERPRISE": "regional",
}


def filestore_instance(resource: Resource, _usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the GiB that an instance provisions, at the price of its tier."""
    attributes = resource.attributes
    declared = attributes.text("tier")
    capacity = sum(
        (share.number("capacity_gb", 0) or Decimal(0) for share in attributes.blocks("file_shares")), Decimal(0)
    )
    if declared is None or not capacity:
        yield Unpriced("unknown_until_apply", f"{'file_shares.capacity_gb' if declared else 'tier'} is not given")
        return
    tier = _TIERS.get(declared, declared.lower())
    performance = "/custom_performance" if attributes.blocks("performance_config") else ""
    place = attributes.text("location", "") or attributes.text("zone", "")
    key = PriceKey(f"gcp/filestore/{tier}{performance}", region_of(place) or resource.region)
    yield Component(f"Capacity ({tier.replace('_', ' ')})", Quantity.fixed(capacity), "GB-months", key)


def filestore_backup(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the GiB that a backup keeps, after compression."""
    key = PriceKey("gcp/filestore/backup", resource.region)
    yield Component("Backup storage", usage.quantity("storage_gb"), "GB-months", key)


TYPES = (
    ResourceType("google_filestore_instance", "storage", filestore_instance, size_attribute="tier"),
    ResourceType(
        "google_filestore_backup",
        "storage",
        filestore_backup,
        usage_keys=(UsageKey("storage_gb", "GiB that the backup keeps", (100, 500, 1000)),),
    ),
)
