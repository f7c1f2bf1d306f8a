"""Load balancers of the four kinds. Source: Elastic Load Balancing pricing page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.attachment import attached_by
from tollbar.resources.registry import ResourceType
from tollbar.traits import Readers
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of load balancer and how much of each dimension one capacity unit covers."""

    name: str
    unit_name: str
    covered: Mapping[str, int]
    """New connections a second, active connections a minute, GB an hour, rule evaluations a second."""


_KINDS = {
    "application": _Kind(
        "Application",
        "LCU",
        {"new_connections": 25, "active_connections": 3000, "processed_bytes_gb": 1, "rule_evaluations": 1000},
    ),
    "network": _Kind(
        "Network", "NLCU", {"new_connections": 800, "active_connections": 100_000, "processed_bytes_gb": 1}
    ),
    "gateway": _Kind(
        "Gateway", "GLCU", {"new_connections": 600, "active_connections": 60_000, "processed_bytes_gb": 1}
    ),
}


def load_balancer(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours and the capacity unit hours of a load balancer of the current generation."""
    kind = resource.attributes.text("load_balancer_type") or "application"
    yield from load_balancer_lines(kind, resource.region, usage)


def load_balancer_lines(
    kind: str, region: str | None, usage: Usage, prefix: str = ""
) -> Iterator[Component | Unpriced]:
    """Yield the lines of a load balancer whose usage keys start with ``prefix`` (``lb.``)."""
    known = _KINDS.get(kind)
    if known is None:
        yield Unpriced("price_not_found", f"load_balancer_type {kind!r} is none of {', '.join(_KINDS)}")
        return
    hours = PriceKey(f"aws/load_balancing/hours/{kind}", region)
    yield Component(f"{known.name} Load Balancer", usage.hours, "hours", hours)
    yield Component(
        f"Load balancer capacity units ({known.unit_name})",
        _capacity_unit_hours(known, usage, prefix),
        "LCU-hours",
        PriceKey(f"aws/load_balancing/capacity_units/{kind}", region),
    )


def classic_load_balancer(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of a Classic Load Balancer and the GB it processes."""
    yield from classic_load_balancer_lines(resource.region, usage)


def classic_load_balancer_lines(region: str | None, usage: Usage, prefix: str = "") -> Iterator[Component]:
    """Yield the lines of a Classic Load Balancer whose usage keys start with ``prefix`` (``elb.``)."""
    yield Component("Classic Load Balancer", usage.hours, "hours", PriceKey("aws/load_balancing/hours/classic", region))
    yield Component(
        "Data processed",
        usage.quantity(f"{prefix}monthly_data_processed_gb"),
        "GB",
        PriceKey("aws/load_balancing/data_processed/classic", region),
    )


def _capacity_unit_hours(kind: _Kind, usage: Usage, prefix: str) -> Quantity:
    """Only the dimension with the highest use is billed.

    Where the user told some dimensions, the others are taken to stay below them.
    """
    told = [key for key in kind.covered if usage.is_told(prefix + key)]
    dimensions = []
    for key in told or kind.covered:
        amount = usage.quantity(prefix + key) / kind.covered[key]
        # A rate holds in every hour of the month; processed GB are already a month's sum.
        dimensions.append(amount if key == "processed_bytes_gb" else amount * usage.hours)
    return Quantity.largest(dimensions)


LOAD_BALANCER_KEYS = (
    UsageKey("new_connections", "New connections a second on average", (1, 5, 50)),
    UsageKey("active_connections", "Active connections a minute on average", (10, 100, 3000)),
    UsageKey("processed_bytes_gb", "GB processed for requests and responses a month", (10, 100, 1000)),
    UsageKey("rule_evaluations", "Rules processed times requests, a second (Application only)"),
)
CLASSIC_KEYS = (UsageKey("monthly_data_processed_gb", "GB processed by the load balancer a month", (10, 100, 1000)),)

_LISTENERS = Readers(
    attached=attached_by(
        {"aws_lb_listener": ("load_balancer_arn",), "aws_alb_listener": ("load_balancer_arn",)},
        inert=("aws_route53_record", "aws_wafv2_web_acl_association", "aws_cloudwatch_metric_alarm"),
    )
)
"""A load balancer without a listener serves nothing."""

TYPES = (
    ResourceType("aws_lb", "network", load_balancer, LOAD_BALANCER_KEYS, traits=_LISTENERS),
    ResourceType("aws_alb", "network", load_balancer, LOAD_BALANCER_KEYS, traits=_LISTENERS),
    ResourceType(
        "aws_elb",
        "network",
        classic_load_balancer,
        CLASSIC_KEYS,
        traits=Readers(
            attached=attached_by(
                {
                    "aws_elb_attachment": ("elb",),
                    "aws_autoscaling_attachment": ("elb",),
                    "aws_autoscaling_group": ("load_balancers",),
                    "aws_ecs_service": ("load_balancer.elb_name",),
                },
                "instances",
                inert=("aws_route53_record", "aws_cloudwatch_metric_alarm"),
            )
        ),
    ),
)
