"""The priced hours of an estimate, and the parts of them that commitments cover.

Mostly a line is one part. A Windows machine of Azure is two, since a reservation covers the machine and
not the licence; a machine of Google Cloud is its vCPUs and its memory, which are committed apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.lookup import PriceNotFound
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.lookup import PriceLookup
    from tollbar.catalog.pricing import PricedComponent

_PATHS = tuple(
    re.compile(pattern)
    for pattern in (
        r"aws/(?P<service>ec2)/instance/(?P<system>[^/]+)/(?P<variant>[^/]+)/on_demand/(?P<size>[^/]+)",
        r"aws/(?P<service>rds|aurora)/instance/(?P<system>[^/]+)/(?P<variant>[^/]+)/on_demand/(?P<size>[^/]+)",
        r"aws/(?P<service>elasticache)/node/(?P<system>[^/]+)/on_demand/(?P<size>[^/]+)",
        r"aws/(?P<service>opensearch)/instance/on_demand/(?P<size>[^/]+)",
        r"aws/(?P<service>redshift)/node/on_demand/(?P<size>[^/]+)",
        r"aws/(?P<service>fargate)/(?P<system>[^/]+)/(?P<variant>[^/]+)/on_demand/(?P<size>vcpu|memory)",
        r"azure/(?P<service>virtual_machines)/(?P<system>[^/]+)/on_demand/(?P<size>[^/]+)",
        r"gcp/(?P<service>compute)/instance/(?:on_demand|sustained_use)/(?P<size>[^/]+)",
        r"gcp/(?P<service>compute)/custom_(?P<variant>vcpu|ram)/(?:on_demand|sustained_use)/(?P<size>[^/]+)",
    )
)
_GIB_PER_VCPU = {
    "n1-standard": "3.75", "n1-highmem": "6.5", "n1-highcpu": "0.9",
    "n2-standard": "4", "n2-highmem": "8", "n2-highcpu": "1",
    "n2d-standard": "4", "n2d-highmem": "8", "n2d-highcpu": "1",
    "e2-standard": "4", "e2-highmem": "8", "e2-highcpu": "1",
    "c2-standard": "4", "c2d-standard": "4", "c2d-highmem": "8", "c2d-highcpu": "2",
    "c3-standard": "4", "c3-highmem": "8", "c3-highcpu": "2",
    "n4-standard": "4", "n4-highmem": "8", "n4-highcpu": "2", "t2d-standard": "4",
}  # fmt: skip
"""Memory of Google's predefined machine types (Compute Engine, "Machine families resource guide", 2026-11)."""
_GCP_TYPE = re.compile(r"(?P<class>(?P<series>[a-z]\d[a-z]?)-[a-z]+)-(?P<vcpus>\d+)")
_SPLIT_AS = {"c2": "n2", "t2d": "n2d"}
"""Series with one class of machines, and a like one: a vCPU costs 7.46 GiB, 7.47 in C2 ("VM instance pricing")."""
_SIZES_TO_SOLVE = (2, 4, 8)


@dataclass(frozen=True, slots=True)
class ComputeLine:
    """A priced line of a resource: so many ``hours`` (of the price's unit) a month at list price.

    ``hours`` and ``list_cost`` are None where nobody told the use.
    """

    address: str
    component: str
    key: PriceKey
    hours: Decimal | None
    list_cost: Decimal | None


@dataclass(frozen=True, slots=True)
class MachinePart:
    """A part of a line: what it is, and what an hour of it costs at list price.

    ``address`` is that of the resource, with the component's name, to order parts by.
    ``amount`` is how much of it an hour holds: vCPUs or GiB of a machine of Google Cloud, else 1.
    ``before_sustained_use`` is what ``rate`` is multiplied by for the rate without Google's sustained use
    discount, which what is committed does not get; None where the catalogue does not tell.
    """

    line: int
    address: str
    name: str
    service: str
    region: str
    system: str
    variant: str
    size: str
    hours: Decimal
    cost: Decimal
    amount: Decimal = Decimal(1)
    before_sustained_use: Decimal | None = Decimal(1)

    @property
    def rate(self) -> Decimal:
        """USD an hour at list price."""
        return self.cost / self.hours

    @property
    def on_demand_rate(self) -> Decimal | None:
        """USD an hour at list price without a sustained use discount, None where it is not known."""
        return None if self.before_sustained_use is None else self.rate * self.before_sustained_use


def compute_line(address: str, priced: PricedComponent) -> ComputeLine | None:
    """Return a priced component as a line that commitments may cover; None for anything else."""
    component = priced.component
    if not any(pattern.fullmatch(component.price.path) for pattern in _PATHS):
        return None
    cost = priced.cost.expected if priced.cost is not None else None
    return ComputeLine(address, component.name, component.price, component.quantity.expected, cost)


