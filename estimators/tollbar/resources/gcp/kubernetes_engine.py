"""Google Kubernetes Engine: the cluster's fee, its nodes, and Autopilot's pods.

Sources: "Google Kubernetes Engine pricing"; node defaults from the API reference (``NodeConfig``:
e2-medium, 100 GB, pd-standard). A regional cluster runs its node counts in each of its zones, three
unless ``node_locations`` says otherwise. A cluster with ``node_pool`` blocks has no default pool.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resource import Attributes
from tollbar.resources.gcp.machine import Machines, accelerators, licence_usage, local_ssd, machine_usage
from tollbar.resources.gcp.persistent_disk import disk_lines, disk_type_of
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.traits import Readers
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_ZONES_OF_A_REGION = 3
_DEFAULT_NODES = 3
_DEFAULT_MACHINE_TYPE = "e2-medium"
_DEFAULT_DISK_GB = 100
_LOCAL_SSD_GB = 375
_HYPERDISKS_ONLY = ("c4", "n4")
"""Machine series that no Persistent Disk can be attached to: their default is hyperdisk-balanced."""
_COUNTED_NODE_POOLS = 20
"""Of so many ``node_pool`` blocks of one cluster a usage file may tell the nodes."""


def container_cluster(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a cluster: fee, and the nodes of its default pool or of its ``node_pool`` blocks; or Autopilot."""
    attributes = resource.attributes
    if attributes.flag("enable_autopilot"):
        yield from _autopilot(resource, usage)
        return
    region = _region(attributes.text("location", "") or "", resource)
    key = PriceKey("gcp/gke/cluster_management", region)
    yield Component("Cluster management fee", usage.hours, "hours", key)
    pools = attributes.blocks("node_pool")
    zones = _zones(attributes, attributes.text("location", "") or "")
    for number, pool in enumerate(pools):
        told = usage.quantity(f"node_pool[{number}].nodes") if number < _COUNTED_NODE_POOLS else Quantity.unknown()
        nodes = _nodes(pool, told, len(pool.texts("node_locations")) or zones)
        yield from _node_lines(pool.block("node_config"), region, usage.hours, nodes, f"node_pool[{number}]")
    if not pools and not attributes.flag("remove_default_node_pool"):
        nodes = _nodes(attributes, usage.quantity("nodes"), zones)
        yield from _node_lines(attributes.block("node_config"), region, usage.hours, nodes, "default_pool")


