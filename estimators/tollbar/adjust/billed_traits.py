"""Traits that a bill tells, whatever type of resource has it: its machine, how that is bought, and its disks."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from tollbar.adjust.machine_facts import machine_facts
from tollbar.adjust.previous_generation import is_previous_generation
from tollbar.price import cloud_of
from tollbar.resources.azure.managed_disk import tier_gib
from tollbar.resources.gcp.machine import custom_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tollbar.component import Component
    from tollbar.resource import Cloud
    from tollbar.resources.machine_types import MachineType

_CLOUDS: tuple[Cloud, ...] = ("aws", "azure", "gcp")
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


class _Disks(NamedTuple):
    storage_class: str
    gib: Decimal | None


def billed_traits(cloud: Cloud, size: str | None, components: Sequence[Component]) -> dict[str, Any]:
    """Return the traits that a bill and the declared machine type tell, without those that are not known.

    Pods are billed by shares of other machines: only their disks are their own.
    Of disks of several classes the class with the most GiB counts, with the GiB of that class.
    """
    found: dict[str, Any] = {}
    if cloud != "kubernetes" or size is not None:
        found.update(_machine_traits(cloud, size, components))
    return {**found, **_storage_traits(components)}


def billed_machine(components: Iterable[Component]) -> str | None:
    """Return the one machine type that a bill has hours of, by the service's name of it; None where it has several."""
    sizes = {name for line in components if line.unit == "hours" and (name := _machine_in(line.price.path)) is not None}
    return sizes.pop() if len(sizes) == 1 else None


def _machine_in(path: str) -> str | None:
    name = path.rpartition("/")[2]
    return name if machine_facts(cloud_of(path), name)[0] is not None else None


def _machine_traits(cloud: Cloud, size: str | None, components: Sequence[Component]) -> dict[str, Any]:
    name = billed_machine(components)
    if name is not None:
        cloud = next(known for known in _CLOUDS if machine_facts(known, name)[0] is not None)
    else:
        name = _machine_name(cloud, size)
    if name is None:
        return {}
    machine = machine_facts(cloud, name)[0]
    found: dict[str, Any] = {"previous_generation": is_previous_generation(cloud, name)}
    if machine is not None:
        found |= {"vcpus": machine.vcpus, "memory_gib": machine.memory_gib, **_gpus(machine, components)}
    elif custom := custom_type(name):
        found |= {"vcpus": custom.vcpus, "memory_gib": custom.memory + custom.extended_memory}
    return found


def _machine_name(cloud: Cloud, size: str | None) -> str | None:
    """Return the machine type that a declared size names, None where it names none that is known."""
    if size is None:
        return None
    name = size.rsplit("/", 1)[-1]
    if cloud == "azure":
        name = _SIZE_IN_AZURE_SERVICES.sub("", name.lower(), count=1)
    is_known = machine_facts(cloud, name)[0] is not None or (cloud == "gcp" and custom_type(name) is not None)
    return name if is_known else None


def _gpus(machine: MachineType, components: Iterable[Component]) -> dict[str, Any]:
    if machine.gpu:
        return {"gpu": machine.gpu, "gpus": machine.gpus}
    attached = next((line for line in components if line.price.path.startswith(_GOOGLE_GPU)), None)
    if attached is None:
        return {}
    found: dict[str, Any] = {"gpu": attached.price.path.rpartition("/")[2]}
    hours = next((line.quantity.expected for line in components if line.price.path.endswith(f"/{machine.name}")), None)
    if hours and attached.quantity.expected:
        found["gpus"] = attached.quantity.expected / hours
    return found


def purchase_option(components: Iterable[Component], *, is_machine: bool) -> Literal["on_demand", "spot"] | None:
    """Return how machines are bought; None of a mixture, of what is reserved, and of what is no machine or stopped."""
    options: set[Literal["on_demand", "spot"] | None] = set()
    has_hours = False
    for line in components:
        if line.unit in _HOURLY:
            has_hours = True
            options |= _option_of(line.price.path)
    if not options:
        return "on_demand" if is_machine and has_hours else None
    return options.pop() if len(options) == 1 else None


def _option_of(path: str) -> set[Literal["on_demand", "spot"] | None]:
    """Return the option that a price is for, None for another one; nothing where the price does not tell."""
    parts = path.split("/")
    if not _SPOT.isdisjoint(parts):
        return {"spot"}
    if any(part.startswith(_OTHER_OPTIONS) for part in parts):
        return {None}
    if _ON_DEMAND.isdisjoint(parts) and not path.startswith(_BY_THE_VCPU):
        return set()
    return {"on_demand"} if _is_of_machines(path) else set()


def _is_of_machines(path: str) -> bool:
    return path.startswith(_BY_THE_VCPU) or _machine_in(path) is not None


def _storage_traits(components: Iterable[Component]) -> dict[str, Any]:
    by_class: dict[str, list[Decimal | None]] = defaultdict(list)
    for line in components:
        disks = _disks(line)
        if disks is not None:
            by_class[disks.storage_class].append(disks.gib)
    if not by_class:
        return {}
    known = {name: sum((gib or Decimal(0) for gib in sizes), Decimal(0)) for name, sizes in by_class.items()}
    largest = max(known, key=known.__getitem__)
    if None in by_class[largest]:
        return {"storage_class": largest}
    return {"storage_class": largest, "storage_gib": known[largest]}


def _disks(line: Component) -> _Disks | None:
    """Return the disks that a line bills; their GiB are not known where they depend on an assumption."""
    match = _STORAGE.fullmatch(line.price.path) if "months" in line.unit else None
    if match is None:
        return None
    kind = match[match.lastgroup or 0]
    gib = None if line.quantity.basis == "assumed" else line.quantity.expected
    if match["azure"]:
        of_one = tier_gib(match["tier"])
        total = None if gib is None or of_one is None else gib * of_one
        return _Disks(f"{_AZURE_CLASSES[match['azure']]}_{match['redundancy'].upper()}", total)
    if match["azure_by_gib"]:
        return _Disks(_AZURE_CLASSES[kind], gib)
    return _Disks(f"PD_{kind.upper()}" if match["google_sql"] else kind, gib)
