"""Persistent disks and Hyperdisks, and what is stored of them: snapshots, images, machine images.

Source: "Disk and image pricing" of Compute Engine. Default sizes from the documentation of
``gcloud compute disks create`` and "About Hyperdisk Extreme". 1 GB on the price list is 1 GiB.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.attachment import attached_by
from tollbar.resources.registry import ResourceType
from tollbar.traits import Readers, always
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

Scope = Literal["zonal", "regional"]

_NAMES = {
    "pd-standard": "Standard provisioned storage (pd-standard)",
    "pd-balanced": "Balanced provisioned storage (pd-balanced)",
    "pd-ssd": "SSD provisioned storage (pd-ssd)",
    "pd-extreme": "Extreme provisioned storage (pd-extreme)",
}
_DEFAULT_GB = {
    "pd-balanced": 100,
    "pd-ssd": 100,
    "pd-extreme": 1000,
    "hyperdisk-balanced": 100,
    "hyperdisk-extreme": 1000,
    "hyperdisk-ml": 100,
    "hyperdisk-throughput": 2048,
}
_DEFAULT_STANDARD_GB = 500
_PUBLIC_IMAGE_GB = 10
_PUBLIC_WINDOWS_IMAGE_GB = 50
_DEFAULT_EXTREME_IOPS = 100_000
_HYPERDISK_EXTREME_IOPS_PER_GB = 100
_INCLUDED_IOPS = {"hyperdisk-balanced": 3000}
_INCLUDED_THROUGHPUT = {"hyperdisk-balanced": 140}
_ONE = Quantity.fixed(1)

_DISKS = frozenset({"google_compute_disk", "google_compute_region_disk"})
_SIZE_ATTRIBUTE = {
    "google_compute_disk": "size",
    "google_compute_region_disk": "size",
    "google_compute_image": "disk_size_gb",
}
_SOURCES = {
    "google_compute_disk": (
        ("image", "google_compute_image"),
        ("snapshot", "google_compute_snapshot"),
        ("source_disk", "google_compute_disk"),
    ),
    "google_compute_region_disk": (
        ("snapshot", "google_compute_snapshot"),
        ("source_disk", "google_compute_disk"),
    ),
    "google_compute_image": (
        ("source_disk", "google_compute_disk"),
        ("source_image", "google_compute_image"),
        ("source_snapshot", "google_compute_snapshot"),
    ),
    "google_compute_snapshot": (("source_disk", "google_compute_disk"),),
}
"""The attributes that name what a disk, image or snapshot is made from, and of which type that is."""


def disk_lines(
    declared: Attributes,
    disk_type: str,
    size_gb: Decimal,
    region: str | None,
    *,
    count: Quantity = _ONE,
    scope: Scope = "zonal",
    part: str | None = None,
) -> Iterator[Component]:
    """Yield what ``count`` equal disks are billed for: GB, and IOPS and throughput where they are sold apart.

    ``declared`` is the block that may provision IOPS and throughput.
    """
    name = _NAMES.get(disk_type, f"Hyperdisk provisioned storage ({disk_type})")
    key = PriceKey(f"gcp/compute/disk/{scope}/{disk_type}", region)
    yield Component(name, count * size_gb, "GB-months", key, part)
    iops = _provisioned_iops(declared, disk_type, size_gb)
    if iops > 0:
        key = PriceKey(f"gcp/compute/disk/iops/{disk_type}", region)
        yield Component("Provisioned IOPS", count * iops, "IOPS-months", key, part)
    throughput = _throughput(declared, disk_type)
    if throughput > 0:
        key = PriceKey(f"gcp/compute/disk/throughput/{disk_type}", region)
        yield Component("Provisioned throughput", count * throughput, "MBps-months", key, part)


def disk_type_of(attributes: Attributes, name: str = "type") -> str:
    """Return a disk type, by default pd-standard; a self link is cut to its last part."""
    return (attributes.text(name, "pd-standard") or "pd-standard").rsplit("/", 1)[-1]


def boot_image_gb(image: str) -> Decimal:
    """Return the size of a public boot image, GB: 50 for Windows, 10 for the others."""
    return Decimal(_PUBLIC_WINDOWS_IMAGE_GB if "windows" in image else _PUBLIC_IMAGE_GB)


def declared_source(resource: Resource, attribute: str, inventory: Inventory, type_name: str) -> Resource | None:
    """Return the resource that an attribute refers to, by reference or by its name or self link."""
    found = inventory.referenced(resource, attribute, type_name)
    value = resource.attributes.get(attribute)
    if found is not None or not isinstance(value, str) or not value:
        return found
    name = value.rsplit("/", 1)[-1]
    return inventory.named(type_name, "name", name)


def declared_gb(resource: Resource, inventory: Inventory) -> Decimal | None:
    """Return the size of a declared disk, image or snapshot, GB.

    It is the size the resource says, else that of what it is made from, as far as that is declared here,
    else a disk's default. None where nothing tells it, as of a disk made from an image that only apply tells.
    """
    current: Resource | None = resource
    seen: set[str] = set()
    size: Decimal | None = None
    while current is not None and current.address not in seen and size is None:
        seen.add(current.address)
        size = current.attributes.known_number(_SIZE_ATTRIBUTE.get(current.type, ""))
        source = _source(current, inventory)
        if size is None and source is None:
            size = _default_gb(current)
        current = source
    return _default_gb(resource) if size is None else size


def _source(resource: Resource, inventory: Inventory) -> Resource | None:
    sources = (
        declared_source(resource, attribute, inventory, type_name)
        for attribute, type_name in _SOURCES.get(resource.type, ())
    )
    return next((source for source in sources if source is not None), None)


def _default_gb(resource: Resource) -> Decimal | None:
    """Return the size of a disk that is made from nothing or from a public image; None of anything else."""
    if resource.type not in _DISKS:
        return None
    attributes = resource.attributes
    image = attributes.get("image")
    if isinstance(image, str) and "-cloud/" in image:
        return boot_image_gb(image)
    if any(attributes.get(source) for source, _ in _SOURCES[resource.type]):
        return None
    return Decimal(_DEFAULT_GB.get(disk_type_of(attributes), _DEFAULT_STANDARD_GB))


def compute_disk(resource: Resource, _usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a zonal disk's GB, and its IOPS and throughput where they are sold apart."""
    yield from _disk(resource, inventory, "zonal")


