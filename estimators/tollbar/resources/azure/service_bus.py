"""Service Bus namespaces. Source: "Service Bus pricing".

The base charge, the operations and the connections that come with it are a subscription's; they are counted for each
namespace, as most subscriptions have one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage


def namespace(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield messaging units of a Premium namespace, else the base charge, operations and brokered connections."""
    attributes, region = resource.attributes, resource.region
    sku = (attributes.text("sku") or "Standard").lower()
    if sku == "premium":
        # The capacity counts the units of all partitions: it is a multiple of their number.
        units = max(attributes.number("capacity", 1) or 0, attributes.known_number("premium_messaging_partitions") or 1)
        key = PriceKey("azure/service_bus/premium/messaging_unit", region)
        yield Component("Messaging units", usage.hours * Quantity.fixed(units), "hours", key)
        return
    if sku == "standard":
        yield Component("Base charge", usage.hours, "hours", PriceKey("azure/service_bus/standard/base_unit", region))
    operations = usage.quantity("monthly_messaging_operations")
    key = PriceKey(f"azure/service_bus/{sku}/messaging_operations", region)
    yield Component("Messaging operations", operations, "operations", key)
    if sku == "standard":
        connections = usage.quantity("monthly_brokered_connections")
        key = PriceKey("azure/service_bus/standard/brokered_connection", region)
        yield Component("Brokered connections", connections, "units", key)


TYPES = (
    ResourceType(
        "azurerm_servicebus_namespace",
        "messaging",
        namespace,
        usage_keys=(
            UsageKey(
                "monthly_messaging_operations",
                "Operations a month, every 64 KB of a message being one",
                (100_000, 1_000_000, 50_000_000),
            ),
            UsageKey("monthly_brokered_connections", "Highest number of connections open at once", (10, 100, 1_000)),
        ),
        size_attribute="sku",
    ),
)
