"""Azure Firewall in a network or in a virtual hub. Source: "Azure Firewall pricing"."""

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

_IN_HUB = {
    "basic": "basic_secured_virtual_hub",
    "standard": "standard_secure_virtual_hub",
    "premium": "premium_secured_virtual_hub",
}


def firewall(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield a firewall's hours by tier and place, and the GB it processes."""
    attributes = resource.attributes
    tier = (attributes.text("sku_tier", "Standard") or "Standard").lower()
    in_hub = (attributes.text("sku_name", "AZFW_VNet") or "").lower() == "azfw_hub"
    path = f"azure/firewall/{_IN_HUB.get(tier, tier) if in_hub else tier}"
    name = f"Deployment ({tier}{', secured virtual hub' if in_hub else ''})"
    yield Component(name, usage.hours, "hours", PriceKey(f"{path}/deployment", resource.region))
    processed = usage.quantity("monthly_data_processed_gb")
    yield Component("Data processed", processed, "GB", PriceKey(f"{path}/data_processed", resource.region))


TYPES = (
    ResourceType(
        "azurerm_firewall",
        "network",
        firewall,
        (UsageKey("monthly_data_processed_gb", "GB that the firewall processes a month", (10, 100, 1000)),),
    ),
)
