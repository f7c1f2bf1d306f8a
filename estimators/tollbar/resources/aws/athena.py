"""Amazon Athena workgroups and capacity reservations. Source: Amazon Athena pricing page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage


def athena_workgroup(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the TB that the workgroup's queries scan."""
    key = PriceKey("aws/athena/data_scanned", resource.region)
    yield Component("Data scanned", usage.quantity("monthly_data_scanned_tb"), "TB", key)


def athena_capacity_reservation(
    resource: Resource, usage: Usage, _inventory: Inventory
) -> Iterator[Component | Unpriced]:
    """Yield the DPU-hours of reserved capacity."""
    dpus = resource.attributes.number("target_dpus")
    if dpus is None:
        yield Unpriced("unknown_until_apply", "target_dpus is not declared")
        return
    key = PriceKey("aws/athena/provisioned_capacity", resource.region)
    yield Component("Provisioned capacity", usage.hours * dpus, "DPU-hours", key)


TYPES = (
    ResourceType(
        "aws_athena_workgroup",
        "serverless",
        athena_workgroup,
        (UsageKey("monthly_data_scanned_tb", "TB scanned by queries a month", (0.01, 0.1, 1)),),
    ),
    ResourceType("aws_athena_capacity_reservation", "serverless", athena_capacity_reservation),
)
