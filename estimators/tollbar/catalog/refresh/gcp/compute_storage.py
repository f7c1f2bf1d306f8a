"""Disks, snapshots and images of Compute Engine, and external IP addresses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tollbar.catalog.refresh.gcp.listing import Named, Rule, ServiceFamily, by_name, named_by
from tollbar.catalog.refresh.gcp.machine_parts import COMPUTE_ENGINE

if TYPE_CHECKING:
    from tollbar.catalog.refresh.gcp.sku import Sku

_IN = r"(?: in .+)?"
_DISKS = {
    "storage pd": "pd-standard",
    "balanced pd": "pd-balanced",
    "ssd backed pd": "pd-ssd",
    "extreme pd": "pd-extreme",
}
_HYPERDISKS = {
    kind: f"hyperdisk-{kind.replace(' ', '-')}"
    for kind in ("extreme", "balanced", "throughput", "ml", "balanced high availability")
}
_HYPERDISK = r"Hyperdisk (?P<disk>Extreme|Balanced|Throughput|ML)"
_SPREAD_HYPERDISK = r"Hyperdisk (?P<disk>Balanced High Availability)"
_PD = r"(?P<disk>Storage PD|Balanced PD|SSD backed PD|Extreme PD)"
_DISK = "gcp/compute/disk"
_ADDRESS = "gcp/compute/address"
RULES = (
    Rule(rf"{_PD} Capacity{_IN}", f"{_DISK}/zonal/{{disk}}", "GB-months", words=_DISKS),
    Rule(rf"Regional {_PD} Capacity{_IN}", f"{_DISK}/regional/{{disk}}", "GB-months", words=_DISKS),
    Rule(rf"{_HYPERDISK} Capacity{_IN}", f"{_DISK}/zonal/{{disk}}", "GB-months", words=_HYPERDISKS),
    Rule(rf"{_SPREAD_HYPERDISK} Capacity{_IN}", f"{_DISK}/regional/{{disk}}", "GB-months", words=_HYPERDISKS),
    Rule(rf"(?P<disk>Extreme PD) IOPS{_IN}", f"{_DISK}/iops/{{disk}}", "IOPS-months", words=_DISKS),
    Rule(rf"{_HYPERDISK} IOPS{_IN}", f"{_DISK}/iops/{{disk}}", "IOPS-months", words=_HYPERDISKS),
    Rule(rf"{_SPREAD_HYPERDISK} IOPS{_IN}", f"{_DISK}/iops/{{disk}}", "IOPS-months", words=_HYPERDISKS),
    Rule(
        rf"(?:{_HYPERDISK}|Hyperdisk Balanced High Availability) Throughput(?: Capacity)?{_IN}",
        f"{_DISK}/throughput/{{disk}}",
        "MBps-months",
        words=_HYPERDISKS | {"": "hyperdisk-balanced-high-availability"},
    ),
    Rule(rf"Storage PD Snapshot{_IN}", "gcp/compute/snapshot/storage", "GB-months"),
    Rule(rf"Storage Image{_IN}", "gcp/compute/image/storage", "GB-months"),
    Rule(rf"Storage Machine Image{_IN}", "gcp/compute/machine_image/storage", "GB-months"),
    Rule(r"External IP Charge on a Standard VM", f"{_ADDRESS}/in_use/standard", "hours"),
    Rule(r"External IP Charge on a Spot Preemptible VM", f"{_ADDRESS}/in_use/spot", "hours"),
    Rule(rf"Static Ip Charge{_IN}", f"{_ADDRESS}/unused", "hours"),
)
_MULTI_REGIONS = {"europe": "eu"}


def name_of(sku: Sku) -> Named | None:
    """Return our name for a disk, snapshot, image or address SKU; multi-regions are called as Terraform does."""
    named = named_by(RULES, sku)
    if named is None:
        return None
    return replace(named, regions=tuple(_MULTI_REGIONS.get(region, region) for region in sku.regions))


FAMILY = ServiceFamily("compute_storage", (COMPUTE_ENGINE,), by_name(name_of))
