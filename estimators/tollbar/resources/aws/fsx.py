"""Amazon FSx file systems. Sources: pricing pages of FSx for Windows File Server, OpenZFS, Lustre and NetApp ONTAP."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.traits import Readers, days, number, text
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.traits import Redundancy
    from tollbar.usage import Usage

_INCLUDED_IOPS_PER_GB = 3
_ONE_PRICE = {
    "windows": {"SINGLE_AZ_1": "single_az", "SINGLE_AZ_2": "single_az", "MULTI_AZ_1": "multi_az"},
    "openzfs": {"SINGLE_AZ_1": "single_az", "SINGLE_AZ_HA_1": "single_az_ha", "MULTI_AZ_1": "multi_az"},
    "ontap": {"SINGLE_AZ_1": "single_az", "MULTI_AZ_1": "multi_az"},
}
"""Deployment types as the price list names them; one that is not here keeps its own name."""

_DEFAULT_DEPLOYMENT = {"windows": "SINGLE_AZ_1", "openzfs": "SINGLE_AZ_1", "ontap": "MULTI_AZ_1"}
_HDD_CACHE_SHARE = Decimal("0.2")


def windows_file_system(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the throughput capacity, the storage, the SSD IOPS beyond those included, and the backups."""
    yield from as_far_as_known(lambda: _throughput(resource, "windows"))
    yield from as_far_as_known(lambda: _capacity(resource, "windows"))
    yield from as_far_as_known(lambda: _provisioned_iops(resource, "windows"))
    yield _backup(resource, "windows", usage)


