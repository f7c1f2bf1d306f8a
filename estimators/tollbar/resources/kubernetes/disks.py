"""Volumes that are claimed: the disks of the cluster's cloud, by storage class.

Sources: the parameters of the CSI drivers of EBS, Compute Engine's persistent disks and Azure disks; the
storage classes that EKS, GKE and AKS come with, by their own pages. A class that nothing tells is billed at the
user's own rate or at OpenCost's default. Disks are sold by the whole GiB.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, NamedTuple

from tollbar.component import Component, Quantity, Unpriced
from tollbar.inputs.kubernetes.amount import EXPECTED, NotAQuantityError, gib
from tollbar.inputs.kubernetes.kinds import MANIFEST, STORAGE_CLASS, plain_type
from tollbar.resource import Attributes, Unknown, UnknownUntilApplyError
from tollbar.resources.kubernetes.cluster import cluster_of
from tollbar.resources.kubernetes.workload_types import DISK_KEYS, DISK_OPERATIONS, STANDARD_IO
from tollbar.resources.registry import ResourceType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.resources.kubernetes.cluster import Cluster
    from tollbar.usage import Usage

_CLASSES = {
    "aws": {"gp2": "gp2", "gp3": "gp3", "ebs-sc": "gp3", "auto-ebs-sc": "gp3", "io1": "io1", "io2": "io2"},
    "gcp": {
        "standard": "pd-standard",
        "standard-rwo": "pd-balanced",
        "premium-rwo": "pd-ssd",
        "dynamic-rwo": "pd-balanced",
    },
    "azure": {
        "default": "StandardSSD_LRS",
        "managed": "StandardSSD_LRS",
        "managed-csi": "StandardSSD_LRS",
        "managed-premium": "Premium_LRS",
        "managed-csi-premium": "Premium_LRS",
    },
}
"""The storage classes that clusters come with, by the disk type they make."""

_DEFAULTS = {"aws": "gp2", "gcp": "pd-balanced", "azure": "StandardSSD_LRS"}
"""What a claim without a class gets: gp2 of EKS, standard-rwo of GKE, default of AKS."""
_DRIVERS = {
    "ebs.csi.aws.com": ("aws", "gp3"),
    "ebs.csi.eks.amazonaws.com": ("aws", "gp3"),
    "kubernetes.io/aws-ebs": ("aws", "gp2"),
    "pd.csi.storage.gke.io": ("gcp", "pd-standard"),
    "kubernetes.io/gce-pd": ("gcp", "pd-standard"),
    "disk.csi.azure.com": ("azure", "StandardSSD_LRS"),
    "kubernetes.io/azure-disk": ("azure", "StandardSSD_LRS"),
}
"""The drivers of disks: their cloud, and the disk type they make where a class does not say."""
_TYPE_PARAMETERS = ("type", "skuName", "skuname", "storageAccountType", "storageaccounttype")
_SHARED_FILES = {
    "efs.csi.aws.com": "Amazon EFS bills what is stored, not what is claimed",
    "fsx.csi.aws.com": "Amazon FSx is billed by the file system's own settings",
    "filestore.csi.storage.gke.io": "Filestore bills instances of a tier's smallest size at least",
    "file.csi.azure.com": "Azure Files bills what is stored, not what is claimed",
}
_SHARED_CLASSES = {
    "efs-sc": "efs.csi.aws.com",
    "standard-rwx": "filestore.csi.storage.gke.io",
    "premium-rwx": "filestore.csi.storage.gke.io",
    "azurefile": "file.csi.azure.com",
    "azurefile-csi": "file.csi.azure.com",
    "azurefile-premium": "file.csi.azure.com",
    "azurefile-csi-premium": "file.csi.azure.com",
}
_ONE = Quantity.fixed(1)


def persistent_volume_claim(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the disk that is made for the claim, by its storage class."""
    yield from claim_lines(resource, resource.attributes.block("spec"), usage, inventory)


