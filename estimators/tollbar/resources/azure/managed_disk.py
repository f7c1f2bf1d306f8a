"""Managed disks: fixed tiers (Premium P, Standard SSD E, Standard HDD S), Ultra and Premium SSD v2.

Source: "Managed Disks pricing". A disk of a tiered kind is billed as the smallest tier that holds it;
Ultra and Premium SSD v2 are billed by provisioned GiB, IOPS and MB/s. Hourly meters are catalogued a month.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.attachment import attached_by
from tollbar.resources.registry import ResourceType
from tollbar.traits import Readers, text
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.traits import Redundancy
    from tollbar.usage import Usage

_TIER_GIB = (
    (1, 4),
    (2, 8),
    (3, 16),
    (4, 32),
    (6, 64),
    (10, 128),
    (15, 256),
    (20, 512),
    (30, 1024),
    (40, 2048),
    (50, 4096),
    (60, 8192),
    (70, 16384),
    (80, 32767),
)
_LETTERS = {"premium": "P", "standardssd": "E", "standard": "S"}
_SMALLEST_STANDARD_TIER = 4
_KINDS = {"premium": "premium_ssd", "standardssd": "standard_ssd", "standard": "standard_hdd"}
_DEFAULT_GIB = 30
"""Of a disk whose size only the image tells: what the common Linux images of the marketplace take."""
_ULTRA_GIB = (4, 8, 16, 32, 64, 128, 256, 512)
_ULTRA_STEP_GIB = 1024
_DEFAULT_ULTRA_GIB = 1024
_DEFAULT_ULTRA_IOPS = 2048
_DEFAULT_ULTRA_MBPS = 8
_PREMIUM_V2_INCLUDED_IOPS = 3000
_PREMIUM_V2_INCLUDED_MBPS = 125
_ONE = Quantity.fixed(1)


def disk_lines(
    disk: Attributes,
    storage_type: str,
    region: str | None,
    operations: Quantity,
    *,
    count: Quantity = _ONE,
    part: str | None = None,
) -> Iterator[Component]:
    """Yield what ``count`` equal disks are billed for.

    ``disk`` is the block with the size; ``storage_type`` reads ``Premium_LRS``, ``UltraSSD_LRS``…;
    ``operations`` are those of each disk in a month, which only the Standard kinds are billed for.
    """
    kind, _, redundancy = storage_type.lower().partition("_")
    if kind in {"ultrassd", "premiumv2"}:
        yield from _provisioned_lines(disk, kind, region, count, part)
        return
    if kind not in _KINDS:
        key = PriceKey(f"azure/managed_disk/{storage_type.lower()}", region)
        yield Component(f"Storage ({storage_type})", count, "months", key, part)
        return
    tier = _tier(disk, kind)
    key = PriceKey(f"azure/managed_disk/{_KINDS[kind]}/{redundancy}/{tier.lower()}", region)
    yield Component(f"Storage ({tier}, {redundancy.upper()})", count, "months", key, part)
    if kind == "premium" and disk.flag("on_demand_bursting_enabled"):
        key = PriceKey(f"azure/managed_disk/premium_ssd/{redundancy}/burst_enablement", region)
        yield Component("On-demand bursting", count, "months", key, part)
    if kind != "premium":
        key = PriceKey(f"azure/managed_disk/operations/{_KINDS[kind]}/{redundancy}", region)
        yield Component("Disk operations", operations * count, "operations", key, part)


def tier_number(size_gib: Decimal, smallest: int = 1) -> int:
    """Return the number of the smallest tier that holds a disk: 10 (as in P10, E10, S10) for 128 GiB."""
    return next((number for number, gib in _TIER_GIB if number >= smallest and size_gib <= gib), _TIER_GIB[-1][0])


def tier_gib(tier: str) -> int | None:
    """Return the GiB that a tier (P10, E10, S10) holds, None of an unknown one."""
    return next((gib for number, gib in _TIER_GIB if tier[1:] == str(number)), None)


def managed_disk(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield a disk of its own."""
    storage_type = resource.attributes.text("storage_account_type") or "Standard_LRS"
    operations = usage.quantity("monthly_disk_operations")
    yield from disk_lines(resource.attributes, storage_type, resource.region, operations)


