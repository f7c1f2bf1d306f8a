"""Compute Engine machines: predefined and custom types, GPUs, local SSDs, premium operating systems.

A predefined type has no SKU of its own: its price is that of its vCPUs, memory, GPUs and local SSDs
("VM instance pricing"). A type is left out where one of these is not sold in a region, and custom types
where Google lists no custom SKU. M2 costs what M1 does and a premium, which commitments do not cover: with
a commitment the premium is billed at its sustained use price.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.refresh.gcp.compute_licences import licences
from tollbar.catalog.refresh.gcp.listing import SOURCE_ID, Listed, ServiceFamily, scaled
from tollbar.catalog.refresh.gcp.machine_parts import COMPUTE_ENGINE, PURCHASES, UNITS, Component, component_rates
from tollbar.catalog.refresh.gcp.machine_types import machine_types
from tollbar.money import HOURS_PER_MONTH
from tollbar.price import Price, PriceKey, Tier
from tollbar.resources.gcp.sustained_use import accelerator_schedule, machine_schedule, machine_series

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tollbar.catalog.refresh.gcp.machine_parts import Purchase, Rates
    from tollbar.catalog.refresh.gcp.machine_types import MachineType
    from tollbar.catalog.refresh.gcp.sku import Sku
    from tollbar.resources.gcp.sustained_use import Schedule

_PRICED_AS = {"m2": "m1"}
_PREMIUM = {"m2": "m2-premium"}
_APART = frozenset({"m4-ultramem-224"})
"""Types whose cores and memory are sold apart from those of their series."""
_ATTACHED = "nvidia-tesla-"
"""What GPUs are called that machines get by choice; newer ones are part of their machines."""


def read(skus: Sequence[Sku], as_of: str) -> Iterator[Listed]:
    """Yield the prices of machines, of what they are made of by choice, and of licences.

    Raises:
        RefreshError: A component has two prices in a region, or is sold by an unknown unit.
    """
    rates = component_rates(skus, as_of)
    yield from _instances(rates, as_of)
    yield from _parts(rates, as_of)
    yield from licences(skus, as_of)


def _instances(rates: Rates, as_of: str) -> Iterator[Listed]:
    for machine in machine_types():
        schedule = machine_schedule(machine.name)
        for purchase in PURCHASES.values():
            path = f"gcp/compute/instance/{purchase}/{machine.name}"
            for entry in _sums(path, machine_parts(machine, purchase), rates, as_of):
                yield entry
                if purchase == "on_demand" and schedule is not None:
                    yield _whole_month(entry, schedule, f"gcp/compute/instance/sustained_use/{machine.name}")


def machine_parts(machine: MachineType, purchase: Purchase) -> dict[Component, Decimal]:
    """Return of which components a machine type is made, and how many units of each it holds for an hour."""
    series = machine_series(machine.name)
    if series in {"f1", "g1"}:
        return {Component("machine", machine.name, purchase): Decimal(1)}
    sold_as = machine.name if machine.name in _APART else _PRICED_AS.get(series, series)
    parts = {
        Component("vcpu", sold_as, purchase): machine.vcpus,
        Component("ram", sold_as, purchase): machine.gib,
    }
    if machine.gpu is not None:
        parts[Component("gpu", machine.gpu, purchase)] = machine.gpus
    if machine.local_ssd_gb:
        own = series if series in {"c4", "c4a", "c4d"} else ""
        parts[Component("local_ssd", own, purchase)] = machine.local_ssd_gb / HOURS_PER_MONTH
    if series in _PREMIUM:
        parts |= _premium(machine, _PREMIUM[series], purchase)
    return parts


def _premium(machine: MachineType, series: str, purchase: Purchase) -> dict[Component, Decimal]:
    schedule = machine_schedule(machine.name)
    if purchase == "spot" or schedule is None:
        return {Component("vcpu", series, purchase): machine.vcpus, Component("ram", series, purchase): machine.gib}
    share = Decimal(1) if purchase == "on_demand" else schedule.whole_month_rate
    return {
        Component("vcpu", series, "on_demand"): machine.vcpus * share,
        Component("ram", series, "on_demand"): machine.gib * share,
    }


def _sums(path: str, parts: Mapping[Component, Decimal], rates: Rates, as_of: str) -> Iterator[Listed]:
    """Yield what the parts cost together an hour in each region where all of them are sold."""
    by_part = [(units, rates.get(part, {})) for part, units in parts.items()]
    regions = set.intersection(*(set(by_region) for _, by_region in by_part))
    for region in sorted(regions):
        amount = sum((units * by_region[region].amount for units, by_region in by_part), Decimal(0))
        skus = tuple(by_region[region].sku for _, by_region in by_part)
        yield Listed(_flat_price(path, region, "hours", amount, as_of), skus)


def _parts(rates: Rates, as_of: str) -> Iterator[Listed]:
    """Yield what is sold by itself: cores and memory of custom types, GPUs and local SSDs."""
    for part, by_region in rates.items():
        path, schedule = _path_and_schedule(part)
        for region, rate in by_region.items() if path else ():
            price = _flat_price(f"{path}/{part.purchase}", region, UNITS[part.what], rate.amount, as_of)
            name = "" if part.what == "local_ssd" else f"/{part.series}"
            entry = Listed(scaled(price, Decimal(1), f"{price.key.path}{name}"), (rate.sku,))
            yield entry
            if part.purchase == "on_demand" and schedule is not None:
                yield _whole_month(entry, schedule, f"{path}/sustained_use{name}")


def _path_and_schedule(part: Component) -> tuple[str | None, Schedule | None]:
    """Return what a part that is sold by itself is called, and its sustained use discount."""
    if part.is_custom and part.purchase in {"on_demand", "spot"}:
        return f"gcp/compute/custom_{part.what}", machine_schedule(part.series)
    if part.what == "gpu":
        is_attached = part.series.startswith(_ATTACHED)
        return "gcp/compute/gpu", accelerator_schedule(part.series) if is_attached else None
    return ("gcp/compute/local_ssd" if part.what == "local_ssd" and not part.series else None), None


def _whole_month(entry: Listed, schedule: Schedule, path: str) -> Listed:
    """Return a list price as its average over a whole month of sustained use."""
    return Listed(scaled(entry.price, schedule.whole_month_rate, path), entry.skus)


def _flat_price(path: str, region: str, unit: str, amount: Decimal, as_of: str) -> Price:
    return Price(PriceKey(path, region), unit, (Tier(Decimal(0), amount),), SOURCE_ID, as_of, "A")


FAMILY = ServiceFamily("compute", (COMPUTE_ENGINE,), read)