def claim_lines(
    resource: Resource,
    claim: Attributes,
    usage: Usage,
    inventory: Inventory,
    *,
    count: Quantity = _ONE,
    part: str | None = None,
) -> Iterator[Component | Unpriced]:
    """Yield the disks of ``count`` equal claims; ``claim`` is the specification of one.

    Raises:
        UnknownUntilApplyError: Its size or class is known only after apply.
    """
    value = claim.block("resources").block("requests").get("storage")
    if isinstance(value, Unknown):
        raise UnknownUntilApplyError("resources.requests.storage")
    try:
        size = gib(value)
    except NotAQuantityError as wrong:
        yield Unpriced("price_not_found", f"the storage that is claimed: {wrong}. {EXPECTED}")
        return
    cluster = cluster_of(resource)
    shared = _shared_files(resource, claim, inventory)
    if shared is not None and not cluster.has_own_rate("storage"):
        yield Unpriced("price_not_found", shared)
        return
    disk_type = None if cluster.has_own_rate("storage") else _disk_type(resource, claim, cluster, inventory)
    if disk_type is None:
        quantity = cluster.at_rate(count * size, "storage")
        yield Component("Storage", quantity, "GiB-months", cluster.rate("storage"), part)
        return
    declared = _storage_class(resource, claim.text("storageClassName", "") or "", inventory)
    parameters = declared.attributes.block("parameters") if declared else Attributes()
    disk = _Disk(disk_type, size.to_integral_value(ROUND_CEILING), parameters)
    yield from _disks(cluster, disk, usage, count, part)


class _Disk(NamedTuple):
    """A disk: the cloud's type, GiB, and the parameters of its storage class."""

    type: str
    size: Decimal
    parameters: Attributes

    @property
    def iops(self) -> Decimal | None:
        """The provisioned IOPS, as the EBS driver reads them."""
        per_gib = self.parameters.number("iopsPerGB")
        return per_gib * self.size if per_gib is not None else self.parameters.number("iops")


def _disks(
    cluster: Cluster, disk: _Disk, usage: Usage, count: Quantity, part: str | None
) -> Iterator[Component | Unpriced]:
    if cluster.cloud == "aws":
        from tollbar.resources.aws.block_storage import Volume, volume_lines  # noqa: PLC0415 -- only for AWS

        volume = Volume(disk.type, Quantity.fixed(disk.size), disk.iops, disk.parameters.number("throughput"))
        requests = usage.quantity(STANDARD_IO.name)
        yield from volume_lines(volume, cluster.region, io_requests=requests, count=count, part=part)
    elif cluster.cloud == "gcp":
        from tollbar.resources.gcp.persistent_disk import disk_lines  # noqa: PLC0415 -- only for Google Cloud

        yield from disk_lines(Attributes(), disk.type, disk.size, cluster.region, count=count, part=part)
    else:
        from tollbar.resources.azure.managed_disk import disk_lines as azure_lines  # noqa: PLC0415 -- only for Azure

        sized, operations = Attributes({"disk_size_gb": disk.size}), usage.quantity(DISK_OPERATIONS.name)
        yield from azure_lines(sized, disk.type, cluster.region, operations, count=count, part=part)


def _disk_type(resource: Resource, claim: Attributes, cluster: Cluster, inventory: Inventory) -> str | None:
    """Return the cloud's disk type that a claim gets, None where nothing tells one."""
    if cluster.cloud not in _CLASSES:
        return None
    name = claim.text("storageClassName", "") or ""
    if told_type := cluster.storage_classes.text(name):
        return told_type
    declared = _storage_class(resource, name, inventory)
    if declared is None:
        return _CLASSES[cluster.cloud].get(name) if name else _DEFAULTS[cluster.cloud]
    cloud, usual = _DRIVERS.get(_driver(declared), (None, ""))
    parameters = declared.attributes.block("parameters")
    told = next((parameters.text(key, "") for key in _TYPE_PARAMETERS if parameters.is_set(key)), "")
    return (told or usual) if cloud == cluster.cloud else None


def _shared_files(resource: Resource, claim: Attributes, inventory: Inventory) -> str | None:
    """Return why a claim of a shared file system has no price, None where it is for a disk."""
    name = claim.text("storageClassName", "") or ""
    declared = _storage_class(resource, name, inventory)
    return _SHARED_FILES.get(_driver(declared) if declared else _SHARED_CLASSES.get(name, ""))


def _driver(storage_class: Resource) -> str:
    return storage_class.attributes.text("provisioner", "") or ""


def _storage_class(resource: Resource, name: str, inventory: Inventory) -> Resource | None:
    """Return the storage class of a name, where it is declared."""
    found = inventory.referenced(resource, "storageClassName")
    if found is not None or not name:
        return found
    classes = inventory.of_type(STORAGE_CLASS, f"{STORAGE_CLASS}_v1", MANIFEST)
    return next(
        (
            candidate
            for candidate in classes
            if plain_type(candidate) == STORAGE_CLASS and candidate.attributes.block("metadata").literal("name") == name
        ),
        None,
    )


_CLAIM = "kubernetes_persistent_volume_claim"
TYPES = tuple(ResourceType(name, "storage", persistent_volume_claim, DISK_KEYS) for name in (_CLAIM, f"{_CLAIM}_v1"))
