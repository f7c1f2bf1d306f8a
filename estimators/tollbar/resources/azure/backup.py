"""Azure Backup of virtual machines: recovery services vaults and protected machines. Source: "Azure Backup pricing".

A machine of up to 50 GB is half a protected instance, one of up to 500 GB is one, and every further 500 GB that
are begun are one more. A vault in this project is billed for the machines in it; a machine whose vault is
elsewhere is billed by itself.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_CEILING, Decimal
from functools import partial
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Unpriced
    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_VAULT = "azurerm_recovery_services_vault"
_PROTECTED = "azurerm_backup_protected_vm"
_MACHINES = ("azurerm_virtual_machine", "azurerm_linux_virtual_machine", "azurerm_windows_virtual_machine")
_ATTACHMENT = "azurerm_virtual_machine_data_disk_attachment"
_REDUNDANCIES = {"locallyredundant": "lrs", "zoneredundant": "zrs", "georedundant": "grs"}
_LINUX_OS_DISK_GB = 30
_WINDOWS_OS_DISK_GB = 127
"""Of a machine whose OS disk only the image tells: what the common images of the marketplace take."""
_SMALL_GB = 50
_STEP_GB = 500
_NAMES = {"lrs": "LRS", "zrs": "ZRS", "grs": "GRS", "ragrs": "RA-GRS"}


def vault(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield, for each machine of this project that the vault protects, the instance and the GB stored."""
    for machine in inventory.of_type(_PROTECTED):
        its_vault = _vault_of(machine, inventory)
        if its_vault is not None and its_vault.address == resource.address:
            lines = partial(_lines, machine, resource, usage, inventory, machine.address)
            yield from as_far_as_known(lines, machine.address)


def protected_machine(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the protected instance and the GB stored, where its vault is not in this project."""
    if _vault_of(resource, inventory) is None:
        yield from _lines(resource, None, usage, inventory, None)


def _lines(
    machine: Resource, in_vault: Resource | None, usage: Usage, inventory: Inventory, part: str | None
) -> Iterator[Component]:
    region = machine.region if in_vault is None else in_vault.region
    redundancy = _redundancy(in_vault.attributes) if in_vault is not None else "grs"
    stored_at = PriceKey(f"azure/backup/standard/{redundancy}_data_stored", region)
    size = _told(machine, in_vault, usage, "disk_utilization_gb")
    if not size.is_known:
        size = _declared_size(machine, inventory, size)
    instances = size.each_end(_instances)
    key = PriceKey("azure/backup/azure_vm/protected_instance", region)
    yield Component("Instance backup", instances, "months", key, part)
    yield Component(f"Data stored ({_NAMES[redundancy]})", size, "GB-months", stored_at, part)
    further = _told(machine, in_vault, usage, "additional_backup_retention_gb")
    yield Component(f"Further recovery points ({_NAMES[redundancy]})", further, "GB-months", stored_at, part)


def _told(machine: Resource, in_vault: Resource | None, usage: Usage, name: str) -> Quantity:
    if in_vault is None:
        return usage.quantity(name)
    # The key is the machine's, not the vault's: explain looks keys up at the type it explains.
    return replace(usage.told_of(machine, name) or Quantity.unknown(), keys=())


def _instances(size_gb: Decimal) -> Decimal:
    if size_gb <= _SMALL_GB:
        return Decimal("0.5") if size_gb > 0 else Decimal(0)
    return (size_gb / _STEP_GB).to_integral_value(ROUND_CEILING)


def _redundancy(attributes: Attributes) -> str:
    """Return the redundancy of a vault, by the vendor's default geo-redundant."""
    mode = (attributes.text("storage_mode_type") or "GeoRedundant").lower()
    redundancy = _REDUNDANCIES.get(mode, "grs")
    return "ragrs" if redundancy == "grs" and attributes.flag("cross_region_restore_enabled") else redundancy


def _vault_of(machine: Resource, inventory: Inventory) -> Resource | None:
    by_name = inventory.named(_VAULT, "name", machine.attributes.literal("recovery_vault_name"))
    return by_name or inventory.referenced(machine, "recovery_vault_name", _VAULT)


def _declared_size(protected: Resource, inventory: Inventory, unknown: Quantity) -> Quantity:
    """Return the GB of a machine's disks as they are declared: the most there can be to store of it at first."""
    machine = inventory.referenced(protected, "source_vm_id", *_MACHINES)
    if machine is None:
        return unknown
    attributes = machine.attributes
    os_disk = attributes.block("os_disk" if machine.type != _MACHINES[0] else "storage_os_disk")
    is_windows = machine.type.endswith("windows_virtual_machine") or bool(
        attributes.blocks("os_profile_windows_config")
    )
    size = os_disk.known_number("disk_size_gb") or Decimal(_WINDOWS_OS_DISK_GB if is_windows else _LINUX_OS_DISK_GB)
    for disk in attributes.blocks("storage_data_disk"):
        if _is_protected(disk.number("lun"), protected.attributes):
            size += disk.known_number("disk_size_gb") or 0
    for attachment in inventory.referring(machine, _ATTACHMENT):
        disk_resource = inventory.referenced(attachment, "managed_disk_id", "azurerm_managed_disk")
        if disk_resource is not None and _is_protected(attachment.attributes.number("lun"), protected.attributes):
            size += disk_resource.attributes.known_number("disk_size_gb") or 0
    return Quantity.fixed(size)


def _is_protected(lun: Decimal | None, protected: Attributes) -> bool:
    """Whether a data disk is backed up: all are, unless some are named to be in or out."""
    number = "" if lun is None else f"{lun:f}"
    included, excluded = protected.texts("include_disk_luns"), protected.texts("exclude_disk_luns")
    return number in included if included else number not in excluded


TYPES = (
    ResourceType(_VAULT, "storage", vault),
    ResourceType(
        _PROTECTED,
        "storage",
        protected_machine,
        usage_keys=(
            UsageKey("disk_utilization_gb", "GB in use on the machine's disks"),
            UsageKey("additional_backup_retention_gb", "GB that recovery points take beyond the first full copy"),
        ),
    ),
)
