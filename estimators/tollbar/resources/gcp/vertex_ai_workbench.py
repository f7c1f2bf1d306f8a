"""Vertex AI Workbench: notebook instances, and the older user-managed notebooks.

Source: "Vertex AI pricing". N1 machines of Workbench have prices by vCPU and memory; others are charged by Compute
Engine and for management. User-managed notebooks pay Compute Engine and a fee by vCPU and GPU. Defaults from the
API references: boot disks of 150 GB (Workbench) and 100 GB, data disks of 100 GB, pd-standard.
"""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resource import Attributes
from tollbar.resources.gcp.machine import Machines, accelerators, machine_size, machine_usage
from tollbar.resources.gcp.persistent_disk import disk_lines
from tollbar.resources.gcp.sustained_use import machine_series
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_DEFAULT_DATA_GB = 100
_WORKBENCH_BOOT_GB = 150
_NOTEBOOK_BOOT_GB = 100
_ONE = Quantity.fixed(1)
_STANDARD_GPUS = ("nvidia-tesla-k80", "nvidia-tesla-p4", "nvidia-tesla-t4")
_FEE = "gcp/vertex_ai/notebooks/management_fee"


def workbench_instance(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the machine, GPUs and disks of a Workbench instance; a stopped one bills its disks only."""
    setup = resource.attributes.block("gce_setup")
    if resource.attributes.text("desired_state", "ACTIVE") != "STOPPED":
        yield from as_far_as_known(lambda: _workbench_machine(setup, resource.region, usage), "gce_setup")
    yield from as_far_as_known(
        lambda: _disk(setup.block("boot_disk"), "boot_disk", resource.region, _WORKBENCH_BOOT_GB)
    )
    for number, disk in enumerate(setup.blocks("data_disks")):
        yield from as_far_as_known(partial(_disk, disk, f"data_disks[{number}]", resource.region, _DEFAULT_DATA_GB))


def notebooks_instance(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the machine, GPUs and disks of a user-managed notebook, and its management fee."""
    attributes = resource.attributes
    if attributes.text("desired_state", "ACTIVE") != "STOPPED":
        yield from as_far_as_known(lambda: _notebook_machine(attributes, resource.region, usage))
    yield from as_far_as_known(
        lambda: _sized_disk("boot_disk", attributes, "boot_disk_type", "boot_disk_size_gb", resource.region)
    )
    if not attributes.flag("no_remove_data_disk") or attributes.is_set("data_disk_size_gb"):
        yield from as_far_as_known(
            lambda: _sized_disk("data_disk", attributes, "data_disk_type", "data_disk_size_gb", resource.region)
        )


def _workbench_machine(setup: Attributes, region: str | None, usage: Usage) -> Iterator[Component | Unpriced]:
    machine_type = setup.text("machine_type")
    if machine_type is None:
        yield Unpriced("unknown_until_apply", "gce_setup gives no machine_type")
        return
    machines = _machines(machine_type, region, usage)
    size = machine_size(machines.machine_type)
    if machine_series(machines.machine_type) == "n1" and size is not None:
        key = PriceKey("gcp/vertex_ai/workbench/n1_vcpu", region)
        yield Component(f"Workbench vCPUs ({machines.machine_type})", machines.hours * size.vcpus, "vCPU-hours", key)
        key = PriceKey("gcp/vertex_ai/workbench/n1_memory", region)
        yield Component(
            f"Workbench memory ({machines.machine_type})", machines.hours * size.memory_gib, "GiB-hours", key
        )
    else:
        yield from machine_usage(machines)
        key = PriceKey(f"gcp/vertex_ai/workbench/{machine_series(machines.machine_type)}_management_fee", region)
        yield Component("Workbench management fee", machines.hours, "hours", key)
    for block in setup.blocks("accelerator_configs"):
        yield from accelerators(machines, (_accelerator(block),))


def _notebook_machine(attributes: Attributes, region: str | None, usage: Usage) -> Iterator[Component | Unpriced]:
    machine_type = attributes.text("machine_type")
    if machine_type is None:
        yield Unpriced("unknown_until_apply", "machine_type is not given")
        return
    machines = _machines(machine_type, region, usage)
    yield from machine_usage(machines)
    size = machine_size(machines.machine_type)
    if size is not None:
        yield Component(
            "Management fee (vCPUs)", machines.hours * size.vcpus, "vCPU-hours", PriceKey(f"{_FEE}/vcpu", region)
        )
    for block in attributes.blocks("accelerator_config"):
        gpu = _accelerator(block)
        yield from accelerators(machines, (gpu,))
        count = gpu.number("count")
        if count is not None:
            kind = "standard_gpu" if gpu.text("type", "") in _STANDARD_GPUS else "premium_gpu"
            key = PriceKey(f"{_FEE}/{kind}", region)
            yield Component("Management fee (GPUs)", machines.hours * count, "GPU-hours", key)


def _machines(machine_type: str, region: str | None, usage: Usage) -> Machines:
    told = usage.quantity("monthly_hrs")
    hours = told if told.is_known else usage.hours
    return Machines(machine_type.rsplit("/", 1)[-1].lower(), region, hours, _ONE)


def _accelerator(block: Attributes) -> Attributes:
    """Return a GPU block as Compute Engine writes it: type ``nvidia-tesla-t4`` of NVIDIA_TESLA_T4, and count."""
    name = (block.text("type", "") or "").lower().replace("_", "-")
    return Attributes({"type": name, "count": block.get("core_count")})


def _disk(disk: Attributes, part: str, region: str | None, default_gb: int) -> Iterator[Component]:
    size = disk.known_number("disk_size_gb") or Decimal(default_gb)
    yield from disk_lines(disk, _disk_type(disk, "disk_type"), size, region, part=part)


def _sized_disk(
    part: str, attributes: Attributes, type_attribute: str, size_attribute: str, region: str | None
) -> Iterator[Component]:
    size = attributes.known_number(size_attribute) or Decimal(_NOTEBOOK_BOOT_GB)
    yield from disk_lines(Attributes(), _disk_type(attributes, type_attribute), size, region, part=part)


def _disk_type(attributes: Attributes, name: str) -> str:
    declared = (attributes.text(name, "") or "").lower().replace("_", "-")
    return "pd-standard" if declared in {"", "disk-type-unspecified"} else declared


_KEYS = (UsageKey("monthly_hrs", "Hours that the instance runs in a month"),)

TYPES = (
    ResourceType(
        "google_notebooks_instance", "compute", notebooks_instance, usage_keys=_KEYS, size_attribute="machine_type"
    ),
    ResourceType("google_workbench_instance", "compute", workbench_instance, usage_keys=_KEYS),
)
