"""Compute Engine machines: hours of predefined and custom types, GPUs, local SSDs, OS licences, external IPs.

Sources: "VM instance pricing", "GPU pricing", "Disk and image pricing" and "Network pricing" (external
IP addresses) of Compute Engine. What runs machines (instances, groups, node pools) shares this arithmetic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from tollbar.component import Component, Quantity, Unpriced
from tollbar.money import HOURS_PER_MONTH
from tollbar.price import PriceKey
from tollbar.resources.gcp.sustained_use import (
    Schedule,
    accelerator_schedule,
    list_price_hours,
    machine_schedule,
    machine_series,
    runs_whole_months,
)
from tollbar.resources.machine_types import MachineType, machine_types

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tollbar.resource import Attributes

Licence = Literal["windows", "rhel", "rhel-sap", "sles", "sles-sap"]

_CUSTOM = re.compile(
    r"(?:(?P<series>\w+)-)?custom-(?:(?P<shared>micro|small|medium)|(?P<vcpus>\d+))-(?P<mb>\d+)(-ext)?"
)
_SHARED_CORE = {"micro": Decimal("0.25"), "small": Decimal("0.5"), "medium": Decimal(1)}
_GIB_PER_VCPU = {"n1": Decimal("6.5")}
"""Memory beyond this a vCPU (8 GiB in the other series) is extended memory, which costs more."""
_SHARED_CORE_TYPES = {"e2-micro": Decimal("0.25"), "e2-small": Decimal("0.5"), "e2-medium": Decimal(1)}
_VCPUS = re.compile(r"-(\d+)(?:-|$)")
_GPU_TYPE = re.compile(r"-(\d+)g$")
_VCPUS_PER_GPU = {"a2": 12, "a3": 26}
_A2_MEGAGPU_VCPUS = 96
_GPU_SERIES = frozenset({"a2", "a3", "a4", "a4x", "g2", "g4"})
"""Series whose prices include the GPUs."""
_LICENCES: tuple[tuple[str, Licence], ...] = (
    ("windows", "windows"),
    ("rhel-sap", "rhel-sap"),
    ("rhel", "rhel"),
    ("sles-sap", "sles-sap"),
    ("sles-for-sap", "sles-sap"),
    ("suse-sap", "sles-sap"),
    ("sles", "sles"),
    ("suse-cloud", "sles"),
)
_LICENCE_NAMES = {
    "windows": "Windows Server licence",
    "rhel": "Red Hat Enterprise Linux licence",
    "rhel-sap": "Red Hat Enterprise Linux for SAP licence",
    "sles": "SUSE Linux Enterprise Server licence",
    "sles-sap": "SUSE Linux Enterprise Server for SAP licence",
}


@dataclass(frozen=True, slots=True)
class Machines:
    """Equal machines of one resource; ``hours`` is how long each of them runs in a month."""

    machine_type: str
    region: str | None
    hours: Quantity
    count: Quantity
    is_spot: bool = False
    part: str | None = None

    @property
    def machine_hours(self) -> Quantity:
        """The hours of all machines together."""
        return self.hours * self.count

    def billed(self, schedule: Schedule | None) -> tuple[Quantity, str, str]:
        """Return the hours of all machines as they are billed, the purchase option, and how to call it."""
        if self.is_spot:
            return self.machine_hours, "spot", "spot"
        if schedule is None:
            return self.machine_hours, "on_demand", "on-demand"
        if runs_whole_months(self.hours):
            return self.machine_hours, "sustained_use", "on-demand"
        listed = list_price_hours(self.hours, schedule)
        wording = "on-demand" if listed == self.hours else "on-demand hours at list price"
        return listed * self.count, "on_demand", wording


@dataclass(frozen=True, slots=True)
class CustomType:
    """The size of a custom machine type; memory in GiB."""

    series: str
    vcpus: Decimal
    memory: Decimal
    extended_memory: Decimal


def custom_type(machine_type: str) -> CustomType | None:
    """Return the size that a custom machine type names, None for a predefined one."""
    match = _CUSTOM.fullmatch(machine_type)
    if match is None:
        return None
    series = match["series"] or "n1"
    vcpus = _SHARED_CORE[match["shared"]] if match["shared"] else Decimal(match["vcpus"])
    memory = Decimal(match["mb"]) / 1024
    ordinary = vcpus * _GIB_PER_VCPU.get(series, Decimal(8)) if machine_type.endswith("-ext") else memory
    return CustomType(series, vcpus, min(memory, ordinary), max(memory - ordinary, Decimal(0)))


def machine_usage(machines: Machines) -> Iterator[Component]:
    """Yield the hours of the machines: one line for a predefined type, vCPUs and memory for a custom one."""
    hours, purchase, wording = machines.billed(machine_schedule(machines.machine_type))
    custom = custom_type(machines.machine_type)
    if custom is None:
        path = f"gcp/compute/instance/{purchase}/{machines.machine_type}"
        name = f"Instance usage (Linux/UNIX, {wording}, {machines.machine_type})"
        yield Component(name, hours, "hours", PriceKey(path, machines.region), machines.part)
        return
    for what, size, unit, name in (
        ("vcpu", custom.vcpus, "vCPU-hours", "Custom instance CPU"),
        ("ram", custom.memory, "GiB-hours", "Custom instance RAM"),
        ("extended_ram", custom.extended_memory, "GiB-hours", "Custom instance extended RAM"),
    ):
        if size:
            amount = f"{custom.series.upper()} {size.normalize():f} {'vCPUs' if what == 'vcpu' else 'GiB'}"
            key = PriceKey(f"gcp/compute/custom_{what}/{purchase}/{custom.series}", machines.region)
            yield Component(f"{name} (Linux/UNIX, {wording}, {amount})", hours * size, unit, key, machines.part)


def has_own_gpus(machine_type: str) -> bool:
    """Whether a machine type comes with GPUs, which are part of its price."""
    return machine_series(machine_type) in _GPU_SERIES


def accelerators(machines: Machines, blocks: Iterable[Attributes]) -> Iterator[Component | Unpriced]:
    """Yield the GPUs attached to the machines; those of A2, A3, G2… are part of the machine's price."""
    if has_own_gpus(machines.machine_type):
        return
    for block in blocks:
        accelerator = (block.text("type") or "").rsplit("/", 1)[-1]
        count = block.number("count")
        if not accelerator or count is None:
            yield Unpriced("unknown_until_apply", f"guest_accelerator names no {'count' if accelerator else 'type'}")
            continue
        hours, purchase, wording = machines.billed(accelerator_schedule(accelerator))
        key = PriceKey(f"gcp/compute/gpu/{purchase}/{accelerator}", machines.region)
        yield Component(f"GPU ({wording}, {accelerator})", hours * count, "hours", key, machines.part)


