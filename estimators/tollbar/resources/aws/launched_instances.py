"""What running EC2 instances are billed for, whoever launches them. Source: Amazon EC2 pricing pages.

Instance hours by operating system, tenancy and purchase option; the EBS-optimized surcharge of old
families; detailed monitoring (seven metrics); surplus CPU credits of T instances in unlimited mode;
and the volumes. Instances on a Dedicated Host cost no hours: the host is billed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced, only_after_apply
from tollbar.money import HOURS_PER_MONTH
from tollbar.price import PriceKey
from tollbar.resources.aws.block_storage import ONE, STANDARD_IO_KEY, volume_lines
from tollbar.resources.machine_types import family_of, machine_type
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resources.aws.launch_specification import LaunchSpecification
    from tollbar.usage import Usage

RESERVATION_KEYS = (
    UsageKey("reserved_instance_term", "term of the reservation: 1_year or 3_year"),
    UsageKey("reserved_instance_payment_option", "no_upfront, partial_upfront or all_upfront"),
)
INSTANCE_USAGE_KEYS = (
    UsageKey("operating_system", "linux, windows, rhel or suse"),
    UsageKey("reserved_instance_type", "class of the Reserved Instance: standard or convertible"),
    *RESERVATION_KEYS,
    UsageKey("monthly_hrs", "hours a month that an instance runs"),
    UsageKey("monthly_cpu_credit_hrs", "hours a month that a T instance bursts beyond its earned credits", (0, 0, 73)),
    UsageKey("vcpu_count", "vCPUs of the instance type, where Tollbar does not know it"),
    STANDARD_IO_KEY,
)
ALL_UPFRONT = "aws/ec2/reserved_all_upfront"

_SYSTEMS = {"linux": "Linux/UNIX", "windows": "Windows", "rhel": "RHEL", "suse": "SUSE"}
_MARKETS = {"on_demand": "on-demand"}
_METRICS_PER_INSTANCE = 7
_CREDIT_MODE_BY_FAMILY = {"t2": "standard", "t3": "unlimited", "t3a": "unlimited", "t4g": "unlimited"}
_EBS_OPTIMIZED_AT_A_FEE = frozenset(
    {
        "c1.xlarge", "c3.xlarge", "c3.2xlarge", "c3.4xlarge", "g2.2xlarge", "i2.xlarge", "i2.2xlarge", "i2.4xlarge",
        "m1.large", "m1.xlarge", "m2.2xlarge", "m2.4xlarge", "m3.xlarge", "m3.2xlarge",
        "r3.xlarge", "r3.2xlarge", "r3.4xlarge",
    }
)  # fmt: skip
"""Types that are EBS-optimized only when asked, for an hourly fee. All later types include it."""


@dataclass(frozen=True, slots=True)
class Reservation:
    """A Reserved Instance or Dedicated Host Reservation."""

    offering_class: str
    term: str
    payment_option: str


@dataclass(frozen=True, slots=True)
class InstanceUse:
    """How each launched instance is used: per instance and month."""

    operating_system: str
    reservation: Reservation | None
    hours: Quantity
    cpu_credit_hours: Quantity
    vcpu_count: Quantity
    standard_io_requests: Quantity


def instance_use(usage: Usage, *, prefix: str = "", operating_system: str = "linux") -> InstanceUse:
    """Read the use from the declared :data:`INSTANCE_USAGE_KEYS`, each under ``prefix``.

    ``operating_system`` holds where the usage does not tell.
    """
    hours = usage.quantity(f"{prefix}monthly_hrs")
    return InstanceUse(
        (usage.text(f"{prefix}operating_system") or operating_system).lower(),
        reservation(usage, usage.text(f"{prefix}reserved_instance_type"), prefix=prefix),
        hours if hours.is_known else usage.hours,
        usage.quantity(f"{prefix}monthly_cpu_credit_hrs"),
        usage.quantity(f"{prefix}vcpu_count"),
        usage.quantity(f"{prefix}{STANDARD_IO_KEY.name}"),
    )


def reservation(usage: Usage, offering_class: str | None, *, prefix: str = "") -> Reservation | None:
    """Return the reservation that the usage tells of; without a term and payment option there is none."""
    term = usage.text(f"{prefix}reserved_instance_term")
    payment_option = usage.text(f"{prefix}reserved_instance_payment_option")
    if term is None or payment_option is None:
        return None
    return Reservation(offering_class or "standard", term, payment_option)


def instance_lines(
    launched: LaunchSpecification, use: InstanceUse, region: str | None, count: Quantity = ONE
) -> Iterator[Component | Unpriced]:
    """Yield everything that ``count`` equal instances are billed for."""
    yield from instance_hours(launched, use, region, count)
    yield from instance_options(launched, use, region, count)


def instance_hours(
    launched: LaunchSpecification, use: InstanceUse, region: str | None, count: Quantity = ONE
) -> Iterator[Component | Unpriced]:
    """Yield the instance hours; nothing on a Dedicated Host, whose hours are billed by themselves."""
    if launched.tenancy == "host":
        return
    if launched.hours_depend_on is not None:
        yield only_after_apply(launched.hours_depend_on)
        return
    if launched.instance_type is None:
        yield Unpriced("unknown_until_apply", "the instance type is not known")
        return
    purchase, key = _purchase(launched, launched.instance_type, use, region)
    system = _SYSTEMS.get(use.operating_system, use.operating_system)
    name = f"Instance usage ({system}, {purchase}, {launched.instance_type})"
    yield Component(name, use.hours * count, "hours", key)


def instance_options(
    launched: LaunchSpecification, use: InstanceUse, region: str | None, count: Quantity = ONE
) -> Iterator[Component | Unpriced]:
    """Yield what comes beside the hours: EBS optimization, monitoring, CPU credits and volumes."""
    if launched.is_ebs_optimized and launched.instance_type in _EBS_OPTIMIZED_AT_A_FEE:
        key = PriceKey(f"aws/ec2/ebs_optimized/{launched.instance_type}", region)
        yield Component("EBS-optimized usage", use.hours * count, "hours", key)
    if launched.is_monitored:
        yield _detailed_monitoring(use, region, count)
    yield from _cpu_credits(launched, use, region, count)
    yield from map(only_after_apply, launched.options_depend_on)
    for part, volume in launched.volumes:
        yield from volume_lines(volume, region, io_requests=use.standard_io_requests, count=count, part=part)


def _purchase(
    launched: LaunchSpecification, type_name: str, use: InstanceUse, region: str | None
) -> tuple[str, PriceKey]:
    root = f"aws/ec2/instance/{use.operating_system}/{launched.tenancy}"
    reserved = use.reservation
    if launched.market != "on_demand" or reserved is None:
        purchase = _MARKETS.get(launched.market, launched.market)
        return purchase, PriceKey(f"{root}/{launched.market}/{type_name}", region)
    if reserved.payment_option == "all_upfront":
        return "reserved", PriceKey(ALL_UPFRONT, region)
    path = f"{root}/reserved/{reserved.offering_class}/{reserved.term}/{reserved.payment_option}/{type_name}"
    return "reserved", PriceKey(path, region)


def _detailed_monitoring(use: InstanceUse, region: str | None, count: Quantity) -> Component:
    key = PriceKey("aws/cloudwatch/metrics/custom", region)
    # Metrics are billed for the hours in which they are sent, that is while the instance runs.
    share = ONE if use.hours == Quantity.fixed(HOURS_PER_MONTH) else use.hours / HOURS_PER_MONTH
    return Component("EC2 detailed monitoring", share * count * _METRICS_PER_INSTANCE, "metrics", key)


def _cpu_credits(
    launched: LaunchSpecification, use: InstanceUse, region: str | None, count: Quantity
) -> Iterator[Component]:
    family = family_of(launched.instance_type or "")
    mode = launched.cpu_credits or _CREDIT_MODE_BY_FAMILY.get(family)
    if family not in _CREDIT_MODE_BY_FAMILY or mode != "unlimited" or use.cpu_credit_hours.is_zero:
        return
    known = machine_type("aws", launched.instance_type or "")
    vcpus = Quantity.fixed(known.vcpus) if known and not use.vcpu_count.is_known else use.vcpu_count
    system = "windows" if use.operating_system == "windows" else "linux"
    key = PriceKey(f"aws/ec2/cpu_credits/{system}/{family}", region)
    yield Component("CPU credits", use.cpu_credit_hours * vcpus * count, "vCPU-hours", key)
