"""Amazon Lightsail: instances, databases, load balancers, disks, container services, buckets and distributions.

Source: Amazon Lightsail pricing page. A plan is billed by the hour, up to its monthly price; that is the price
of the longest month's 744 hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_HOURS_OF_A_PLAN = 744


@dataclass(frozen=True, slots=True)
class _Plan:
    """A thing sold by plan: its name and price path, and the attributes that tell the plan and how many there are.

    ``is_hourly`` is False where the whole month is billed.
    """

    name: str
    path: str
    attribute: str
    count_attribute: str | None = None
    is_hourly: bool = True


_PLANS = {
    "aws_lightsail_database": _Plan("Database", "database", "bundle_id"),
    "aws_lightsail_container_service": _Plan("Container service", "container_service", "power", "scale"),
    "aws_lightsail_bucket": _Plan("Bucket", "bucket", "bundle_id", is_hourly=False),
    "aws_lightsail_distribution": _Plan("Distribution", "distribution", "bundle_id", is_hourly=False),
}


def lightsail_instance(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the month of a virtual server's plan, for Linux or Windows."""
    bundle = resource.attributes.text("bundle_id")
    if bundle is None:
        yield Unpriced("unknown_until_apply", "bundle_id is not declared")
        return
    system, label = ("windows", "Windows") if "_win_" in bundle else ("linux", "Linux/UNIX")
    yield _plan(f"Virtual server ({label}, {bundle})", f"instance/{system}/{bundle}", _hourly(usage))


def lightsail_plan(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the month of the resource's plan."""
    sold = _PLANS[resource.type]
    plan = resource.attributes.text(sold.attribute)
    if plan is None:
        yield Unpriced("unknown_until_apply", f"{sold.attribute} is not declared")
        return
    count = resource.attributes.number(sold.count_attribute, 1) if sold.count_attribute else None
    months = (_hourly(usage) if sold.is_hourly else Quantity.fixed(1)) * (count or Decimal(1))
    yield _plan(f"{sold.name} ({plan})", f"{sold.path}/{plan}", months)


def lightsail_load_balancer(_resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the month of a load balancer."""
    yield _plan("Load balancer", "load_balancer", _hourly(usage))


def lightsail_disk(resource: Resource, _usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the GB of a block storage disk."""
    size = resource.attributes.number("size_in_gb")
    if size is None:
        yield Unpriced("unknown_until_apply", "size_in_gb is not declared")
        return
    key = PriceKey("aws/lightsail/disk", "global")
    yield Component("Block storage", Quantity.fixed(size), "GB-months", key)


def _hourly(usage: Usage) -> Quantity:
    return usage.hours / _HOURS_OF_A_PLAN


def _plan(name: str, path: str, months: Quantity) -> Component:
    return Component(name, months, "months", PriceKey(f"aws/lightsail/{path}", "global"))


TYPES = (
    ResourceType("aws_lightsail_instance", "compute", lightsail_instance, size_attribute="bundle_id"),
    ResourceType("aws_lightsail_database", "database", lightsail_plan, size_attribute="bundle_id"),
    ResourceType("aws_lightsail_container_service", "container", lightsail_plan, size_attribute="power"),
    ResourceType("aws_lightsail_bucket", "storage", lightsail_plan),
    ResourceType("aws_lightsail_distribution", "network", lightsail_plan),
    ResourceType("aws_lightsail_lb", "network", lightsail_load_balancer),
    ResourceType("aws_lightsail_disk", "storage", lightsail_disk),
)