def local_ssd(machines: Machines, gigabytes: Decimal) -> Iterator[Component]:
    """Yield the local SSDs of the machines, GB of each; they are billed while the machine runs."""
    if not gigabytes:
        return
    purchase = "spot" if machines.is_spot else "on_demand"
    key = PriceKey(f"gcp/compute/local_ssd/{purchase}", machines.region)
    quantity = _months(machines.hours) * machines.count * gigabytes
    yield Component("Local SSD provisioned storage", quantity, "GB-months", key, machines.part)


def licence_of(image: str) -> Licence | None:
    """Return the paid licence of a public image, None for a free one."""
    if "opensuse" in image or "byos" in image:
        return None
    return next((licence for word, licence in _LICENCES if word in image), None)


def machine_size(machine_type: str) -> MachineType | None:
    """Return the vCPUs and memory of a predefined or custom machine type, None of an unknown one."""
    custom = custom_type(machine_type)
    if custom is not None:
        return MachineType(machine_type, custom.vcpus, custom.memory + custom.extended_memory)
    return machine_types("gcp").get(machine_type)


def licence_size(machine_type: str) -> str:
    """Return by what a licence of a machine is priced: ``8_vcpu``, and the two oldest shared-core types by name."""
    custom = custom_type(machine_type)
    if custom is not None:
        return f"{custom.vcpus.normalize():f}_vcpu"
    if machine_type in _SHARED_CORE_TYPES:
        return f"{_SHARED_CORE_TYPES[machine_type]:f}_vcpu"
    series = machine_series(machine_type)
    if gpus := _GPU_TYPE.search(machine_type):
        vcpus = _A2_MEGAGPU_VCPUS if "megagpu-16g" in machine_type else int(gpus[1]) * _VCPUS_PER_GPU.get(series, 0)
        return f"{vcpus}_vcpu"
    vcpus_named = _VCPUS.search(machine_type)
    return f"{vcpus_named[1]}_vcpu" if vcpus_named else machine_type


def licence_usage(machines: Machines, licence: Licence | None) -> Iterator[Component | Unpriced]:
    """Yield the operating system's licence, billed for the machines' hours."""
    if licence is None:
        return
    key = PriceKey(f"gcp/compute/licence/{licence}/{licence_size(machines.machine_type)}", machines.region)
    yield Component(_LICENCE_NAMES[licence], machines.machine_hours, "hours", key, machines.part)


def external_addresses(machines: Machines, addresses: int) -> Iterator[Component]:
    """Yield the ephemeral external IPv4 addresses that each machine uses."""
    if addresses <= 0:
        return
    kind = "spot VM" if machines.is_spot else "standard VM"
    path = f"gcp/compute/address/in_use/{'spot' if machines.is_spot else 'standard'}"
    hours = machines.machine_hours * addresses
    yield Component(f"IP address (ephemeral, {kind})", hours, "hours", PriceKey(path, machines.region), machines.part)


def _months(hours: Quantity) -> Quantity:
    return hours.each_end(lambda end: end / HOURS_PER_MONTH)


def is_spot(scheduling: Attributes) -> bool:
    """Whether a scheduling block asks for a Spot (or the older preemptible) machine."""
    return scheduling.flag("preemptible") or scheduling.text("provisioning_model", "STANDARD") == "SPOT"
