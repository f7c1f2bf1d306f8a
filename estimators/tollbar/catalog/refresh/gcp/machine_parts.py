"""What Compute Engine sells machines as: cores, memory, GPUs and local SSDs, by series and purchase option.

The descriptions are those of the Cloud Billing Catalog, such as ``N2 Instance Core running in Americas``
or ``Commitment v1: N2D AMD Ram in Americas for 1 Year``. What else runs under these words is left out by
not being one of them: sole tenancy ("Sole Tenancy", "Sole Tenancy Premium"), reservations ("Reserved"),
Dynamic Workload Scheduler ("DWS") and calendar mode, which are no on-demand price.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from tollbar.catalog.refresh.gcp.listing import BillingService, Listed, Named, flat, listed, unambiguous
from tollbar.errors import RefreshError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from tollbar.catalog.refresh.gcp.sku import Sku

COMPUTE_ENGINE = BillingService("6F81-5844-456A", "Compute Engine")

Purchase = Literal["on_demand", "spot", "committed_use_1yr", "committed_use_3yr"]
What = Literal["vcpu", "ram", "extended_ram", "gpu", "local_ssd", "machine"]

UNITS: dict[What, str] = {
    "vcpu": "vCPU-hours",
    "ram": "GiB-hours",
    "extended_ram": "GiB-hours",
    "gpu": "hours",
    "local_ssd": "GB-months",
    "machine": "hours",
}
PURCHASES: dict[str, Purchase] = {
    "OnDemand": "on_demand",
    "Preemptible": "spot",
    "Commit1Yr": "committed_use_1yr",
    "Commit3Yr": "committed_use_3yr",
}

_SERIES = {
    "n1 predefined": "n1", "": "n1", "n1": "n1", "n2": "n2", "n2d amd": "n2d", "n4": "n4", "n4a": "n4a",
    "n4a arm": "n4a", "n4d": "n4d", "n4d amd": "n4d", "e2": "e2", "t2d amd": "t2d", "t2d": "t2d", "t2a arm": "t2a",
    "compute optimized": "c2", "compute-optimized": "c2", "c2d amd": "c2d", "c3": "c3", "c3d": "c3d",
    "c3d amd": "c3d", "c4": "c4", "c4a arm": "c4a", "c4a": "c4a", "c4d": "c4d", "c4n": "c4n", "h3": "h3", "z3": "z3",
    "memory-optimized": "m1", "m3 memory-optimized": "m3", "m4": "m4", "m4ultramem224": "m4-ultramem-224",
    "memory optimized upgrade premium for memory-optimized": "m2-premium",
    "a2": "a2", "a3": "a3", "g2": "g2", "g4": "g4",
}  # fmt: skip
"""Series as descriptions call them. M2 is sold as M1 and a premium; m4-ultramem-224 by itself."""
_GPUS = {
    "nvidia tesla t4": "nvidia-tesla-t4", "nvidia tesla p4": "nvidia-tesla-p4",
    "nvidia tesla p100": "nvidia-tesla-p100",
    "nvidia tesla v100": "nvidia-tesla-v100", "nvidia tesla k80": "nvidia-tesla-k80",
    "nvidia tesla a100": "nvidia-tesla-a100", "nvidia tesla a100 80gb": "nvidia-a100-80gb", "nvidia l4": "nvidia-l4",
    "nvidia h100 80gb": "nvidia-h100-80gb", "nvidia h100 80gb mega": "nvidia-h100-mega-80gb",
    "rtx 6000 96gb": "nvidia-rtx-pro-6000",
}  # fmt: skip
"""GPUs by the names of the Compute Engine API ("GPU platforms")."""
_WHAT: dict[str, What] = {"core": "vcpu", "cpu": "vcpu", "ram": "ram"}
_SPOT = r"(?:Spot Preemptible )?"
_RUNNING = re.compile(
    _SPOT + r"(?P<series>.*?) ?(?P<custom>Custom ?)?(?P<extended>Extended ?)?(?:Instance )?"
    r"(?P<what>Core|Ram) running in .+",
    re.IGNORECASE,
)
_COMMITTED = re.compile(
    r"Commitment(?: v1)?: (?:(?P<series>.+?) )?(?P<what>Cpu|Core|Ram) in .+",
    re.IGNORECASE,
)
_GPU = re.compile(
    r"(?:Commitment v1: )?(?P<gpu>.+?)(?: GPU)?(?: attached to Spot Preemptible VMs)? running in .+",
    re.IGNORECASE,
)
_LOCAL_SSD = re.compile(
    r"SSD backed Local Storage(?: attached to Spot Preemptible VMs)?(?: in .+)?|Commitment v1: Local SSD in .+",
    re.IGNORECASE,
)
_SERIES_SSD = re.compile(
    r"(?:Commitment v1: |Spot Preemptible )?(?P<series>C4A?D?)(?: Arm)?(?: Instance)? Local SSD (?:running )?in .+",
    re.IGNORECASE,
)
_SHARED_CORE = (
    (re.compile(_SPOT + r"Micro Instance with burstable CPU(?: running in .+)?", re.IGNORECASE), "f1-micro"),
    (re.compile(_SPOT + r"Small Instance with 1 VCPU(?: running in .+)?", re.IGNORECASE), "g1-small"),
)
_NOT_ON_DEMAND = re.compile(r"sole tenancy|\bDWS\b|calendar mode|reserved|\bflex\b|defined duration", re.IGNORECASE)
_FAMILIES = frozenset({"Compute", "Storage"})


@dataclass(frozen=True, slots=True)
class Component:
    """A part that machines are priced by; ``series`` is a GPU's name for GPUs and the type of a whole machine."""

    what: What
    series: str
    purchase: Purchase
    is_custom: bool = False


