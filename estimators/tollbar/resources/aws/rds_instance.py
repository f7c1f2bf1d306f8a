"""What a DB instance is billed for besides its hours and storage, on RDS and on Aurora alike.

Sources: the pricing pages of Amazon RDS and Amazon Aurora (CPU credits, Extended Support), and of
Performance Insights and CloudWatch Database Insights.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.aws.rds_engine import is_aurora, is_sql_server
from tollbar.resources.aws.rds_extended_support import has_extended_support, phase
from tollbar.resources.aws.rds_instance_classes import family, vcpus
from tollbar.resources.registry import as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tollbar.resource import Attributes
    from tollbar.usage import Usage

KEYS = (
    UsageKey("monthly_cpu_credit_hrs", "hours a month that a burstable instance runs above its baseline"),
    UsageKey(
        "monthly_additional_performance_insights_requests",
        "Performance Insights API requests a month beyond the free 1,000,000",
    ),
)
_BURSTABLE = {"t3", "t4g"}
_FREE_RETENTION_DAYS = 7
_RETENTION_MONTH_DAYS = 31
_FAMILIES_WITH_OWN_INSIGHTS_PRICE = {"m3", "m4", "m5", "r3", "r4", "r5", "t2", "t3"}
_LONGEST_RETENTION_DAYS = 731


@dataclass(frozen=True, slots=True)
class DatabaseInstance:
    """One DB instance. ``copies`` counts the instances billed: 2 with a standby in another zone."""

    region: str | None
    product: str
    instance_class: str
    copies: int = 1

    @property
    def vcpus(self) -> int | None:
        """The vCPUs of one copy, None where the class is not known."""
        return vcpus(self.instance_class)


def instance_lines(instance: DatabaseInstance, attributes: Attributes, usage: Usage) -> Iterator[Component | Unpriced]:
    """Yield Extended Support and the insights, each as far as it is known."""
    yield from as_far_as_known(lambda: extended_support(instance, attributes, usage.hours, usage.on))
    yield from as_far_as_known(lambda: performance_insights(instance, attributes, usage))
    yield from as_far_as_known(lambda: database_insights(instance, attributes, usage.hours))


def cpu_credits(instance: DatabaseInstance, usage: Usage, vcpu_count: int | None) -> Iterator[Component | Unpriced]:
    """Yield the surplus CPU credits of a burstable class, per vCPU-hour, where the usage tells of them."""
    if family(instance.instance_class) not in _BURSTABLE or not usage.quantity("monthly_cpu_credit_hrs").is_known:
        return
    if vcpu_count is None:
        yield _unknown_class(instance, "CPU credits")
        return
    sold_as = "standard"
    if is_aurora(instance.product) or is_sql_server(instance.product):
        sold_as = instance.product.partition("-")[0]
    yield Component(
        "CPU credits",
        usage.quantity("monthly_cpu_credit_hrs") * vcpu_count,
        "vCPU-hours",
        PriceKey(f"aws/rds/cpu_credits/{sold_as}", instance.region),
    )


def extended_support(
    instance: DatabaseInstance, attributes: Attributes, hours: Quantity, on: date
) -> Iterator[Component | Unpriced]:
    """Yield the vCPU-hours of Extended Support of a major version that is past its standard support on a day."""
    if not has_extended_support(instance.product):
        return
    if attributes.text("engine_lifecycle_support", "") == "open-source-rds-extended-support-disabled":
        return  # the vendor upgrades the database instead of charging for the old version
    support = phase(instance.product, attributes.text("engine_version", ""), on)
    if support is None:
        return
    if instance.vcpus is None:
        yield _unknown_class(instance, "Extended support")
        return
    yield Component(
        f"Extended support ({support})",
        hours * (instance.vcpus * instance.copies),
        "vCPU-hours",
        PriceKey(f"aws/rds/extended_support/{support.replace(' ', '_')}", instance.region),
    )


def performance_insights(
    instance: DatabaseInstance, attributes: Attributes, usage: Usage, acus: Quantity | None = None
) -> Iterator[Component | Unpriced]:
    """Yield the paid retention of Performance Insights, per vCPU-month or ACU-month, and its API requests.

    ``acus`` is the average capacity of a serverless instance, which has no vCPUs.
    """
    if not attributes.flag("performance_insights_enabled"):
        return
    days = int(attributes.number("performance_insights_retention_period", _FREE_RETENTION_DAYS) or 0)
    if days > _FREE_RETENTION_DAYS and attributes.text("database_insights_mode", "standard") != "advanced":
        if acus is not None:
            yield from _retention(instance, days, acus, "ACU-months")
        elif instance.vcpus is not None:
            yield from _retention(instance, days, Quantity.fixed(instance.vcpus * instance.copies), "vCPU-months")
        else:
            yield _unknown_class(instance, "Performance Insights retention")
    yield Component(
        "Performance Insights API",
        usage.quantity("monthly_additional_performance_insights_requests"),
        "requests",
        PriceKey("aws/rds/performance_insights/api", instance.region),
    )


def _retention(instance: DatabaseInstance, days: int, amount: Quantity, unit: str) -> Iterator[Component]:
    """Two years are sold at one price, shorter periods month by month."""
    root = "aws/rds/performance_insights"
    kind = "serverless" if unit == "ACU-months" else "provisioned"
    if days >= _LONGEST_RETENTION_DAYS:
        sold_as = family(instance.instance_class)
        path = f"{root}/two_years/{sold_as if sold_as in _FAMILIES_WITH_OWN_INSIGHTS_PRICE else kind}"
        name = f"Performance Insights retention (24 months, {instance.instance_class})"
        yield Component(name, amount, unit, PriceKey(path, instance.region))
        return
    months = max(days // _RETENTION_MONTH_DAYS, 1)
    first = PriceKey(f"{root}/first_month/{kind}", instance.region)
    yield Component("Performance Insights retention (first month)", amount, unit, first)
    if months > 1:
        more = PriceKey(f"{root}/additional_month/{kind}", instance.region)
        yield Component("Performance Insights retention (additional months)", amount * (months - 1), unit, more)


def database_insights(
    instance: DatabaseInstance, attributes: Attributes, hours: Quantity
) -> Iterator[Component | Unpriced]:
    """Yield the vCPU-hours of CloudWatch Database Insights where its advanced mode is on."""
    if attributes.text("database_insights_mode", "standard") != "advanced":
        return
    if instance.vcpus is None:
        yield _unknown_class(instance, "Database Insights")
        return
    yield Component(
        "Database Insights (advanced)",
        hours * (instance.vcpus * instance.copies),
        "vCPU-hours",
        PriceKey("aws/rds/database_insights/advanced", instance.region),
    )


def _unknown_class(instance: DatabaseInstance, line: str) -> Unpriced:
    return Unpriced("price_not_found", f"{line}: the vCPUs of {instance.instance_class} are not known")
