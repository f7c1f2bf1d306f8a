"""CloudHSM. Source: AWS CloudHSM pricing page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage


def hsm(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours that the module runs."""
    hours = usage.quantity("monthly_hrs") if usage.is_told("monthly_hrs") else usage.hours
    yield Component("HSM usage", hours, "hours", PriceKey("aws/cloudhsm/hsm", resource.region))


TYPES = (
    ResourceType(
        "aws_cloudhsm_v2_hsm",
        "security",
        hsm,
        (UsageKey("monthly_hrs", "hours a month that the module runs, where not all"),),
    ),
)
