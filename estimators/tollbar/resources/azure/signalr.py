"""SignalR Service and Web PubSub. Source: "SignalR Service pricing", "Azure Web PubSub pricing".

A unit is billed by the day and comes with a million messages a day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_HOURS_PER_DAY = 24


def signalr(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the units' days and the messages beyond those that come with them."""
    sku = resource.attributes.block("sku")
    yield from _lines("signalr", resource, usage, sku.text("name") or "Free_F1", sku.number("capacity"))


def web_pubsub(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the units' days and the messages beyond those that come with them."""
    attributes = resource.attributes
    yield from _lines("web_pubsub", resource, usage, attributes.text("sku") or "Free_F1", attributes.number("capacity"))


def _lines(service: str, resource: Resource, usage: Usage, sku: str, capacity: Decimal | None) -> Iterator[Component]:
    tier = sku.partition("_")[0].lower()
    if tier == "free":
        return
    path, region = f"azure/{service}/{tier}", resource.region
    days = usage.hours / _HOURS_PER_DAY * Quantity.fixed(capacity or 1)
    yield Component(f"Service usage ({tier})", days, "days", PriceKey(f"{path}/unit", region))
    messages = usage.quantity("monthly_additional_messages")
    yield Component(f"Additional messages ({tier})", messages, "messages", PriceKey(f"{path}/message", region))


_KEYS = (
    UsageKey("monthly_additional_messages", "Messages a month beyond a million a day and unit", (0, 0, 10_000_000)),
)

TYPES = (
    ResourceType("azurerm_signalr_service", "messaging", signalr, _KEYS),
    ResourceType("azurerm_web_pubsub", "messaging", web_pubsub, _KEYS, "sku"),
)
