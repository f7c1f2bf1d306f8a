"""Amazon FSx: storage, throughput, IOPS and backups of its file systems.

Attributes: Infracost's look-ups (which ask for ``SDD``, as the list writes SSD for Windows), and AWS's list as
public cost reports of 2026 quote it. Second-generation deployments (``Single-AZ_2``) and Intelligent-Tiering
are other products, with no path of ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tollbar.catalog.refresh.aws.service import Query, Service, Sold

if TYPE_CHECKING:
    from tollbar.catalog.refresh.aws.product import Product, Term

_SYSTEMS: Final = {"Windows": "windows", "ONTAP": "ontap", "OpenZFS": "openzfs"}
_DEPLOYMENTS: Final = {"Single-AZ": "single_az", "Multi-AZ": "multi_az"}
_MEDIA: Final = {"SSD": "ssd", "SDD": "ssd", "HDD": "hdd"}
_PERSISTENT_2: Final = frozenset({"125", "250", "500", "1000"})
"""MB/s per TiB of the second generation of Lustre; the first has 50, 100 and 200."""


def _sold(product: Product, term: Term) -> Sold | None:
    if term.kind != "OnDemand":
        return None
    if product["fileSystemType"] == "Lustre":
        return _lustre(product)
    system = _SYSTEMS.get(product["fileSystemType"])
    path, unit = _part(product) if system else ("", "")
    return Sold(f"aws/fsx/{system}/{path}", unit) if path else None


def _part(product: Product) -> tuple[str, str]:
    """Return the part of a file system that is sold, and its unit; empty texts where it is none of ours."""
    deployment, media = _DEPLOYMENTS.get(product["deploymentOption"]), _MEDIA.get(product["storageType"])
    if product.usage == "BackupUsage":
        return "backup", "GB-months"
    if product.family == "Provisioned Throughput" and deployment:
        return f"throughput/{deployment}", "MBps-months"
    if product.family == "Provisioned IOPS" and deployment == "single_az":
        return "iops", "IOPS-months"
    return (f"storage/{deployment}/{media}", "GB-months") if deployment and media and _is_stored(product) else ("", "")


def _lustre(product: Product) -> Sold | None:
    speed = product["throughputCapacity"]
    if not _is_stored(product) or product["storageType"] != "SSD" or speed not in _PERSISTENT_2:
        return None
    return Sold(f"aws/fsx/lustre/storage/persistent_2/ssd/{speed}_mbps_per_tib", "GB-months")


def _is_stored(product: Product) -> bool:
    return product.family == "Storage" and product.usage.startswith("Storage")


SERVICE = Service("fsx", (Query("AmazonFSx"),), _sold)
