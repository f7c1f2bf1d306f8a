"""What a commitment may say: the entries of an inventory file, one model a kind.

A commitment is what was promised to a vendor for a lower price: a number of machines (reserved instances
and reservations), of vCPUs and GiB (committed use) or of dollars an hour (savings plans, flexible
committed use), paid for whether it is used or not.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator

from tollbar.yaml_model import Section

HOURS_PER_YEAR = 8_760
SOON_DAYS = 60
"""So many days before its end a commitment is pointed out."""
_MOST = Decimal(10) ** 9

Term = Literal["1_year", "3_years"]
YEARS: dict[Term, int] = {"1_year": 1, "3_years": 3}
Payment = Literal["no_upfront", "partial_upfront", "all_upfront"]


def _not_a_switch(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("expected a number")  # noqa: TRY004 -- pydantic tells ValueErrors with their place
    return value


def _iso_date(value: object) -> object:
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return date.fromisoformat(value)
    raise ValueError(f"{value!r} is not a date; write it as 2026-11-01")


Number = Annotated[Decimal, BeforeValidator(_not_a_switch)]
Amount = Annotated[Number, Field(gt=0, le=_MOST)]
Money = Annotated[Number, Field(ge=0, le=_MOST)]
Percent = Annotated[Number, Field(gt=0, lt=100)]
Count = Annotated[int, BeforeValidator(_not_a_switch), Field(ge=1, le=1_000_000)]
Day = Annotated[date, BeforeValidator(_iso_date)]
Name = Annotated[str, Field(min_length=1)]


class Commitment(Section):
    """What every kind says: its id, and the first and the last day on which it holds."""

    id: Name
    start: Day
    end: Day

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"ends on {self.end}, before it starts")
        return self

    def holds(self, on: date) -> bool:
        """Return whether it holds on a day."""
        return self.start <= on <= self.end


class _Machines(Commitment):
    """So many machines at a rate.

    ``hourly_rate`` is what each costs an hour and ``upfront`` what each cost at first; where neither is
    told the catalogue's price without upfront payment holds.
    """

    region: Name
    count: Count
    term: Term
    hourly_rate: Money | None = None
    upfront: Money | None = None

    @property
    def told_rate(self) -> Decimal | None:
        """USD an hour of one machine, upfront payment spread over the term; None where nothing is told."""
        if self.hourly_rate is None and self.upfront is None:
            return None
        spread = (self.upfront or Decimal(0)) / (HOURS_PER_YEAR * YEARS[self.term])
        return (self.hourly_rate or Decimal(0)) + spread


class ReservedInstance(_Machines):
    """Reserved instances, nodes or DB instances of AWS.

    ``os`` and ``tenancy`` are for EC2, ``engine`` for RDS and ElastiCache, ``deployment`` for RDS; all as
    price paths write them. ``zonal`` for EC2 that is reserved in one availability zone.
    """

    kind: Literal["reserved_instance"]
    service: Literal["ec2", "rds", "elasticache", "opensearch", "redshift"]
    type: Name
    os: Name = "linux"
    tenancy: Literal["shared", "dedicated", "host"] = "shared"
    zonal: bool = False
    engine: Name | None = None
    deployment: Name = "single_az"
    payment: Payment = "no_upfront"
    offering_class: Literal["standard", "convertible"] = "standard"

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.service in {"rds", "elasticache"} and self.engine is None:
            raise ValueError(f"a reservation of {self.service} needs an engine")
        if self.payment != "no_upfront" and self.told_rate is None:
            raise ValueError(f"what is paid {self.payment.replace('_', ' ')} needs hourly_rate, upfront or both")
        return self


class SavingsPlan(Commitment):
    """A savings plan of AWS: so many USD an hour, at the plan's rates or ``percent`` below the list price."""

    kind: Literal["savings_plan"]
    plan: Literal["compute", "ec2_instance"]
    hourly_commitment: Amount
    term: Term = "1_year"
    payment: Payment = "no_upfront"
    family: Name | None = None
    region: Name | None = None
    percent: Percent | None = None

    @model_validator(mode="after")
    def _scope(self) -> Self:
        named = self.family is not None and self.region is not None
        if self.plan == "ec2_instance" and not named:
            raise ValueError("an ec2_instance plan needs a family and a region")
        if self.plan == "compute" and (self.family is not None or self.region is not None):
            raise ValueError("a compute plan holds for all families and regions")
        return self


class CommittedUse(Commitment):
    """Committed use of Google Cloud: resource-based (vCPUs and GiB of a series in a region) or flexible.

    Flexible is so many USD an hour of Compute Engine at ``percent`` below the list price. The rates of
    vCPU and GiB are told or follow from the catalogue's prices of machines with committed use.
    """

    kind: Literal["committed_use"]
    type: Literal["resource", "flexible"] = "resource"
    term: Term = "1_year"
    series: Name | None = None
    region: Name | None = None
    vcpus: Money = Decimal(0)
    memory_gib: Money = Decimal(0)
    vcpu_hourly_rate: Money | None = None
    gib_hourly_rate: Money | None = None
    hourly_commitment: Amount | None = None
    percent: Percent | None = None

    @model_validator(mode="after")
    def _one_type(self) -> Self:
        resource = (self.series, self.region, self.vcpus + self.memory_gib or None)
        if self.type == "resource":
            if None in resource:
                raise ValueError("resource-based committed use needs series, region, and vcpus or memory_gib")
            if self.hourly_commitment is not None or self.percent is not None:
                raise ValueError("hourly_commitment and percent are for `type: flexible`")
            if (self.vcpu_hourly_rate is None) != (self.gib_hourly_rate is None):
                raise ValueError("give both vcpu_hourly_rate and gib_hourly_rate, or neither")
        elif self.hourly_commitment is None or self.percent is None:
            raise ValueError("flexible committed use needs hourly_commitment and percent")
        elif any(value is not None for value in resource):
            raise ValueError("flexible committed use holds for all series and regions")
        return self


class Reservation(_Machines):
    """A reservation of Azure virtual machines; with size flexibility it covers other sizes of its series."""

    kind: Literal["reservation"]
    size: Name
    instance_size_flexibility: bool = False

    @field_validator("size")
    @classmethod
    def _lower(cls, size: str) -> str:
        return size.lower()


KINDS: dict[str, type[ReservedInstance | SavingsPlan | CommittedUse | Reservation]] = {
    "reserved_instance": ReservedInstance,
    "savings_plan": SavingsPlan,
    "committed_use": CommittedUse,
    "reservation": Reservation,
}


class Measured(Section):
    """How much of its commitments a vendor says was used, in percent, over the days before ``on``."""

    on: Day
    days: Count
    reserved_instances_percent: Annotated[Number, Field(ge=0, le=100)] | None = None
    savings_plans_percent: Annotated[Number, Field(ge=0, le=100)] | None = None