def parts_of(number: int, line: ComputeLine, catalog: PriceLookup) -> Iterator[MachinePart]:
    """Yield the parts of a line; none where its use or its region is not known, or it is no machine."""
    match = next((found for pattern in _PATHS if (found := pattern.fullmatch(line.key.path))), None)
    if match is None or not line.hours or not line.list_cost or line.key.region is None:
        return
    told = match.groupdict()
    whole = MachinePart(
        line=number,
        address=f"{line.address} {line.component}",
        name="machine",
        service=told["service"],
        region=line.key.region,
        system=told.get("system") or "",
        variant=told.get("variant") or "",
        size=told["size"],
        hours=line.hours,
        cost=line.list_cost,
    )
    if whole.service == "virtual_machines":
        yield from _azure_parts(whole, catalog)
    elif whole.service == "compute":
        yield from _gcp_parts(replace(whole, before_sustained_use=_before_sustained_use(line.key, catalog)), catalog)
    else:
        yield whole


def gcp_rates(series: str, region: str, purchase: str, catalog: PriceLookup) -> tuple[Decimal, Decimal] | None:
    """Return USD an hour of a vCPU and of a GiB of a series, None where the catalogue does not tell.

    They follow from the prices of two machine types with as many vCPUs and different memory; where a series
    has but one, from its price and how that of a like series is split.
    """
    for vcpus in _SIZES_TO_SOLVE:
        less, more = (
            known_rate(PriceKey(f"gcp/compute/instance/{purchase}/{series}-{kind}-{vcpus}", region), catalog)
            for kind in ("standard", "highmem")
        )
        memory = [_GIB_PER_VCPU.get(f"{series}-{kind}") for kind in ("standard", "highmem")]
        if less is not None and more is not None and memory[0] and memory[1]:
            gib = (more - less) / ((Decimal(memory[1]) - Decimal(memory[0])) * vcpus)
            vcpu = less / vcpus - gib * Decimal(memory[0])
            return (vcpu, gib) if vcpu > 0 and gib > 0 else None
    return _rates_like_anothers(series, region, purchase, catalog)


def _rates_like_anothers(
    series: str, region: str, purchase: str, catalog: PriceLookup
) -> tuple[Decimal, Decimal] | None:
    """Return the rates of a series with one class of machines, split as those of the series nearest to it."""
    other = _SPLIT_AS.get(series)
    split = gcp_rates(other, region, "on_demand", catalog) if other else None
    if split is None:
        return None
    gib_per_vcpu = Decimal(_GIB_PER_VCPU[f"{series}-standard"])
    for vcpus in (*_SIZES_TO_SOLVE, 1):
        machine = known_rate(PriceKey(f"gcp/compute/instance/{purchase}/{series}-standard-{vcpus}", region), catalog)
        if machine is not None:
            factor = machine / (vcpus * (split[0] + gib_per_vcpu * split[1]))
            return split[0] * factor, split[1] * factor
    return None


def known_rate(key: PriceKey, catalog: PriceLookup) -> Decimal | None:
    """Return USD an hour of what has one price, None where it is not known; another region's price is not it."""
    found = catalog.find(key)
    if isinstance(found, PriceNotFound) or found.trust == "borrowed":
        return None
    return found.tiers[0].unit_price


def _azure_parts(whole: MachinePart, catalog: PriceLookup) -> Iterator[MachinePart]:
    if whole.system == "linux":
        yield whole
        return
    linux = known_rate(PriceKey(f"azure/virtual_machines/linux/on_demand/{whole.size}", whole.region), catalog)
    if linux is not None:
        machine = min(linux * whole.hours, whole.cost)
        yield replace(whole, cost=machine)
        yield replace(whole, name="licence", service="licence", cost=whole.cost - machine)


def _before_sustained_use(key: PriceKey, catalog: PriceLookup) -> Decimal | None:
    """Return the on-demand price of a machine by its price over a whole month; borrowed prices will do for it."""
    if "/sustained_use/" not in key.path:
        return Decimal(1)
    listed = catalog.find(replace(key, path=key.path.replace("/sustained_use/", "/on_demand/")))
    discounted = catalog.find(key)
    if isinstance(listed, PriceNotFound) or isinstance(discounted, PriceNotFound):
        return None
    per_hour = discounted.tiers[0].unit_price
    return listed.tiers[0].unit_price / per_hour if per_hour else None


def _gcp_parts(whole: MachinePart, catalog: PriceLookup) -> Iterator[MachinePart]:
    if whole.variant:  # a custom machine's vCPUs or memory stand on a line of their own
        yield replace(whole, name="memory" if whole.variant == "ram" else "vcpu")
        return
    match = _GCP_TYPE.fullmatch(whole.size)
    memory = _GIB_PER_VCPU.get(match["class"]) if match else None
    rates = gcp_rates(match["series"], whole.region, "on_demand", catalog) if match and memory else None
    if match is None or memory is None or rates is None:
        yield whole
        return
    vcpus = Decimal(match["vcpus"])
    gib = vcpus * Decimal(memory)
    share = vcpus * rates[0] / (vcpus * rates[0] + gib * rates[1])
    yield replace(whole, name="vcpu", size=match["series"], cost=whole.cost * share, amount=vcpus)
    yield replace(whole, name="memory", size=match["series"], cost=whole.cost * (1 - share), amount=gib)
