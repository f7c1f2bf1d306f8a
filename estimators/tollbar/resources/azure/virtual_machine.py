"""Virtual machines and scale sets: hours by size, operating system and purchase option, and their disks.

Source: "Virtual Machines pricing" (Linux and Windows) and "Azure Hybrid Benefit". With a licence of one's
own a Windows machine is billed at the Linux price. Spot prices move; the catalogue holds those of its date.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resource import Attributes
from tollbar.resources.azure.autoscale_setting import is_scaled, scaled_count
from tollbar.resources.azure.managed_disk import OPERATIONS, disk_lines
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.traits import Readers
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

OperatingSystem = Literal["linux", "windows"]

_OWN_WINDOWS_LICENCES = frozenset({"windows_server", "windows_client"})
_PAID_LINUX = {"redhat": "Red Hat Enterprise Linux", "suse": "SUSE Linux Enterprise Server"}
_OWN_LINUX_LICENCES = frozenset({"rhel_byos", "sles_byos"})
_WINDOWS_OS_DISK_GIB = 127
_ONE = Quantity.fixed(1)


@dataclass(frozen=True, slots=True)
class Machines:
    """Equal machines of one resource; ``hours`` is how long each of them runs in a month."""

    size: str
    system: OperatingSystem
    region: str | None
    hours: Quantity
    count: Quantity = _ONE
    is_spot: bool = False
    licence: str = ""

    @property
    def brings_windows_licence(self) -> bool:
        """Whether Azure Hybrid Benefit applies."""
        return self.system == "windows" and self.licence.lower() in _OWN_WINDOWS_LICENCES


def machine_usage(machines: Machines) -> Iterator[Component]:
    """Yield the hours of the machines."""
    purchase = "spot" if machines.is_spot else "on_demand"
    wording = "spot" if machines.is_spot else "pay as you go"
    system = machines.system
    if machines.brings_windows_licence:
        system, wording = "linux", f"{'spot, ' if machines.is_spot else ''}hybrid benefit"
    path = f"azure/virtual_machines/{system}/{purchase}/{machines.size.lower()}"
    name = f"Instance usage ({machines.system.capitalize()}, {wording}, {machines.size})"
    yield Component(name, machines.hours * machines.count, "hours", PriceKey(path, machines.region))


def linux_licence(machines: Machines, image: Attributes) -> Iterator[Component]:
    """Yield the licence of a Red Hat or SUSE image from the marketplace, unless it is brought along."""
    publisher = (image.text("publisher", "") or "").lower()
    if publisher not in _PAID_LINUX or machines.licence.lower() in _OWN_LINUX_LICENCES:
        return
    if "byos" in (image.text("offer", "") or "").lower():
        return
    key = PriceKey(f"azure/virtual_machines/licence/{publisher}/{machines.size.lower()}", machines.region)
    yield Component(f"{_PAID_LINUX[publisher]} licence", machines.hours * machines.count, "hours", key)


def ultra_reservation(attributes: Attributes, region: str | None) -> Iterator[Component]:
    """Yield the charge per vCPU of a machine that may take Ultra disks and has none; how long is not known."""
    if attributes.block("additional_capabilities").flag("ultra_ssd_enabled"):
        key = PriceKey("azure/managed_disk/ultra_disk/reservation", region)
        yield Component("Ultra disk reservation (if unattached)", Quantity.unknown(), "vCPU-hours", key)


def linux_virtual_machine(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a Linux machine."""
    yield from _current_machine(resource, usage, "linux")


