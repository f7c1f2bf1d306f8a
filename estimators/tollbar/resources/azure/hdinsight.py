"""HDInsight clusters of every kind: the hours of their nodes by size, and the disks of Kafka's worker nodes.

Source: "HDInsight pricing" and "Default node configuration and virtual machine sizes for clusters". A node costs its
virtual machine and the HDInsight charge in one price. A cluster has two head nodes and three ZooKeeper nodes,
always; how many worker and edge nodes there are is declared. Kafka's disks are of 1 TB, Premium in Premium clusters.
"""

from __future__ import annotations

import re
from decimal import Decimal
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

_PATH = "azure/hdinsight"
_HEAD_NODES = Quantity.fixed(2)
_ZOOKEEPER_NODES = Quantity.fixed(3)


def cluster(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of a cluster's head, worker, ZooKeeper and edge nodes, and the disks of Kafka's workers."""
    roles = resource.attributes.block("roles")
    workers = "Region nodes" if "hbase" in resource.type else "Worker nodes"
    for name, block in (
        ("Head nodes", "head_node"),
        (workers, "worker_node"),
        ("ZooKeeper nodes", "zookeeper_node"),
        ("Edge nodes", "edge_node"),
        ("Kafka management nodes", "kafka_management_node"),
    ):
        yield from as_far_as_known(partial(_nodes, resource, usage, name, block), block)
    if "kafka" in resource.type:
        yield from as_far_as_known(lambda: _disks(resource, usage, roles.block("worker_node")), "worker_node")


def _nodes(cluster: Resource, usage: Usage, name: str, block: str) -> Iterator[Component]:
    for role in cluster.attributes.block("roles").blocks(block):
        size = _size(role.text("vm_size") or "")
        hours = usage.hours * _count(role, block)
        key = PriceKey(f"{_PATH}/node/{size.lower()}", cluster.region)
        yield Component(f"{name} ({size})", hours, "hours", key)


def _count(role: Attributes, block: str) -> Quantity:
    """Return how many nodes a role has; workers may be scaled by load."""
    if block == "head_node":
        return _HEAD_NODES
    if block == "zookeeper_node":
        return _ZOOKEEPER_NODES
    declared = role.number("target_instance_count", 1) or Decimal(1)
    capacity = role.block("autoscale").block("capacity")
    low, high = (capacity.known_number(f"{end}_instance_count") for end in ("min", "max"))
    if low is None or high is None:
        return Quantity.fixed(declared)
    return Quantity.between(low, min(max(declared, low), high), high)


def _size(vm_size: str) -> str:
    """Return a size's full name: older ones are declared without ``Standard_``."""
    return vm_size if re.match(r"(standard|basic)_", vm_size, re.IGNORECASE) else f"Standard_{vm_size}"


def _disks(cluster: Resource, usage: Usage, workers: Attributes) -> Iterator[Component]:
    tier = (cluster.attributes.text("tier") or "Standard").lower()
    each = workers.number("number_of_disks_per_node", 1) or Decimal(1)
    disks = _count(workers, "worker_node") * each
    key = PriceKey(f"{_PATH}/managed_disk/{tier}", cluster.region)
    yield Component(f"Managed disks ({tier})", disks, "months", key)
    operations = usage.quantity("monthly_os_disk_operations") * disks
    key = PriceKey(f"{_PATH}/managed_disk/disk_operations", cluster.region)
    yield Component("Disk operations", operations, "operations", key)


_KAFKA_KEYS = (
    UsageKey("monthly_os_disk_operations", "Operations on each managed disk a month", (100_000, 1_000_000, 10_000_000)),
)

TYPES = tuple(
    ResourceType(f"azurerm_hdinsight_{kind}_cluster", "compute", cluster, _KAFKA_KEYS if kind == "kafka" else ())
    for kind in ("hadoop", "hbase", "interactive_query", "kafka", "spark")
)
