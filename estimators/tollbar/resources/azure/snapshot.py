"""Snapshots of managed disks, and images made of them.

Source: "Managed Disks pricing", snapshots: kept on Standard HDD unless told otherwise, billed by the GiB
that are really used; the whole disk is the most it can be. Managed images are billed alike.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_SOURCES = ("source_uri", "source_resource_id")
_MACHINES = ("azurerm_virtual_machine", "azurerm_linux_virtual_machine", "azurerm_windows_virtual_machine")
_MACHINE_DISKS = ("os_disk", "storage_os_disk", "storage_data_disk")


def snapshot(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    """Yield the storage of a snapshot: as told, else its own size or that of its disk."""
    size = resource.attributes.known_number("disk_size_gb")
    for source in _SOURCES:
        disk = inventory.referenced(resource, source, "azurerm_managed_disk")
        if size is None and disk is not None:
            size = disk.attributes.known_number("disk_size_gb")
    yield _storage(resource, usage, size)


def image(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    """Yield the storage of an image: as told, else the sizes of its disks or of its machine's."""
    disks = [disk for name in ("os_disk", "data_disk") for disk in resource.attributes.blocks(name)]
    sizes = [disk.known_number("size_gb") for disk in disks]
    machine = inventory.referenced(resource, "source_virtual_machine_id", *_MACHINES)
    if not disks and machine is not None:
        of_machine = [disk for name in _MACHINE_DISKS for disk in machine.attributes.blocks(name)]
        sizes = [disk.known_number("disk_size_gb") for disk in of_machine]
    known = [size for size in sizes if size is not None]
    complete = bool(known) and len(known) == len(sizes)
    yield _storage(resource, usage, sum(known, Decimal(0)) if complete else None)


def _storage(resource: Resource, usage: Usage, size: Decimal | None) -> Component:
    told = usage.quantity("storage_gb")
    stored = told if told.is_known or size is None else Quantity.fixed(size)
    return Component("Storage", stored, "GB-months", PriceKey("azure/snapshot/standard_hdd/lrs", resource.region))


_STORAGE_GB = UsageKey("storage_gb", "GiB that are really used")

TYPES = (
    ResourceType("azurerm_snapshot", "storage", snapshot, usage_keys=(_STORAGE_GB,)),
    ResourceType("azurerm_image", "storage", image, usage_keys=(_STORAGE_GB,)),
)