def container_node_pool(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the machines, GPUs and disks of a pool's nodes; its zones are its own or those of its cluster."""
    attributes = resource.attributes
    cluster = inventory.referenced(resource, "cluster", "google_container_cluster")
    of_cluster = None if cluster is None else cluster.attributes
    if of_cluster is None and not attributes.text("location", "") and not attributes.texts("node_locations"):
        yield Unpriced(
            "unknown_until_apply", "the pool's cluster is not declared in this project: its zones are not known"
        )
        return
    location = attributes.text("location", "") or (of_cluster or attributes).text("location", "") or ""
    zones = len(attributes.texts("node_locations")) or _zones(of_cluster or attributes, location)
    nodes = _nodes(attributes, usage.quantity("nodes"), zones)
    region = _region(location, resource)
    yield from _node_lines(attributes.block("node_config"), region, usage.hours, nodes, None)


def _autopilot(resource: Resource, usage: Usage) -> Iterator[Component]:
    """Yield an Autopilot cluster: its fee, and what its pods request at any time."""
    region = _region(resource.attributes.text("location", "") or "", resource)
    yield Component("Autopilot", usage.hours, "hours", PriceKey("gcp/gke/cluster_management", region))
    lines = (
        ("Autopilot vCPU", "autopilot_vcpu_count", "vCPU-hours", "vcpu"),
        ("Autopilot memory", "autopilot_memory_gb", "GiB-hours", "memory"),
        ("Autopilot ephemeral storage", "autopilot_ephemeral_storage_gb", "GiB-hours", "ephemeral_storage"),
    )
    for name, usage_key, unit, what in lines:
        key = PriceKey(f"gcp/gke/autopilot/{what}", region)
        yield Component(name, usage.quantity(usage_key) * usage.hours, unit, key)


def _zones(cluster: Attributes, location: str) -> int:
    """Return in how many zones a cluster (or a pool with a location of its own) runs its node counts."""
    zones = set(cluster.texts("node_locations"))
    if _is_zone(location):
        return len(zones | {location})
    return len(zones) or _ZONES_OF_A_REGION


def _region(location: str, resource: Resource) -> str | None:
    if not location:
        return resource.region
    return location.rsplit("-", 1)[0] if _is_zone(location) else location


def _is_zone(location: str) -> bool:
    """Whether a location is a zone (us-central1-a), not a region (us-central1)."""
    return len(location.rsplit("-", 1)[-1]) == 1


def _nodes(pool: Attributes, told: Quantity, zones: int) -> Quantity:
    """Return the nodes in all zones: as told, as declared, as the autoscaler may, else the vendor's default.

    The autoscaler's ``total_…`` limits hold for all zones together; every other number is one zone's.
    """
    if told.is_known:
        return told * zones
    scaling = pool.block("autoscaling")
    is_total = scaling.is_set("total_max_node_count") or scaling.is_set("total_min_node_count")
    prefix, per = ("total_", 1) if is_total else ("", zones)
    low, high = scaling.known_number(f"{prefix}min_node_count"), scaling.known_number(f"{prefix}max_node_count")
    declared = pool.known_number("node_count")
    if declared is None and low is not None:
        return Quantity.between(low, low, max(low, high or low)) * per
    if declared is None:
        declared = pool.known_number("initial_node_count")
    nodes = (Decimal(_DEFAULT_NODES) if declared is None else declared) * zones
    return Quantity.fixed(nodes) if high is None else Quantity.between(0, nodes, max(nodes, high * per))


def _node_lines(
    config: Attributes, region: str | None, hours: Quantity, nodes: Quantity, part: str | None
) -> Iterator[Component | Unpriced]:
    yield from as_far_as_known(lambda: _node_machines(config, region, hours, nodes, part))
    yield from as_far_as_known(lambda: _node_disk(config, region, nodes, part))


def _node_machines(
    config: Attributes, region: str | None, hours: Quantity, nodes: Quantity, part: str | None
) -> Iterator[Component | Unpriced]:
    machine_type = config.text("machine_type", _DEFAULT_MACHINE_TYPE) or _DEFAULT_MACHINE_TYPE
    spot = config.flag("spot") or config.flag("preemptible")
    machines = Machines(machine_type.lower(), region, hours, nodes, spot, part)
    yield from machine_usage(machines)
    yield from as_far_as_known(lambda: licence_usage(machines, "windows" if _is_windows(config) else None))
    yield from as_far_as_known(lambda: accelerators(machines, config.blocks("guest_accelerator")))
    yield from as_far_as_known(lambda: local_ssd(machines, _local_ssds(config) * _LOCAL_SSD_GB))


def _is_windows(config: Attributes) -> bool:
    return (config.text("image_type", "") or "").upper().startswith("WINDOWS")


def _node_disk(
    config: Attributes, region: str | None, nodes: Quantity, part: str | None
) -> Iterator[Component | Unpriced]:
    disk = Attributes({**config.values, **_set_values(config.block("boot_disk"))})
    disk_gb = disk.known_number("size_gb") or disk.known_number("disk_size_gb") or Decimal(_DEFAULT_DISK_GB)
    disk_type = disk_type_of(disk, "disk_type")
    if not disk.names_something("disk_type") and _takes_hyperdisks_only(config):
        disk_type = "hyperdisk-balanced"
    yield from disk_lines(disk, disk_type, disk_gb, region, count=nodes, part=part)


def _takes_hyperdisks_only(config: Attributes) -> bool:
    return (config.text("machine_type", "") or "").lower().startswith(_HYPERDISKS_ONLY)


def _set_values(block: Attributes) -> dict[str, Any]:
    return {name: value for name, value in block.values.items() if block.is_set(name) and value not in ("", 0)}


def _local_ssds(config: Attributes) -> Decimal:
    blocks = ("ephemeral_storage_local_ssd_config", "local_nvme_ssd_block_config", "ephemeral_storage_config")
    counts = [config, *(config.block(name) for name in blocks)]
    return sum((block.known_number("local_ssd_count") or Decimal(0) for block in counts), Decimal(0))


_NODES = UsageKey("nodes", "Nodes of the pool in each zone")


def _zones_of_pool(pool: Resource, inventory: Inventory) -> int | None:
    """Return in how many zones a pool has its nodes, None where only its cluster tells and that is not declared."""
    attributes = pool.attributes
    cluster = inventory.referenced(pool, "cluster", "google_container_cluster")
    if own := len(attributes.texts("node_locations")):
        return own
    location = attributes.text("location", "") or ""
    if cluster is None:
        return _zones(attributes, location) if location else None
    return _zones(cluster.attributes, location or cluster.attributes.text("location", "") or "")


def _bound(pool: Resource, inventory: Inventory, which: str) -> Decimal | None:
    """Return the fewest or the most nodes in all zones: of the autoscaling, else as many as there are."""
    scaling = pool.attributes.block("autoscaling")
    total = scaling.known_number(f"total_{which}_node_count")
    if total is not None:
        return total
    zones = _zones_of_pool(pool, inventory)
    if zones is None:
        return None
    of_a_zone = scaling.known_number(f"{which}_node_count")
    if of_a_zone is None and not scaling.values:
        nodes = _nodes(pool.attributes, Quantity.unknown(), zones)
        return nodes.low
    return None if of_a_zone is None else of_a_zone * zones


def _fewest(pool: Resource, _usage: Usage, inventory: Inventory) -> Decimal | None:
    return _bound(pool, inventory, "min")


def _most(pool: Resource, _usage: Usage, inventory: Inventory) -> Decimal | None:
    return _bound(pool, inventory, "max")


def _is_autoscaled(pool: Resource, _usage: Usage, _inventory: Inventory) -> bool:
    return bool(pool.attributes.blocks("autoscaling"))


TYPES = (
    ResourceType(
        "google_container_cluster",
        "container",
        container_cluster,
        usage_keys=(
            UsageKey("nodes", "Nodes of the default pool in each zone"),
            *(
                UsageKey(f"node_pool[{number}].nodes", f"Nodes of node_pool block {number} in each zone")
                for number in range(_COUNTED_NODE_POOLS)
            ),
            UsageKey("autopilot_vcpu_count", "vCPUs that Autopilot's pods request at any time", (1, 4, 16)),
            UsageKey("autopilot_memory_gb", "GiB of memory that Autopilot's pods request at any time", (4, 16, 64)),
            UsageKey("autopilot_ephemeral_storage_gb", "GiB of ephemeral storage of Autopilot's pods", (1, 10, 100)),
        ),
    ),
    ResourceType(
        "google_container_node_pool",
        "container",
        container_node_pool,
        usage_keys=(_NODES,),
        traits=Readers(replicas_min=_fewest, replicas_max=_most, autoscaling=_is_autoscaled),
    ),
)
