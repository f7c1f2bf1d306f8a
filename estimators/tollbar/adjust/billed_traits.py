"""Traits that a bill tells, whatever type of resource has it: its machine, how that is bought, and its disks.

What a price's path tells is worked out once for each path: a project has far fewer of them than lines.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from tollbar.adjust.machine_facts import machine_facts
from tollbar.adjust.previous_generation import is_previous_generation
from tollbar.price import cloud_of
from tollbar.resources.azure.managed_disk import tier_gib
from tollbar.resources.gcp.machine import custom_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tollbar.component import Component
    from tollbar.resource import Cloud

PurchaseOption = Literal["on_demand", "spot"]

_HOURLY = frozenset({"hours", "vCPU-hours", "GiB-hours"})
_SPOT = frozenset({"spot", "preemptible", "standard_spot"})
_ON_DEMAND = frozenset({"on_demand", "sustained_use"})
_OTHER_OPTIONS = ("reserved", "capacity_block", "capacity-block")
_BY_THE_VCPU = (
    *("gcp/compute/custom_vcpu/", "aws/fargate/"),
    *("kubernetes/aws/", "kubernetes/azure/", "kubernetes/gcp/"),
)
"""Machines that are sold by their vCPUs and GiB, not as types."""
_GOOGLE_GPU = "gcp/compute/gpu/"
_SIZE_IN_AZURE_SERVICES = re.compile(r"(?:b|gp|mo)_(?=standard_)")
"""What stands before the machine type in the SKUs of Azure's database servers."""
_STORAGE = re.compile(
    r"aws/ebs/storage/(?P<ebs>[a-z0-9]+)"
    r"|aws/rds/storage/\w+/(?P<rds>gp2|gp3|io1|io2|standard)"
    r"|gcp/compute/disk/(?:zonal|regional)/(?P<google>[a-z-]+)"
    r"|gcp/cloud_sql/storage/(?P<google_sql>hdd|ssd)/\w+"
    r"|azure/managed_disk/(?P<azure>premium_ssd|standard_ssd|standard_hdd)/(?P<redundancy>lrs|zrs)/(?P<tier>[pes]\d+)"
    r"|azure/managed_disk/(?P<azure_by_gib>ultra_disk|premium_ssd_v2)/capacity"
)
_AZURE_CLASSES = {
    "premium_ssd": "Premium",
    "standard_ssd": "StandardSSD",
    "standard_hdd": "Standard",
    "ultra_disk": "UltraSSD_LRS",
    "premium_ssd_v2": "PremiumV2_LRS",
}


class _Disk(NamedTuple):
    """A class of disks, and how many GiB one of what is counted has."""

    storage_class: str
    gib: int


def billed_traits(cloud: Cloud, size: str | None, components: Sequence[Component]) -> dict[str, Any]:
    """Return the traits that a bill and the declared machine type tell, without those that are not known.

    Pods are billed by shares of other machines: only their disks are their own.
    Of disks of several classes the class with the most GiB counts, with the GiB of that class.
    """
    found: dict[str, Any] = {}
    if cloud != "kubernetes" or size is not None:
        name = billed_machine(components)
        if name is not None:
            found.update(_machine_traits(name))
        elif size is not None:
            found.update(_declared_traits(cloud, size))
        if "vcpus" in found and "gpu" not in found:
            found.update(_attached_gpus(components))
    found.update(_storage_traits(components))
    return found


def purchase_option(components: Iterable[Component], *, is_machine: bool) -> PurchaseOption | None:
    """Return how machines are bought; None of a mixture, of what is reserved, and of what is no machine or stopped."""
    options: set[PurchaseOption | None] = set()
    has_hours = False
    for line in components:
        if line.unit in _HOURLY:
            has_hours = True
            options |= _options_of(line.price.path)
    if not options:
        return "on_demand" if is_machine and has_hours else None
    return options.pop() if len(options) == 1 else None


def billed_machine(components: Iterable[Component]) -> str | None:
    """Return the one machine type that a bill has hours of, by the service's name of it; None where it has several."""
    sizes = {name for line in components if line.unit == "hours" and (name := _machine_in(line.price.path)) is not None}
    return sizes.pop() if len(sizes) == 1 else None