def compute_region_disk(resource: Resource, _usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the GB, IOPS and throughput of a disk that is kept in two zones, which doubles its price."""
    yield from _disk(resource, inventory, "regional")


def _disk(resource: Resource, inventory: Inventory, scope: Scope) -> Iterator[Component | Unpriced]:
    size = declared_gb(resource, inventory)
    if size is None:
        yield Unpriced("unknown_until_apply", "size is that of a source known only after apply")
        return
    attributes = resource.attributes
    yield from disk_lines(attributes, disk_type_of(attributes), size, resource.region, scope=scope)


def compute_snapshot(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    """Yield the storage of a snapshot: as told, else at most the whole disk."""
    stored = _stored(usage, declared_gb(resource, inventory))
    location = next(iter(resource.attributes.texts("storage_locations")), resource.region)
    yield Component("Storage", stored, "GB-months", PriceKey("gcp/compute/snapshot/storage", location))


def compute_image(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    """Yield the storage of an image: as told, else at most the whole disk."""
    stored = _stored(usage, declared_gb(resource, inventory))
    location = next(iter(resource.attributes.texts("storage_locations")), resource.region)
    yield Component("Storage", stored, "GB-months", PriceKey("gcp/compute/image/storage", location))


def compute_machine_image(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the storage of a machine image, which depends on what its machine's disks hold."""
    key = PriceKey("gcp/compute/machine_image/storage", resource.region)
    yield Component("Storage", usage.quantity("storage_gb"), "GB-months", key)


def _stored(usage: Usage, disk_size: Decimal | None) -> Quantity:
    told = usage.quantity("storage_gb")
    return told if told.is_known or disk_size is None else Quantity.fixed(disk_size)


def _provisioned_iops(declared: Attributes, disk_type: str, size_gb: Decimal) -> Decimal:
    iops = declared.known_number("provisioned_iops")
    if disk_type == "pd-extreme":
        return iops or Decimal(_DEFAULT_EXTREME_IOPS)
    if disk_type == "hyperdisk-extreme":
        return iops or size_gb * _HYPERDISK_EXTREME_IOPS_PER_GB
    return (iops or Decimal(0)) - _INCLUDED_IOPS[disk_type] if disk_type in _INCLUDED_IOPS else Decimal(0)


def _throughput(declared: Attributes, disk_type: str) -> Decimal:
    if not disk_type.startswith("hyperdisk-"):
        return Decimal(0)
    return (declared.known_number("provisioned_throughput") or Decimal(0)) - _INCLUDED_THROUGHPUT.get(disk_type, 0)


_STORAGE_GB = UsageKey("storage_gb", "GB that are stored, after compression")

_ATTACHERS = {
    "google_compute_attached_disk": ("disk",),
    "google_compute_instance": ("attached_disk.source", "boot_disk.source"),
    "google_compute_instance_from_template": ("attached_disk.source", "boot_disk.source"),
    "google_compute_instance_template": ("disk.source",),
}
_COPIES = (
    *("google_compute_snapshot", "google_compute_image", "google_compute_disk"),
    "google_compute_disk_resource_policy_attachment",
)
"""What refers to a disk to copy it."""

TYPES = (
    ResourceType(
        "google_compute_disk",
        "storage",
        compute_disk,
        traits=Readers(redundancy=always("zone"), attached=attached_by(_ATTACHERS, inert=_COPIES)),
    ),
    ResourceType(
        "google_compute_region_disk",
        "storage",
        compute_region_disk,
        traits=Readers(redundancy=always("multi_zone"), attached=attached_by(_ATTACHERS, inert=_COPIES)),
    ),
    ResourceType("google_compute_snapshot", "storage", compute_snapshot, usage_keys=(_STORAGE_GB,)),
    ResourceType("google_compute_image", "storage", compute_image, usage_keys=(_STORAGE_GB,)),
    ResourceType("google_compute_machine_image", "storage", compute_machine_image, usage_keys=(_STORAGE_GB,)),
)
