"""EBS volumes and snapshots. Source: Amazon EBS pricing page.

A snapshot is estimated at the full size of its volume. That is the most it can hold: only blocks in
use are stored, and further snapshots of a volume store only what changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.attachment import attached_by
from tollbar.resources.aws.block_storage import STANDARD_IO_KEY, declared_volume, volume_lines
from tollbar.resources.registry import ResourceType
from tollbar.traits import Readers, always
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Unpriced
    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_SNAPSHOT_REQUESTS = (
    ("ListChangedBlocks & ListSnapshotBlocks API requests", "monthly_list_block_requests", "requests", "list"),
    ("GetSnapshotBlock API requests", "monthly_get_block_requests", "SnapshotAPIUnits", "get"),
    ("PutSnapshotBlock API requests", "monthly_put_block_requests", "SnapshotAPIUnits", "put"),
)


def ebs_volume(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the storage, IOPS, throughput and I/O of a volume; one made from a snapshot has its size."""
    size = None if resource.attributes.is_set("size") else _volume_gb(resource, inventory)
    volume = declared_volume(resource.attributes, type_attribute="type", size_attribute="size", default_size=size)
    yield from volume_lines(volume, resource.region, io_requests=usage.quantity(STANDARD_IO_KEY.name))


def ebs_snapshot(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    """Yield the snapshot's storage, fast restores and direct API requests."""
    yield _storage(resource, usage, inventory)
    restore = PriceKey("aws/ebs/fast_snapshot_restore", resource.region)
    yield Component("Fast snapshot restore", usage.quantity("fast_snapshot_restore_hours"), "hours", restore)
    for name, key, unit, request in _SNAPSHOT_REQUESTS:
        yield Component(name, usage.quantity(key), unit, PriceKey(f"aws/ebs/direct_api/{request}", resource.region))


def ebs_snapshot_copy(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    """Yield the storage of a copied snapshot."""
    yield _storage(resource, usage, inventory)


def fast_snapshot_restore(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours for which fast restore is on for one snapshot in one availability zone."""
    price = PriceKey("aws/ebs/fast_snapshot_restore", resource.region)
    yield Component("Fast snapshot restore", usage.hours, "hours", price)


def _storage(resource: Resource, usage: Usage, inventory: Inventory) -> Component:
    archived = resource.attributes.text("storage_tier", "standard") == "archive"
    tier, name = ("archive", "EBS snapshot archive storage") if archived else ("standard", "EBS snapshot storage")
    size = _volume_gb(resource, inventory)
    if size is None:
        size = Quantity.between(1, 8, 100, "assumed") if usage.assumptions else Quantity.unknown()
    return Component(name, size, "GB-months", PriceKey(f"aws/ebs/snapshot/{tier}", resource.region))


def _volume_gb(resource: Resource, inventory: Inventory, depth: int = 8) -> Quantity | None:
    """Return the size of the volume behind a volume, snapshot or copy, None where it is not in this project."""
    attributes = resource.attributes
    for name in ("size", "volume_size"):
        size = attributes.known_number(name)
        if size is not None:
            return Quantity.fixed(size)
    for path in ("volume_id", "source_snapshot_id", "snapshot_id"):
        origin = inventory.referenced(resource, path, "aws_ebs_volume", "aws_ebs_snapshot", "aws_ebs_snapshot_copy")
        if origin is not None and depth > 0:
            return _volume_gb(origin, inventory, depth - 1)
    return None


_ATTACHERS = {"aws_volume_attachment": ("volume_id",)}

TYPES = (
    ResourceType(
        "aws_ebs_volume",
        "storage",
        ebs_volume,
        (STANDARD_IO_KEY,),
        traits=Readers(
            redundancy=always("zone"),
            attached=attached_by(_ATTACHERS, inert=("aws_ebs_snapshot", "aws_dlm_lifecycle_policy")),
        ),
    ),
    ResourceType(
        "aws_ebs_snapshot",
        "storage",
        ebs_snapshot,
        (
            UsageKey("monthly_list_block_requests", "ListChangedBlocks and ListSnapshotBlocks requests a month"),
            UsageKey("monthly_get_block_requests", "GetSnapshotBlock requests (blocks of 512 KiB) a month"),
            UsageKey("monthly_put_block_requests", "PutSnapshotBlock requests (blocks of 512 KiB) a month"),
            UsageKey("fast_snapshot_restore_hours", "hours a month of fast restore, summed over availability zones"),
        ),
    ),
    ResourceType("aws_ebs_snapshot_copy", "storage", ebs_snapshot_copy),
    ResourceType("aws_ebs_fast_snapshot_restore", "storage", fast_snapshot_restore),
)