@cache
def _machine_in(path: str) -> str | None:
    name = path.rpartition("/")[2]
    return name if machine_facts(cloud_of(path), name)[0] is not None else None


@cache
def _machine_traits(name: str) -> Mapping[str, Any]:
    for cloud in ("aws", "azure", "gcp"):
        machine = machine_facts(cloud, name)[0]
        if machine is not None:
            found: dict[str, Any] = {"vcpus": machine.vcpus, "memory_gib": machine.memory_gib}
            if machine.gpu:
                found |= {"gpu": machine.gpu, "gpus": machine.gpus}
            return found | {"previous_generation": is_previous_generation(cloud, name)}
    return {}


@cache
def _declared_traits(cloud: Cloud, size: str) -> Mapping[str, Any]:
    """Return what a declared size tells, of which a service may have a name of its own; nothing of an unknown one."""
    name = size.rsplit("/", 1)[-1]
    if cloud == "azure":
        name = _SIZE_IN_AZURE_SERVICES.sub("", name.lower(), count=1)
    if machine_facts(cloud, name)[0] is not None:
        return _machine_traits(name)
    custom = custom_type(name) if cloud == "gcp" else None
    if custom is None:
        return {}
    memory_gib, is_previous = custom.memory + custom.extended_memory, is_previous_generation(cloud, name)
    return {"vcpus": custom.vcpus, "memory_gib": memory_gib, "previous_generation": is_previous}


def _attached_gpus(components: Iterable[Component]) -> dict[str, Any]:
    """Return the GPUs of a Google Cloud machine that are billed beside it."""
    attached = next((line for line in components if line.price.path.startswith(_GOOGLE_GPU)), None)
    if attached is None:
        return {}
    found: dict[str, Any] = {"gpu": attached.price.path.rpartition("/")[2]}
    of_machine = (
        line.quantity.expected for line in components if line.unit == "hours" and _machine_in(line.price.path)
    )
    hours = next(of_machine, None)
    if hours and attached.quantity.expected:
        found["gpus"] = attached.quantity.expected / hours
    return found


@cache
def _options_of(path: str) -> frozenset[PurchaseOption | None]:
    """Return the option that a price is for, None for another one; nothing where the price does not tell."""
    parts = path.split("/")
    if not _SPOT.isdisjoint(parts):
        return frozenset({"spot"})
    if any(part.startswith(_OTHER_OPTIONS) for part in parts):
        return frozenset({None})
    is_by_the_vcpu = path.startswith(_BY_THE_VCPU)
    is_of_machine = is_by_the_vcpu or (not _ON_DEMAND.isdisjoint(parts) and _machine_in(path) is not None)
    return frozenset({"on_demand"} if is_of_machine else ())


def _storage_traits(components: Iterable[Component]) -> dict[str, Any]:
    by_class: dict[str, list[Decimal | None]] = {}
    for line in components:
        disk = _disk(line.price.path) if line.unit.endswith("months") else None
        if disk is not None:
            amount = None if line.quantity.basis == "assumed" else line.quantity.expected
            by_class.setdefault(disk.storage_class, []).append(None if amount is None else amount * disk.gib)
    if not by_class:
        return {}
    known = {name: sum((gib or Decimal(0) for gib in sizes), Decimal(0)) for name, sizes in by_class.items()}
    largest = max(known, key=known.__getitem__)
    if None in by_class[largest]:
        return {"storage_class": largest}
    return {"storage_class": largest, "storage_gib": known[largest]}


@cache
def _disk(path: str) -> _Disk | None:
    match = _STORAGE.fullmatch(path)
    if match is None:
        return None
    if match["azure"]:
        gib = tier_gib(match["tier"])
        return None if gib is None else _Disk(f"{_AZURE_CLASSES[match['azure']]}_{match['redundancy'].upper()}", gib)
    kind = match[match.lastgroup or 0]
    if match["google_sql"]:
        return _Disk(f"PD_{kind.upper()}", 1)
    return _Disk(_AZURE_CLASSES.get(kind, kind), 1)
