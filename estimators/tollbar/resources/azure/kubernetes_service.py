"""Azure Kubernetes Service: the cluster's tier, and the nodes of its pools with their disks.

Source: "Azure Kubernetes Service (AKS) pricing": Standard costs $0.10 and Premium (with long-term support) $0.60
a cluster-hour, Free nothing; nodes are virtual machines. Node defaults from "Storage options for applications in
AKS": an OS disk of 128 GiB up to 7 vCPUs, 256 up to 15, 512 up to 63, else 1 TiB, on Premium SSD where the size can.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resource import Attributes
from tollbar.resources.azure.managed_disk import OPERATIONS, disk_lines
from tollbar.resources.azure.virtual_machine import Machines, machine_usage
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.traits import Readers
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_TIERS = {
    "standard": ("Uptime SLA", "uptime_sla"),
    "paid": ("Uptime SLA", "uptime_sla"),
    "premium": ("Premium tier with long-term support", "long_term_support"),
}
"""``Paid`` is what older versions of the provider call Standard."""
_SIZE = re.compile(
    r"(?P<edition>basic|standard)_(?P<family>[a-z]+)(?P<number>\d+)(-\d+)?(?P<features>[a-z]*)(_(?!v\d+$).*?)?(_v(?P<version>\d+))?",
    re.IGNORECASE,
)
_OLD_SIZE_VCPUS = {
    "a4": 8, "a5": 2, "a6": 4, "a7": 8, "a8": 8, "a9": 16, "a10": 8, "a11": 16,
    "d1": 1, "d2": 2, "d3": 4, "d4": 8, "d5": 16, "d11": 2, "d12": 4, "d13": 8, "d14": 16, "d15": 20,
    "g1": 2, "g2": 4, "g3": 8, "g4": 16, "g5": 32,
}  # fmt: skip
"""Sizes of the first and second generation, whose number is not that of their vCPUs."""
_OS_DISK_GIB = ((8, 128), (16, 256), (64, 512))
_LARGEST_OS_DISK_GIB = 1024


def kubernetes_cluster(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a cluster: its tier's hours, the nodes of its default pool, and what its load balancer processes."""
    attributes, region = resource.attributes, resource.region
    yield from as_far_as_known(lambda: _tier(attributes, usage, region))
    pool = attributes.block("default_node_pool")
    licence = attributes.block("windows_profile").text("license", "") or ""
    yield from as_far_as_known(
        lambda: _pool_lines(pool, usage, region, licence, "default_node_pool"), "default_node_pool"
    )
    yield from as_far_as_known(lambda: _network(attributes, usage, region))


