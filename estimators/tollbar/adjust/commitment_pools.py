"""What a commitment covers: its pools of units, the rate of each unit, and which parts may take from it.

A unit is a machine-hour of the smallest size (reserved instances and reservations), a vCPU-hour or a
GiB-hour (committed use), or a dollar at the plan's rates (savings plans, flexible committed use).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from tollbar.adjust.commitment import CommittedUse, Reservation, ReservedInstance, SavingsPlan
from tollbar.adjust.machine_part import gcp_rates, known_rate
from tollbar.adjust.normalization import (
    azure_series,
    deployment_factor,
    family_of,
    is_flexible_engine,
    is_flexible_family,
    size_factor,
)
from tollbar.catalog.lookup import PriceNotFound
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tollbar.adjust.commitment_file import AnyCommitment
    from tollbar.adjust.machine_part import MachinePart
    from tollbar.catalog.lookup import PriceLookup

_FLEXIBLE_SERIES = frozenset({"n1", "n2", "n2d", "n4", "e2", "c2", "c2d", "c3", "c3d", "c4", "c4a"})
"""Series that flexible committed use covers (Compute Engine, "Flexible CUDs", 2026-11)."""
_SHORT_TERMS = {"1_year": "1yr", "3_years": "3yr"}
_EC2_TERMS = {"1_year": "1_year", "3_years": "3_year"}
_PLANS = {"compute": "compute", "ec2_instance": "ec2"}


class Covers(Protocol):
    """Says how many units an hour of a part takes from a pool; None where the pool does not cover it."""

    def __call__(self, part: MachinePart, /) -> Decimal | None:
        """Return the units of an hour."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Units an hour that are paid for, used or not.

    ``rank`` is when it takes its turn: machines first, then plans for one family, then all other plans.
    """

    rank: int
    units_per_hour: Decimal
    unit_cost: Decimal
    covers: Covers
    smallest_first: bool = False

    @property
    def hourly_cost(self) -> Decimal:
        """USD an hour."""
        return self.units_per_hour * self.unit_cost


class NoRateError(LookupError):
    """Nothing tells what a commitment costs; the message says what to add to it."""


def pools_of(commitment: AnyCommitment, catalog: PriceLookup) -> tuple[Pool, ...]:
    """Return the pools of a commitment.

    Raises:
        NoRateError: Its rate is neither told nor in the catalogue.
    """
    if isinstance(commitment, ReservedInstance):
        return (_reserved_instances(commitment, catalog),)
    if isinstance(commitment, Reservation):
        return (_azure_reservation(commitment, catalog),)
    if isinstance(commitment, SavingsPlan):
        return (_savings_plan(commitment, catalog),)
    if commitment.type == "flexible":
        return (_flexible_use(commitment),)
    return _committed_resources(commitment, catalog)


def _reserved_instances(commitment: ReservedInstance, catalog: PriceLookup) -> Pool:
    rate = commitment.told_rate
    if rate is None:
        rate = _looked_up(_reserved_path(commitment), commitment.region, catalog)
    factor = _own_factor(commitment)

    def covers(part: MachinePart) -> Decimal | None:
        if not _same_product(commitment, part):
            return None
        if factor is None:
            return Decimal(1) if (part.size, part.variant) == (commitment.type, _variant(commitment)) else None
        theirs = size_factor(part.size) if family_of(part.size) == family_of(commitment.type) else None
        return None if theirs is None else theirs * deployment_factor(part.variant)

    unit = factor or Decimal(1)
    return Pool(0, commitment.count * unit, rate / unit, covers, smallest_first=True)


def _own_factor(commitment: ReservedInstance) -> Decimal | None:
    """Return the factor by which a reservation counts, None where it holds for its own size only."""
    if commitment.service == "ec2":
        is_regional_linux = (commitment.os, commitment.tenancy, commitment.zonal) == ("linux", "shared", False)
        flexible = is_regional_linux and is_flexible_family(commitment.type)
    else:
        flexible = commitment.service == "rds" and is_flexible_engine(commitment.engine or "")
    factor = size_factor(commitment.type) if flexible else None
    return None if factor is None else factor * deployment_factor(_variant(commitment))


def _same_product(commitment: ReservedInstance, part: MachinePart) -> bool:
    service = "rds" if part.service == "aurora" else part.service
    if (service, part.region) != (commitment.service, commitment.region):
        return False
    if commitment.service == "ec2":
        return (part.system, part.variant) == (commitment.os, commitment.tenancy)
    return commitment.engine in {None, part.system}


def _variant(commitment: ReservedInstance) -> str:
    by_service = {"ec2": commitment.tenancy, "rds": commitment.deployment}
    return by_service.get(commitment.service, "")


def _reserved_path(commitment: ReservedInstance) -> str:
    bought = f"reserved_{_SHORT_TERMS[commitment.term]}_no_upfront/{commitment.type}"
    return {
        "ec2": f"aws/ec2/instance/{commitment.os}/{commitment.tenancy}/reserved/{commitment.offering_class}"
        f"/{_EC2_TERMS[commitment.term]}/no_upfront/{commitment.type}",
        "rds": f"aws/rds/instance/{commitment.engine}/{commitment.deployment}/{bought}",
        "elasticache": f"aws/elasticache/node/{commitment.engine}/{bought}",
        "opensearch": f"aws/opensearch/instance/{bought}",
        "redshift": f"aws/redshift/node/{bought}",
    }[commitment.service]


def _azure_reservation(commitment: Reservation, catalog: PriceLookup) -> Pool:
    rate = commitment.told_rate
    if rate is None:
        path = f"azure/virtual_machines/linux/reserved/{commitment.term}/{commitment.size}"
        rate = _looked_up(path, commitment.region, catalog)
    own = azure_series(commitment.size) if commitment.instance_size_flexibility else None

    def covers(part: MachinePart) -> Decimal | None:
        if (part.service, part.region) != ("virtual_machines", commitment.region):
            return None
        if own is None:
            return Decimal(1) if part.size == commitment.size else None
        theirs = azure_series(part.size)
        return theirs[1] if theirs is not None and theirs[0] == own[0] else None

    unit = own[1] if own else Decimal(1)
    return Pool(0, commitment.count * unit, rate / unit, covers, smallest_first=True)


def _savings_plan(commitment: SavingsPlan, catalog: PriceLookup) -> Pool:
    def covers(part: MachinePart) -> Decimal | None:
        if part.service == "fargate":
            rate = _below(part, commitment.percent) if commitment.plan == "compute" else None
        elif part.service != "ec2" or not _in_scope(commitment, part):
            return None
        else:
            rate = _below(part, commitment.percent) or _plan_rate(commitment, part, catalog)
        return rate if rate is not None and rate < part.rate else None

    return Pool(1 if commitment.plan == "ec2_instance" else 2, commitment.hourly_commitment, Decimal(1), covers)


def _in_scope(commitment: SavingsPlan, part: MachinePart) -> bool:
    if commitment.plan == "compute":
        return True
    return (family_of(part.size), part.region) == (commitment.family, commitment.region)


def _plan_rate(commitment: SavingsPlan, part: MachinePart, catalog: PriceLookup) -> Decimal | None:
    bought = f"savings_plan_{_PLANS[commitment.plan]}_{_SHORT_TERMS[commitment.term]}_{commitment.payment}"
    path = f"aws/ec2/instance/{part.system}/{part.variant}/{bought}/{part.size}"
    return known_rate(PriceKey(path, part.region), catalog)


def unknown_rates(commitment: AnyCommitment, parts: Iterable[MachinePart], catalog: PriceLookup) -> list[str]:
    """Return the machines that a savings plan would cover if its rates for them were known."""
    if not isinstance(commitment, SavingsPlan) or commitment.percent is not None:
        return []
    in_scope = (part for part in parts if part.service == "ec2" and _in_scope(commitment, part))
    unknown = (part for part in in_scope if _plan_rate(commitment, part, catalog) is None)
    return sorted({f"{part.size} in {part.region}" for part in unknown})


def _flexible_use(commitment: CommittedUse) -> Pool:
    def covers(part: MachinePart) -> Decimal | None:
        is_covered = part.service == "compute" and part.size.partition("-")[0] in _FLEXIBLE_SERIES
        if not is_covered or part.on_demand_rate is None or commitment.percent is None:
            return None
        rate = part.on_demand_rate * (100 - commitment.percent) / 100
        return rate if rate < part.rate else None  # sustained use may be cheaper still

    return Pool(2, commitment.hourly_commitment or Decimal(0), Decimal(1), covers)


def _committed_resources(commitment: CommittedUse, catalog: PriceLookup) -> tuple[Pool, ...]:
    rates = commitment.vcpu_hourly_rate, commitment.gib_hourly_rate
    series, region = commitment.series or "", commitment.region or ""
    if rates[0] is None or rates[1] is None:
        found = gcp_rates(series, region, f"committed_use_{_SHORT_TERMS[commitment.term]}", catalog)
        if found is None:
            raise NoRateError(
                f"the catalogue does not tell the committed use rates of {series} in {region}:"
                " add vcpu_hourly_rate and gib_hourly_rate"
            )
        rates = found
    parts = (("vcpu", commitment.vcpus, rates[0]), ("memory", commitment.memory_gib, rates[1]))
    return tuple(_resource_pool(name, series, region, amount, rate) for name, amount, rate in parts if amount)


def _resource_pool(name: str, series: str, region: str, amount: Decimal, rate: Decimal | None) -> Pool:
    def covers(part: MachinePart) -> Decimal | None:
        told = (part.service, part.name, part.size, part.region)
        return part.amount if told == ("compute", name, series, region) else None

    return Pool(0, amount, rate or Decimal(0), covers)


def _below(part: MachinePart, percent: Decimal | None) -> Decimal | None:
    return None if percent is None else part.rate * (100 - percent) / 100


def _looked_up(path: str, region: str, catalog: PriceLookup) -> Decimal:
    key = PriceKey(path, region)
    rate = known_rate(key, catalog)
    if rate is None:
        found = catalog.find(key)
        missing = found if isinstance(found, PriceNotFound) else f"no price for {key}"
        raise NoRateError(f"{missing}: add hourly_rate or upfront")
    return rate
