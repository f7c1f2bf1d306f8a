"""Notification Hubs namespaces. Source: "Notification Hubs pricing".

10 million pushes a month come with every namespace that is paid for.
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
    """Yield the namespace's month and the pushes beyond those that come with it."""
    sku = (resource.attributes.text("sku_name") or "Free").lower()
    if sku == "free":
        return
    path, region = f"azure/notification_hubs/{sku}", resource.region
    yield Component(f"Namespace usage ({sku})", Quantity.fixed(1), "months", PriceKey(f"{path}/namespace", region))
    yield Component("Pushes", usage.quantity("monthly_pushes"), "notifications", PriceKey(f"{path}/pushes", region))


TYPES = (
    ResourceType(
        "azurerm_notification_hub_namespace",
        "messaging",
        namespace,
        usage_keys=(
            UsageKey("monthly_pushes", "Notifications pushed to devices a month", (100_000, 1_000_000, 20_000_000)),
        ),
        size_attribute="sku_name",
    ),
)
