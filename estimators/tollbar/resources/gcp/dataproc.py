"""Dataproc clusters: the service's fee by vCPU, and the Compute Engine machines and disks it runs on.

Sources: "Dataproc pricing"; defaults from the API reference: one master and two workers, 500 GB pd-standard each.
Secondary workers are preemptible unless told otherwise.
"""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resource import Attributes
from tollbar.resources.gcp.machine import Machines, accelerators, local_ssd, machine_size, machine_usage
from tollbar.resources.gcp.persistent_disk import disk_lines, disk_type_of
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_GROUPS = (
    ("master_config", "master", 1),
    ("worker_config", "worker", 2),
    ("preemptible_worker_config", "secondary worker", 0),
)
"""The blocks of a cluster's groups, what they are called, and how many machines they have by default."""
_DEFAULT_MACHINE_TYPE = "n1-standard-4"
_DEFAULT_DISK_GB = 500
_LOCAL_SSD_GB = 375


def dataproc_cluster(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the service's fee and the machines and disks of masters, workers and secondary workers."""
    told = usage.quantity("monthly_hrs")
    hours = told if told.is_known else usage.hours
    config = resource.attributes.block("cluster_config")
    primary_type = config.block("worker_config").get("machine_type")
    for block, part, usual in _GROUPS:
        group, default = config.block(block), usual
        if block == "preemptible_worker_config":
            group = Attributes({"machine_type": primary_type, **group.values})
        if block == "worker_config" and _is_single_node(config):
            default = 0
        yield from as_far_as_known(partial(_group, group, resource.region, hours, part, default), part)


def _is_single_node(config: Attributes) -> bool:
    """Whether the cluster may do without workers: then it has none unless their number is declared."""
    properties = config.block("software_config").block("override_properties")
    return properties.flag("dataproc:dataproc.allow.zero.workers")


def _group(
    group: Attributes, region: str | None, hours: Quantity, part: str, default: int
) -> Iterator[Component | Unpriced]:
    counted = group.known_number("num_instances")
    count = Quantity.fixed(Decimal(default) if counted is None else counted)
    if count.is_zero:
        return
    machine_type = (
        (group.text("machine_type", _DEFAULT_MACHINE_TYPE) or _DEFAULT_MACHINE_TYPE).rsplit("/", 1)[-1].lower()
    )
    secondary = part == "secondary worker"
    spot = secondary and group.text("preemptibility", "PREEMPTIBLE") != "NON_PREEMPTIBLE"
    machines = Machines(machine_type, region, hours, count, spot, part)
    yield from _fee(machines)
    yield from machine_usage(machines)
    for block in group.blocks("accelerators"):
        renamed = Attributes({"type": block.get("accelerator_type"), "count": block.get("accelerator_count")})
        yield from accelerators(machines, (renamed,))
    disk = group.block("disk_config")
    size = disk.known_number("boot_disk_size_gb") or Decimal(_DEFAULT_DISK_GB)
    yield from disk_lines(disk, disk_type_of(disk, "boot_disk_type"), size, region, count=count, part=part)
    yield from local_ssd(machines, (disk.known_number("num_local_ssds") or Decimal(0)) * _LOCAL_SSD_GB)


def _fee(machines: Machines) -> Iterator[Component | Unpriced]:
    size = machine_size(machines.machine_type)
    if size is None:
        yield Unpriced("price_not_found", f"the vCPUs of {machines.machine_type} are not known: no Dataproc fee")
        return
    key = PriceKey("gcp/dataproc/cluster/vcpu", machines.region)
    yield Component("Dataproc fee", machines.machine_hours * size.vcpus, "vCPU-hours", key, machines.part)


TYPES = (
    ResourceType(
        "google_dataproc_cluster",
        "compute",
        dataproc_cluster,
        usage_keys=(UsageKey("monthly_hrs", "Hours that the cluster runs in a month"),),
    ),
)
