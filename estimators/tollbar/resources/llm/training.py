"""Training of a model of one's own: machine hours, as often as it is trained in a month."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.resources.llm.machines import machine_hours, machine_learning
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Component, Unpriced
    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage


def training(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of the machines that train the model."""
    machines = resource.attributes.number("instances", 1) or Decimal(1)
    hours = usage.quantity("runs_per_month") * usage.quantity("hours_per_run") * machines
    return machine_hours(resource, hours)


TYPES = (
    ResourceType(
        "ml_training",
        "compute",
        training,
        usage_keys=(
            UsageKey("hours_per_run", "Hours that one training takes"),
            UsageKey("runs_per_month", "Trainings a month; 0.5 for one every second month"),
        ),
        size_attribute="instance_type",
        machine_learning=machine_learning,
    ),
)