def kubernetes_node_pool(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours and the disks of a pool's nodes, spot ones at the spot price."""
    cluster = inventory.referenced(resource, "kubernetes_cluster_id", "azurerm_kubernetes_cluster")
    licence = "" if cluster is None else cluster.attributes.block("windows_profile").text("license", "") or ""
    yield from _pool_lines(resource.attributes, usage, resource.region, licence, None)


def _tier(cluster: Attributes, usage: Usage, region: str | None) -> Iterator[Component]:
    """Yield the hours of a tier; the provider's default is Free."""
    tier = (cluster.text("sku_tier", "Free") or "Free").lower()
    if tier in _TIERS:
        name, meter = _TIERS[tier]
        yield Component(name, usage.hours, "hours", PriceKey(f"azure/aks/standard/{meter}", region))


def _network(cluster: Attributes, usage: Usage, region: str | None) -> Iterator[Component]:
    """Yield the standard load balancer's data (the provider's default SKU) and the zone of application routing."""
    balancer = cluster.block("network_profile").text("load_balancer_sku", "standard") or "standard"
    if balancer.lower() == "standard":
        processed = usage.quantity("load_balancer.monthly_data_processed_gb")
        key = PriceKey("azure/load_balancer/standard/data_processed", region)
        yield Component("Data processed", processed, "GB", key, "load_balancer")
    if cluster.flag("http_application_routing_enabled"):
        yield Component("Hosted zone", Quantity.fixed(1), "months", PriceKey("azure/dns/public/zone", region), "dns")


def _pool_lines(
    pool: Attributes, usage: Usage, region: str | None, licence: str, part: str | None
) -> Iterator[Component | Unpriced]:
    prefix = f"{part}." if part else ""
    size = pool.text("vm_size")
    if size is None:
        yield Unpriced("unknown_until_apply", f"{prefix}vm_size is not given")
        return
    told = usage.quantity(f"{prefix}nodes")
    nodes = told if told.is_known else _nodes(pool)
    hours = usage.quantity(f"{prefix}monthly_hrs")
    says_windows = f"{pool.text('os_type', 'Linux')} {pool.text('os_sku', '')}".lower()
    machines = Machines(
        size,
        "windows" if "windows" in says_windows else "linux",
        region,
        hours if hours.is_known else usage.hours,
        nodes,
        is_spot=(pool.text("priority", "Regular") or "").lower() == "spot",
        licence=licence,
    )
    for line in machine_usage(machines):
        yield Component(line.name, line.quantity, line.unit, line.price, part)
    operations = usage.quantity(f"{prefix}os_disk.monthly_disk_operations")
    yield from as_far_as_known(lambda: _os_disk(pool, machines, operations, f"{prefix}os_disk"))
    if pool.flag("node_public_ip_enabled") or pool.flag("enable_node_public_ip"):
        key = PriceKey("azure/public_ip/ipv4/static/standard", region)
        yield Component("IP address of each node", machines.hours * nodes, "hours", key, part)


def _nodes(pool: Attributes) -> Quantity:
    """Return the nodes as declared and as far as the autoscaler may go; one where nothing is said."""
    declared, low, high = (pool.known_number(name) for name in ("node_count", "min_count", "max_count"))
    if low is None and high is None:
        return Quantity.fixed(Decimal(1) if declared is None else declared)
    least = low or Decimal(0)
    expected = max(least if declared is None else declared, least)
    return Quantity.between(least, expected, max(expected, high or least))


def _os_disk(pool: Attributes, machines: Machines, operations: Quantity, part: str) -> Iterator[Component]:
    """Yield the nodes' OS disks; ephemeral ones live on the host and cost nothing."""
    if (pool.text("os_disk_type", "Managed") or "Managed").lower() == "ephemeral":
        return
    size = pool.known_number("os_disk_size_gb") or Decimal(default_os_disk_gib(machines.size))
    disk = Attributes({"disk_size_gb": size})
    kind = "Premium_LRS" if can_hold_premium_disks(machines.size) else "Standard_LRS"
    yield from disk_lines(disk, kind, machines.region, operations, count=machines.count, part=part)


def default_os_disk_gib(size: str) -> int:
    """Return the GiB of a node's OS disk that nobody sized, by the vCPUs that the size's name tells."""
    match = _SIZE.fullmatch(size)
    if match is None:
        return _OS_DISK_GIB[0][1]
    family = match["family"].lower().removesuffix("s")
    is_old = match["version"] is None or (match["version"] == "2" and family == "d")
    old = _OLD_SIZE_VCPUS.get(f"{family}{match['number']}") if is_old else None
    vcpus = int(match["number"]) if old is None else old
    return next((gib for below, gib in _OS_DISK_GIB if vcpus < below), _LARGEST_OS_DISK_GIB)


def can_hold_premium_disks(size: str) -> bool:
    """Return whether a size takes Premium SSDs: those with an s in their name, and all burstable ones."""
    match = _SIZE.match(size)
    if match is None or match["edition"].lower() == "basic":
        return False
    family = match["family"].lower()
    return family == "b" or family.endswith("s") or "s" in match["features"].lower()


_NODE_KEYS = (
    UsageKey("nodes", "Nodes that run"),
    UsageKey("monthly_hrs", "Hours that each node runs in a month"),
    UsageKey("os_disk.monthly_disk_operations", OPERATIONS, (100_000, 1_000_000, 10_000_000)),
)
_CLUSTER_KEYS = (
    UsageKey("load_balancer.monthly_data_processed_gb", "GB that the load balancer processes a month", (10, 100, 1000)),
    *(UsageKey(f"default_node_pool.{key.name}", key.description, key.assumed) for key in _NODE_KEYS),
)


def _bounds(block: str) -> Readers:
    """Return the readers of how few and how many nodes a pool may have; without autoscaling as many as it has."""

    def pool_of(resource: Resource) -> Attributes:
        return resource.attributes.block(block) if block else resource.attributes

    return Readers(
        replicas_min=lambda resource, _usage, _inventory: _nodes(pool_of(resource)).low,
        replicas_max=lambda resource, _usage, _inventory: _nodes(pool_of(resource)).high,
        autoscaling=lambda resource, _usage, _inventory: pool_of(resource).is_set("max_count"),
    )


TYPES = (
    ResourceType(
        "azurerm_kubernetes_cluster",
        "container",
        kubernetes_cluster,
        _CLUSTER_KEYS,
        traits=_bounds("default_node_pool"),
    ),
    ResourceType(
        "azurerm_kubernetes_cluster_node_pool",
        "container",
        kubernetes_node_pool,
        _NODE_KEYS,
        "vm_size",
        traits=_bounds(""),
    ),
)
