"""DDoS network protection. Source: "Azure DDoS Protection pricing": a plan covers 100 public addresses."""

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


def protection_plan(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield a plan's hours and the protected resources beyond the hundred it covers."""
    region = resource.region
    yield Component("Protection plan", usage.hours, "hours", PriceKey("azure/ddos_protection/network/plan", region))
    further = usage.quantity("overage_amount")
    key = PriceKey("azure/ddos_protection/network/overage", region)
    yield Component("Protected resources beyond 100", further, "months", key)


TYPES = (
    ResourceType(
        "azurerm_network_ddos_protection_plan",
        "security",
        protection_plan,
        (UsageKey("overage_amount", "Protected resources beyond 100", (0, 0, 10)),),
    ),
)
