"""Event Grid topics. Source: "Event Grid pricing": the first 100,000 operations are a subscription's, not a topic's."""

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


def topic(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the operations: events received, deliveries tried and management calls."""
    key = PriceKey("azure/event_grid/standard/operations", resource.region)
    yield Component("Operations", usage.quantity("monthly_operations"), "operations", key)


_KEYS = (
    UsageKey(
        "monthly_operations", "Events received, deliveries tried and calls a month", (10_000, 100_000, 10_000_000)
    ),
)

TYPES = tuple(
    ResourceType(name, "messaging", topic, _KEYS)
    for name in ("azurerm_eventgrid_topic", "azurerm_eventgrid_system_topic", "azurerm_eventgrid_domain")
)
