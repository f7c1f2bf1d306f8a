"""AlloyDB for PostgreSQL: vCPUs and memory of instances, storage and backups of clusters.

Source: "AlloyDB for PostgreSQL pricing". A machine has 8 GiB a vCPU. A highly available (``REGIONAL``, the default)
primary instance runs twice.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.traits import Readers
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.traits import Redundancy
    from tollbar.usage import Usage

_GIB_PER_VCPU = 8
_MACHINE_VCPUS = re.compile(r"-highmem-(\d+)")


def alloydb_cluster(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the GB that a cluster stores and the GB of its backups."""
    key = PriceKey("gcp/alloydb/storage", resource.region)
    yield Component("Storage", usage.quantity("storage_gb"), "GB-months", key)
    key = PriceKey("gcp/alloydb/backup", resource.region)
    yield Component("Backups", usage.quantity("backup_storage_gb"), "GB-months", key)


def alloydb_backup(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the GB that a backup of its own keeps."""
    key = PriceKey("gcp/alloydb/backup", resource.region)
    yield Component("Backups", usage.quantity("backup_storage_gb"), "GB-months", key)


def alloydb_instance(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the vCPU and memory hours of an instance's machines; a stopped one bills none."""
    attributes = resource.attributes
    if attributes.text("activation_policy", "ALWAYS") == "NEVER":
        return
    vcpus = _vcpus(attributes.block("machine_config"))
    if vcpus is None:
        yield Unpriced("unknown_until_apply", "machine_config gives no cpu_count")
        return
    cluster = inventory.referenced(resource, "cluster", "google_alloydb_cluster")
    region = resource.region if cluster is None else cluster.region
    hours = usage.hours * _machines(attributes)
    key = PriceKey("gcp/alloydb/vcpu", region)
    yield Component(f"vCPUs ({vcpus.normalize():f})", hours * vcpus, "vCPU-hours", key)
    memory = vcpus * _GIB_PER_VCPU
    key = PriceKey("gcp/alloydb/memory", region)
    yield Component(f"Memory ({memory.normalize():f} GiB)", hours * memory, "GiB-hours", key)


def _machines(attributes: Attributes) -> Decimal:
    if attributes.text("instance_type", "PRIMARY") == "READ_POOL":
        return attributes.block("read_pool_config").number("node_count", 1) or Decimal(1)
    return Decimal(1 if attributes.text("availability_type", "REGIONAL") == "ZONAL" else 2)


def _vcpus(machine: Attributes) -> Decimal | None:
    counted = machine.known_number("cpu_count")
    named = _MACHINE_VCPUS.search(machine.text("machine_type", "") or "")
    return Decimal(named[1]) if counted is None and named else counted


def _own_vcpus(instance: Resource, _usage: Usage, _inventory: Inventory) -> Decimal | None:
    return _vcpus(instance.attributes.block("machine_config"))


def _redundancy(instance: Resource, _usage: Usage, _inventory: Inventory) -> Redundancy:
    return "zone" if instance.attributes.text("availability_type", "REGIONAL") == "ZONAL" else "multi_zone"


TYPES = (
    ResourceType(
        "google_alloydb_backup",
        "database",
        alloydb_backup,
        usage_keys=(UsageKey("backup_storage_gb", "GB that the backup keeps", (10, 100, 1000)),),
    ),
    ResourceType(
        "google_alloydb_cluster",
        "database",
        alloydb_cluster,
        usage_keys=(
            UsageKey("storage_gb", "GB that the databases store", (10, 100, 1000)),
            UsageKey("backup_storage_gb", "GB of backups that are kept"),
        ),
    ),
    ResourceType(
        "google_alloydb_instance",
        "database",
        alloydb_instance,
        traits=Readers(vcpus=_own_vcpus, redundancy=_redundancy),
    ),
)