def _tier(disk: Attributes, kind: str) -> str:
    chosen = disk.text("tier", "")
    if kind == "premium" and chosen:
        return chosen.upper()
    size = disk.known_number("disk_size_gb") or Decimal(_DEFAULT_GIB)
    smallest = _SMALLEST_STANDARD_TIER if kind == "standard" else 1
    return f"{_LETTERS[kind]}{tier_number(size, smallest)}"


def _provisioned_lines(
    disk: Attributes, kind: str, region: str | None, count: Quantity, part: str | None
) -> Iterator[Component]:
    size, iops, throughput = _ultra(disk) if kind == "ultrassd" else _premium_v2(disk)
    name, path = ("ultra", "ultra_disk") if kind == "ultrassd" else ("premium v2", "premium_ssd_v2")
    lines = (
        (f"Storage ({name}, {size:f} GiB)", size, "GiB-months", "capacity"),
        ("Provisioned IOPS", iops, "IOPS-months", "iops"),
        ("Throughput", throughput, "MBps-months", "throughput"),
    )
    for line, amount, unit, what in lines:
        if amount > 0:
            yield Component(line, count * amount, unit, PriceKey(f"azure/managed_disk/{path}/{what}", region), part)


def _ultra(disk: Attributes) -> tuple[Decimal, Decimal, Decimal]:
    declared = disk.known_number("disk_size_gb") or Decimal(_DEFAULT_ULTRA_GIB)
    steps = (declared / _ULTRA_STEP_GIB).to_integral_value(ROUND_CEILING) * _ULTRA_STEP_GIB
    size = next((Decimal(gib) for gib in _ULTRA_GIB if declared <= gib), steps)
    iops, throughput = _provisioned_performance(disk)
    return size, iops or Decimal(_DEFAULT_ULTRA_IOPS), throughput or Decimal(_DEFAULT_ULTRA_MBPS)


def _premium_v2(disk: Attributes) -> tuple[Decimal, Decimal, Decimal]:
    """Return GiB, and the IOPS and MB/s beyond the 3,000 and 125 that every disk includes."""
    size = disk.known_number("disk_size_gb") or Decimal(_DEFAULT_GIB)
    iops, throughput = _provisioned_performance(disk)
    return size, iops - _PREMIUM_V2_INCLUDED_IOPS, throughput - _PREMIUM_V2_INCLUDED_MBPS


def _provisioned_performance(disk: Attributes) -> tuple[Decimal, Decimal]:
    """Return the declared IOPS and MB/s, 0 where the vendor's default holds; scale sets name them otherwise."""
    iops, throughput = (
        disk.known_number(f"disk_{what}_read_write") or disk.known_number(f"ultra_ssd_disk_{what}_read_write")
        for what in ("iops", "mbps")
    )
    return iops or Decimal(0), throughput or Decimal(0)


OPERATIONS = "Disk operations (I/O requests of up to 256 KiB) of each disk in a month"

_ATTACHERS = {
    "azurerm_virtual_machine_data_disk_attachment": ("managed_disk_id",),
    "azurerm_virtual_machine": ("storage_os_disk.managed_disk_id", "storage_data_disk.managed_disk_id"),
    "azurerm_linux_virtual_machine": ("os_managed_disk_id",),
    "azurerm_windows_virtual_machine": ("os_managed_disk_id",),
}


def _redundancy(disk: Resource, _usage: Usage, _inventory: Inventory) -> Redundancy:
    kind = disk.attributes.text("storage_account_type") or "Standard_LRS"
    return "multi_zone" if kind.upper().endswith("_ZRS") else "zone"


TYPES = (
    ResourceType(
        "azurerm_managed_disk",
        "storage",
        managed_disk,
        usage_keys=(UsageKey("monthly_disk_operations", OPERATIONS, (100_000, 1_000_000, 10_000_000)),),
        traits=Readers(
            storage_class=text("storage_account_type", "Standard_LRS"),
            redundancy=_redundancy,
            attached=attached_by(_ATTACHERS, inert=("azurerm_snapshot", "azurerm_image")),
        ),
    ),
)