class Rate(NamedTuple):
    """What one unit of a component costs, and the SKU that says so."""

    amount: Decimal
    sku: Sku


Rates = dict[Component, dict[str, Rate]]
"""What components cost, by region."""


def component_rates(skus: Sequence[Sku], as_of: str) -> Rates:
    """Return what each component costs, by region.

    Raises:
        RefreshError: A component has two prices in a region, or is sold by an unknown unit.
    """
    rates: Rates = {}
    parts: dict[str, Component] = {}
    found: list[Listed] = []
    for sku in skus:
        part = component(sku)
        if part is not None:
            path = f"{'custom ' if part.is_custom else ''}{part.purchase} {part.what} {part.series}".strip()
            parts[path] = part
            found += listed(sku, Named(path, UNITS[part.what]), as_of)
    for entry in unambiguous(found):
        amount = flat(entry.price.tiers)
        if amount is None:
            raise RefreshError(f"{entry.skus[0]} has several prices, where a part of a machine has one")
        key = entry.price.key
        rates.setdefault(parts[key.path], {})[key.region or ""] = Rate(amount, entry.skus[0])
    return rates


def component(sku: Sku) -> Component | None:
    """Return which part of machines a Compute Engine SKU sells, None where it sells something else."""
    purchase = PURCHASES.get(sku.usage_type)
    if purchase is None or sku.family not in _FAMILIES or _NOT_ON_DEMAND.search(sku.description):
        return None
    if purchase.startswith("committed_use") and (match := _COMMITTED.fullmatch(sku.description)):
        series = _SERIES.get((match["series"] or "").lower())
        return None if series is None else Component(_WHAT[match["what"].lower()], series, purchase)
    if match := _RUNNING.fullmatch(sku.description):
        return _running(match, purchase)
    return _whole(sku.description, purchase)


def _whole(description: str, purchase: Purchase) -> Component | None:
    """Return what is sold by the piece: a local SSD's GB, a shared-core machine or a GPU."""
    if match := _SERIES_SSD.fullmatch(description):
        return Component("local_ssd", match["series"].lower(), purchase)
    if _LOCAL_SSD.fullmatch(description):
        return Component("local_ssd", "", purchase)
    for pattern, machine_type in _SHARED_CORE:
        if pattern.fullmatch(description):
            return Component("machine", machine_type, purchase)
    gpu = _GPU.fullmatch(description)
    name = _GPUS.get(gpu["gpu"].lower()) if gpu else None
    return None if name is None else Component("gpu", name, purchase)


def _running(match: re.Match[str], purchase: Purchase) -> Component | None:
    described = match["series"].strip().lower()
    is_custom = match["custom"] is not None
    series = _SERIES.get(described)
    if series is None or (not described and not is_custom):
        return None
    what: What = _WHAT[match["what"].lower()]
    if match["extended"] is not None:
        return Component("extended_ram", series, purchase, is_custom=True) if what == "ram" else None
    return Component(what, series, purchase, is_custom)
