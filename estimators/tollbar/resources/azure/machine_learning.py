"""Azure Machine Learning compute. Source: "Azure Machine Learning pricing": the virtual machines, without a surcharge.

Low-priority nodes have list prices of their own.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage


def compute_cluster(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of the cluster's nodes: at its smallest size unless told, up to its largest."""
    attributes = resource.attributes
    size = attributes.text("vm_size")
    if size is None:
        yield Unpriced("unknown_until_apply", "vm_size is not given")
        return
    is_low_priority = (attributes.text("vm_priority") or "Dedicated").lower() == "lowpriority"
    bought, wording = ("low_priority", "low priority") if is_low_priority else ("on_demand", "pay as you go")
    yield _hours(resource, usage, size, _nodes(resource, usage), bought, wording)


def compute_instance(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of the instance, which runs until it is stopped."""
    size = resource.attributes.text("virtual_machine_size")
    if size is None:
        yield Unpriced("unknown_until_apply", "virtual_machine_size is not given")
        return
    yield _hours(resource, usage, size, Quantity.fixed(1), "on_demand", "pay as you go")


def _hours(resource: Resource, usage: Usage, size: str, count: Quantity, bought: str, wording: str) -> Component:
    told = usage.quantity("monthly_hrs")
    hours = told if told.is_known else usage.hours
    key = PriceKey(f"azure/virtual_machines/linux/{bought}/{size.lower()}", resource.region)
    return Component(f"Instance usage (Linux, {wording}, {size})", hours * count, "hours", key)


def _nodes(resource: Resource, usage: Usage) -> Quantity:
    """Return the nodes that run: told, else from the smallest to the largest size, the smallest being expected.

    Nodes come and go with the jobs. How many run of a cluster that may shrink to nothing only the use tells; where
    it tells hours alone, one node is expected.
    """
    told = usage.quantity("instances")
    if told.is_known:
        return told
    scale = resource.attributes.block("scale_settings")
    smallest = scale.number("min_node_count", 0) or Decimal(0)
    largest = max(scale.number("max_node_count") or smallest, smallest)
    if smallest == 0:
        return (
            Quantity.between(1, 1, max(largest, Decimal(1)))
            if usage.is_told("monthly_hrs")
            else Quantity.unknown("instances")
        )
    return Quantity.between(smallest, smallest, largest)


TYPES = (
    ResourceType(
        "azurerm_machine_learning_compute_cluster",
        "compute",
        compute_cluster,
        usage_keys=(
            UsageKey("instances", "Nodes that run while any do; the smallest size if not told"),
            UsageKey("monthly_hrs", "Hours a month that they run; all of them if not told"),
        ),
        size_attribute="vm_size",
    ),
    ResourceType(
        "azurerm_machine_learning_compute_instance",
        "compute",
        compute_instance,
        usage_keys=(UsageKey("monthly_hrs", "Hours a month that the instance runs; all of them if not told"),),
        size_attribute="virtual_machine_size",
    ),
)