def openzfs_file_system(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the throughput capacity, the storage, the SSD IOPS beyond those included, and the backups."""
    yield from as_far_as_known(lambda: _throughput(resource, "openzfs"))
    yield from as_far_as_known(lambda: _openzfs_storage(resource, usage))
    yield from as_far_as_known(lambda: _provisioned_iops(resource, "openzfs"))
    yield _backup(resource, "openzfs", usage)


def ontap_file_system(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the throughput capacity, SSD storage and IOPS beyond those included, the capacity pool, and the backups."""
    yield from as_far_as_known(lambda: _ontap_throughput(resource))
    yield from as_far_as_known(lambda: _capacity(resource, "ontap"))
    yield from as_far_as_known(lambda: _provisioned_iops(resource, "ontap"))
    yield from as_far_as_known(lambda: _capacity_pool(resource, usage))
    yield _backup(resource, "ontap", usage)


def lustre_file_system(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the storage by deployment and throughput a TiB, the SSD cache of HDD storage, and the backups."""
    yield from as_far_as_known(lambda: _lustre_storage(resource))
    yield from as_far_as_known(lambda: _lustre_metadata(resource))
    yield from as_far_as_known(lambda: _lustre_backup(resource, usage))


def _lustre_storage(resource: Resource) -> Iterator[Component | Unpriced]:
    attributes = resource.attributes
    size = attributes.number("storage_capacity")
    if size is None:
        yield _not_told("storage_capacity")
        return
    # A deployment that nobody declares is scratch by the provider.
    deployment = (attributes.text("deployment_type", "SCRATCH_1") or "SCRATCH_1").lower()
    medium = (attributes.text("storage_type", "SSD") or "SSD").lower()
    path, name = f"aws/fsx/lustre/storage/scratch/{medium}", "Storage (scratch)"
    if not deployment.startswith("scratch"):
        throughput = attributes.number("per_unit_storage_throughput")
        if throughput is None:
            yield _not_told("per_unit_storage_throughput")
            return
        path = f"aws/fsx/lustre/storage/{deployment}/{medium}/{throughput:f}_mbps_per_tib"
        name = f"Storage ({deployment.replace('_', ' ')}, {medium.upper()}, {throughput:f} MB/s per TiB)"
    yield Component(name, Quantity.fixed(size), "GB-months", PriceKey(path, resource.region))
    if medium == "hdd" and attributes.text("drive_cache_type", "NONE") == "READ":
        cache = PriceKey("aws/fsx/lustre/storage/hdd_cache", resource.region)
        yield Component("SSD cache", Quantity.fixed(size * _HDD_CACHE_SHARE), "GB-months", cache)


def _lustre_metadata(resource: Resource) -> Iterator[Component]:
    metadata = resource.attributes.block("metadata_configuration")
    iops = metadata.number("iops", 0) or Decimal(0)
    if metadata.text("mode", "AUTOMATIC") == "USER_PROVISIONED" and iops > 0:
        key = PriceKey("aws/fsx/lustre/metadata_iops", resource.region)
        yield Component("Metadata IOPS", Quantity.fixed(iops), "IOPS-months", key)


def _lustre_backup(resource: Resource, usage: Usage) -> Iterator[Component]:
    attributes = resource.attributes
    if (attributes.text("deployment_type", "SCRATCH_1") or "").startswith("SCRATCH"):
        return
    # Without a retention nothing is backed up automatically; the usage may tell of manual backups.
    if attributes.number("automatic_backup_retention_days", 0) or usage.is_told(_BACKUP_KEY.name):
        yield _backup(resource, "lustre", usage)


def _throughput(resource: Resource, system: str) -> Iterator[Component | Unpriced]:
    mbps = resource.attributes.number("throughput_capacity")
    if mbps is None:
        yield _not_told("throughput_capacity")
        return
    yield _throughput_line(resource, system, mbps)


def _ontap_throughput(resource: Resource) -> Iterator[Component | Unpriced]:
    attributes = resource.attributes
    pairs = attributes.number("ha_pairs", 1) or Decimal(1)
    per_pair = attributes.number("throughput_capacity_per_ha_pair", 0)
    mbps = per_pair * pairs if per_pair else attributes.number("throughput_capacity")
    if mbps is None:
        yield _not_told("throughput_capacity")
        return
    yield _throughput_line(resource, "ontap", mbps)


def _throughput_line(resource: Resource, system: str, mbps: Decimal) -> Component:
    key = PriceKey(f"aws/fsx/{system}/throughput/{_zones(resource.attributes, system)}", resource.region)
    return Component("Throughput capacity", Quantity.fixed(mbps), "MBps-months", key)


def _capacity(resource: Resource, system: str) -> Iterator[Component | Unpriced]:
    size = resource.attributes.number("storage_capacity")
    if size is None:
        yield _not_told("storage_capacity")
        return
    yield _storage_line(resource, system, Quantity.fixed(size))


def _openzfs_storage(resource: Resource, usage: Usage) -> Iterator[Component | Unpriced]:
    """Storage is billed as provisioned, however far its data can be compressed, or by use where it is elastic."""
    if resource.attributes.text("storage_type", "SSD") == "INTELLIGENT_TIERING":
        yield _storage_line(resource, "openzfs", usage.quantity("storage_gb"))
        return
    yield from _capacity(resource, "openzfs")


def _storage_line(resource: Resource, system: str, gb: Quantity) -> Component:
    medium = resource.attributes.text("storage_type", "SSD") or "SSD"
    key = PriceKey(f"aws/fsx/{system}/storage/{_zones(resource.attributes, system)}/{medium.lower()}", resource.region)
    label = "Intelligent-Tiering" if medium == "INTELLIGENT_TIERING" else medium
    return Component(f"{label} storage", gb, "GB-months", key)


def _capacity_pool(resource: Resource, usage: Usage) -> Iterator[Component]:
    key = PriceKey(f"aws/fsx/ontap/storage/{_zones(resource.attributes, 'ontap')}/capacity_pool", resource.region)
    yield Component("Capacity pool storage", usage.quantity("capacity_pool_storage_gb"), "GB-months", key)


def _provisioned_iops(resource: Resource, system: str) -> Iterator[Component]:
    attributes = resource.attributes
    declared = attributes.block("disk_iops_configuration")
    if declared.text("mode", "AUTOMATIC") != "USER_PROVISIONED":
        return
    included = (attributes.number("storage_capacity", 0) or Decimal(0)) * _INCLUDED_IOPS_PER_GB
    iops = Quantity.fixed(declared.number("iops", 0) or 0).above(included)
    if not iops.is_zero:
        zones = _zones(attributes, system)
        path = f"aws/fsx/{system}/iops" if zones == "single_az" else f"aws/fsx/{system}/iops/{zones}"
        yield Component("Provisioned SSD IOPS", iops, "IOPS-months", PriceKey(path, resource.region))


def _backup(resource: Resource, system: str, usage: Usage) -> Component:
    key = PriceKey(f"aws/fsx/{system}/backup", resource.region)
    return Component("Backup storage", usage.quantity("backup_storage_gb"), "GB-months", key)


def _zones(attributes: Attributes, system: str) -> str:
    declared = attributes.text("deployment_type", _DEFAULT_DEPLOYMENT[system]) or _DEFAULT_DEPLOYMENT[system]
    return _ONE_PRICE[system].get(declared, declared.lower())


def _not_told(attribute: str) -> Unpriced:
    return Unpriced("unknown_until_apply", f"{attribute} is not told")


_BACKUP_KEY = UsageKey("backup_storage_gb", "GB of backups", (10, 100, 1000))


def _traits(system: str, backup_days: int) -> Readers:
    """Return the readers of a file system; ``backup_days`` is how long the provider keeps backups by default."""

    def redundancy(files: Resource, _usage: Usage, _inventory: Inventory) -> Redundancy:
        default = _DEFAULT_DEPLOYMENT.get(system, "SCRATCH_1")
        declared = files.attributes.text("deployment_type", default) or default
        return "multi_zone" if declared.startswith("MULTI_AZ") else "zone"

    return Readers(
        redundancy=redundancy,
        storage_class=text("storage_type", "SSD"),
        storage_gib=number("storage_capacity"),
        retention_days=days("automatic_backup_retention_days", backup_days, zero=None),
    )


TYPES = (
    ResourceType(
        "aws_fsx_windows_file_system", "storage", windows_file_system, (_BACKUP_KEY,), traits=_traits("windows", 7)
    ),
    ResourceType(
        "aws_fsx_openzfs_file_system",
        "storage",
        openzfs_file_system,
        (
            _BACKUP_KEY,
            UsageKey(
                "compression_savings_percent", "saving by compression, %; it changes no price of provisioned storage"
            ),
            UsageKey("storage_gb", "GB kept, where the storage class is Intelligent-Tiering", (10, 100, 1000)),
        ),
        traits=_traits("openzfs", 0),
    ),
    ResourceType(
        "aws_fsx_lustre_file_system", "storage", lustre_file_system, (_BACKUP_KEY,), traits=_traits("lustre", 0)
    ),
    ResourceType(
        "aws_fsx_ontap_file_system",
        "storage",
        ontap_file_system,
        (_BACKUP_KEY, UsageKey("capacity_pool_storage_gb", "GB kept in the capacity pool", (10, 100, 1000))),
        traits=_traits("ontap", 0),
    ),
)