def windows_virtual_machine(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a Windows machine."""
    yield from _current_machine(resource, usage, "windows")


def virtual_machine(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a machine of the older type, which tells its operating system in several places."""
    yield from as_far_as_known(lambda: _legacy_machine(resource, usage))
    yield from as_far_as_known(lambda: ultra_reservation(resource.attributes, resource.region))
    yield from _legacy_disks(resource, usage, "storage_os_disk", "storage_data_disk", _ONE)


def _legacy_machine(resource: Resource, usage: Usage) -> Iterator[Component | Unpriced]:
    attributes = resource.attributes
    image = attributes.block("storage_image_reference")
    system = _legacy_system(attributes, attributes.block("storage_os_disk"), image)
    machines = _machines(resource, "vm_size", system, _hours(usage), _ONE)
    if machines is None:
        yield Unpriced("unknown_until_apply", "vm_size is not given")
        return
    yield from machine_usage(machines)
    yield from linux_licence(machines, image)


def linux_scale_set(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the instances of a Linux scale set."""
    yield from _current_scale_set(resource, usage, inventory, "linux")


def windows_scale_set(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the instances of a Windows scale set."""
    yield from _current_scale_set(resource, usage, inventory, "windows")


def orchestrated_scale_set(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the instances of a flexible scale set, which tells its operating system by its profile's block."""
    profile = resource.attributes.block("os_profile")
    is_windows = bool(profile.blocks("windows_configuration"))
    mixed = resource.attributes.block("sku_profile").texts("vm_sizes")
    if mixed:
        detail = f"the sizes it mixes ({', '.join(mixed)}) are allocated as capacity allows"
        yield Unpriced("unknown_until_apply", detail)
        return
    yield from _current_scale_set(resource, usage, inventory, "windows" if is_windows else "linux", "sku_name")


def virtual_machine_scale_set(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the instances of a scale set of the older type, each with its own disks."""
    attributes = resource.attributes
    sku = attributes.block("sku")
    size, capacity = sku.text("name"), _instances(resource, usage, inventory, sku.number("capacity"))
    if size is None or capacity is None:
        yield Unpriced("unknown_until_apply", "sku names no size or capacity")
        return
    yield from as_far_as_known(lambda: _legacy_instances(resource, usage, size, capacity))
    yield from _legacy_disks(resource, usage, "storage_profile_os_disk", "storage_profile_data_disk", capacity)


def _legacy_instances(
    resource: Resource, usage: Usage, size: str, capacity: Quantity
) -> Iterator[Component | Unpriced]:
    attributes = resource.attributes
    image = attributes.block("storage_profile_image_reference")
    machines = Machines(
        size,
        _legacy_system(attributes, attributes.block("storage_profile_os_disk"), image),
        resource.region,
        usage.hours,
        capacity,
        is_spot=attributes.text("priority", "Regular") in {"Spot", "Low"},
        licence=attributes.text("license_type", "") or "",
    )
    yield from machine_usage(machines)
    yield from linux_licence(machines, image)


def _current_machine(resource: Resource, usage: Usage, system: OperatingSystem) -> Iterator[Component | Unpriced]:
    attributes = resource.attributes
    machines = _machines(resource, "size", system, _hours(usage), _ONE)
    if machines is None:
        yield Unpriced("unknown_until_apply", "size is not given")
        return
    yield from machine_usage(machines)
    yield from as_far_as_known(lambda: linux_licence(machines, attributes.block("source_image_reference")))
    yield from as_far_as_known(lambda: ultra_reservation(attributes, resource.region))
    yield from as_far_as_known(lambda: _os_disk(resource, usage, _ONE, system), "os_disk")


def _current_scale_set(
    resource: Resource, usage: Usage, inventory: Inventory, system: OperatingSystem, size_attribute: str = "sku"
) -> Iterator[Component | Unpriced]:
    attributes = resource.attributes
    count = _instances(resource, usage, inventory, attributes.known_number("instances"))
    machines = None if count is None else _machines(resource, size_attribute, system, usage.hours, count)
    if machines is None or count is None:
        yield Unpriced("unknown_until_apply", f"{size_attribute} or instances is not given")
        return
    yield from machine_usage(machines)
    yield from as_far_as_known(lambda: linux_licence(machines, attributes.block("source_image_reference")))
    yield from as_far_as_known(lambda: ultra_reservation(attributes, resource.region))
    yield from as_far_as_known(lambda: _os_disk(resource, usage, count, system), "os_disk")
    for number, disk in enumerate(attributes.blocks("data_disk")):
        part = f"data_disk[{number}]"
        yield from as_far_as_known(partial(_data_disk, disk, resource, usage, count, part), part)


def _data_disk(disk: Attributes, resource: Resource, usage: Usage, count: Quantity, part: str) -> Iterator[Component]:
    storage_type = disk.text("storage_account_type") or "Standard_LRS"
    operations = usage.quantity("data_disk.monthly_disk_operations")
    yield from disk_lines(disk, storage_type, resource.region, operations, count=count, part=part)


def _scaled(attribute: str, block: str = "") -> Readers:
    """Return the readers of how far an autoscale setting may go, else of as many instances as are declared."""

    def count(resource: Resource, inventory: Inventory) -> Quantity:
        declared = resource.attributes.block(block) if block else resource.attributes
        return scaled_count(resource, declared.known_number(attribute), inventory) or Quantity.unknown()

    return Readers(
        replicas_min=lambda resource, _usage, inventory: count(resource, inventory).low,
        replicas_max=lambda resource, _usage, inventory: count(resource, inventory).high,
        autoscaling=lambda resource, _usage, inventory: is_scaled(resource, inventory),
    )


def _machines(
    resource: Resource, size_attribute: str, system: OperatingSystem, hours: Quantity, count: Quantity
) -> Machines | None:
    attributes = resource.attributes
    size = attributes.text(size_attribute)
    if size is None:
        return None
    spot = attributes.text("priority", "Regular") == "Spot"
    licence = attributes.text("license_type", "") or ""
    return Machines(size, system, resource.region, hours, count, spot, licence)


def _hours(usage: Usage) -> Quantity:
    told = usage.quantity("monthly_hrs")
    return told if told.is_known else usage.hours


def _instances(resource: Resource, usage: Usage, inventory: Inventory, declared: Decimal | None) -> Quantity | None:
    """Return the instances as told, else as declared and as far as an autoscale setting may go."""
    told = usage.quantity("instances")
    return told if told.is_known else scaled_count(resource, declared, inventory)


def _os_disk(resource: Resource, usage: Usage, count: Quantity, system: OperatingSystem) -> Iterator[Component]:
    disk = resource.attributes.block("os_disk")
    if disk.block("diff_disk_settings").text("option", ""):
        return  # an ephemeral OS disk lives on the host and costs nothing
    storage_type = disk.text("storage_account_type") or "Standard_LRS"
    operations = usage.quantity("os_disk.monthly_disk_operations")
    sized = _sized(disk, system, resource.attributes.block("source_image_reference"))
    yield from disk_lines(sized, storage_type, resource.region, operations, count=count, part="os_disk")


def _sized(os_disk: Attributes, system: OperatingSystem, image: Attributes) -> Attributes:
    """Return an OS disk with its size: one of Windows that nobody sized is as large as the marketplace's images.

    Those whose SKU says ``smalldisk`` are as small as the images of Linux.
    """
    is_small = "smalldisk" in image.literal("sku").lower()
    if system == "linux" or is_small or os_disk.is_set("disk_size_gb"):
        return os_disk
    return Attributes({**os_disk.values, "disk_size_gb": _WINDOWS_OS_DISK_GIB})


def _legacy_disks(
    resource: Resource, usage: Usage, os_block: str, data_block: str, count: Quantity
) -> Iterator[Component | Unpriced]:
    for block in (os_block, data_block):
        yield from as_far_as_known(partial(_disks_of_block, resource, usage, block, count, is_one=block == os_block))


def _disks_of_block(
    resource: Resource, usage: Usage, block: str, count: Quantity, *, is_one: bool
) -> Iterator[Component | Unpriced]:
    disks = resource.attributes.blocks(block)
    operations = usage.quantity(f"{block}.monthly_disk_operations")
    for number, disk in enumerate(disks[:1] if is_one else disks):
        part = block if is_one else f"{block}[{number}]"
        sized = _sized_legacy(disk, resource.attributes, block) if is_one else disk
        yield from as_far_as_known(partial(_legacy_disk, sized, resource.region, operations, count, part), part)


def _sized_legacy(os_disk: Attributes, machine: Attributes, block: str) -> Attributes:
    """Return an OS disk with its size; the image, which tells one that is not set, stands beside the disk's block."""
    if os_disk.is_set("disk_size_gb"):
        return os_disk
    image = machine.block(block.replace("os_disk", "image_reference"))
    return _sized(os_disk, _legacy_system(machine, os_disk, image), image)


def _legacy_disk(
    disk: Attributes, region: str | None, operations: Quantity, count: Quantity, part: str
) -> Iterator[Component]:
    if (disk.is_set("vhd_uri") and disk.get("vhd_uri") != "") or disk.text("create_option", "") == "Attach":
        return  # a page blob is billed with its storage account, an attached disk as a resource of its own
    storage_type = disk.text("managed_disk_type", "Standard_LRS") or "Standard_LRS"
    yield from disk_lines(disk, storage_type, region, operations, count=count, part=part)


def _legacy_system(attributes: Attributes, os_disk: Attributes, image: Attributes) -> OperatingSystem:
    says_windows = (
        (os_disk.text("os_type", "") or "").lower() == "windows"
        or bool(attributes.blocks("os_profile_windows_config"))
        or "windows" in (image.text("publisher", "") or "").lower()
    )
    return "windows" if says_windows else "linux"


def _operations(block: str) -> UsageKey:
    return UsageKey(f"{block}.monthly_disk_operations", OPERATIONS, (100_000, 1_000_000, 10_000_000))


_MONTHLY_HOURS = UsageKey("monthly_hrs", "Hours that the machine runs in a month")
_INSTANCES = UsageKey("instances", "Instances that run")
_MACHINE_KEYS = (_MONTHLY_HOURS, _operations("os_disk"))
_SCALE_SET_KEYS = (_INSTANCES, _operations("os_disk"), _operations("data_disk"))

TYPES = (
    ResourceType("azurerm_linux_virtual_machine", "compute", linux_virtual_machine, _MACHINE_KEYS, "size"),
    ResourceType("azurerm_windows_virtual_machine", "compute", windows_virtual_machine, _MACHINE_KEYS, "size"),
    ResourceType(
        "azurerm_virtual_machine",
        "compute",
        virtual_machine,
        (_MONTHLY_HOURS, _operations("storage_os_disk"), _operations("storage_data_disk")),
        "vm_size",
    ),
    ResourceType(
        "azurerm_linux_virtual_machine_scale_set",
        "compute",
        linux_scale_set,
        _SCALE_SET_KEYS,
        "sku",
        traits=_scaled("instances"),
    ),
    ResourceType(
        "azurerm_windows_virtual_machine_scale_set",
        "compute",
        windows_scale_set,
        _SCALE_SET_KEYS,
        "sku",
        traits=_scaled("instances"),
    ),
    ResourceType(
        "azurerm_orchestrated_virtual_machine_scale_set",
        "compute",
        orchestrated_scale_set,
        _SCALE_SET_KEYS,
        "sku_name",
        traits=_scaled("instances"),
    ),
    ResourceType(
        "azurerm_virtual_machine_scale_set",
        "compute",
        virtual_machine_scale_set,
        (_INSTANCES, _operations("storage_profile_os_disk"), _operations("storage_profile_data_disk")),
        traits=_scaled("capacity", "sku"),
    ),
)
