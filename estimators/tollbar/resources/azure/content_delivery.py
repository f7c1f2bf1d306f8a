"""CDN endpoints: what leaves them, dynamic acceleration and the rules engine.

Source: "Content Delivery Network pricing". Traffic is billed by the zone it leaves from; the endpoint's location
stands for it. Five rules of the rules engine are included.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_PROFILE = "azurerm_cdn_profile"
_INCLUDED_RULES = 5
_ZONES = (("brazil", 3), ("australia", 4), ("newzealand", 4), ("india", 5), ("asia", 2), ("japan", 2), ("korea", 2))
"""Parts of regions' names and their zone; all others are in zone 1 (North America, Europe, Middle East, Africa)."""


def cdn_endpoint(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the GB that leave an endpoint, accelerated ones, and rules beyond five with their requests."""
    owner = inventory.referenced(resource, "profile_name", _PROFILE)
    if owner is None:
        yield Unpriced("unknown_until_apply", "its profile is not in this project, so its SKU is not known")
        return
    sku = (owner.attributes.text("sku") or "Standard_Microsoft").lower()
    zone = cdn_zone(resource.region)
    outbound = usage.quantity("monthly_outbound_gb")
    key = PriceKey(f"azure/cdn/{sku}/{zone}/data_transfer_out", "global")
    yield Component("Outbound data transfer", outbound, "GB", key)
    if (resource.attributes.text("optimization_type", "") or "").lower() == "dynamicsiteacceleration":
        key = PriceKey(f"azure/cdn/acceleration/{zone}/data_transfer_out", "global")
        yield Component("Acceleration of dynamic sites", outbound, "GB", key)
    if sku == "standard_microsoft":
        yield from as_far_as_known(lambda: _rules_engine(resource, usage))


def _rules_engine(endpoint: Resource, usage: Usage) -> Iterator[Component]:
    attributes = endpoint.attributes
    rules = len(attributes.blocks("delivery_rule")) + len(attributes.blocks("global_delivery_rule"))
    if rules > _INCLUDED_RULES:
        further = Quantity.fixed(rules - _INCLUDED_RULES)
        yield Component("Rules beyond 5", further, "months", PriceKey("azure/cdn/standard_microsoft/rule", "global"))
    if rules:
        requests = usage.quantity("monthly_rules_engine_requests")
        key = PriceKey("azure/cdn/standard_microsoft/rules_engine_requests", "global")
        yield Component("Rules engine requests", requests, "requests", key)


def cdn_zone(region: str | None) -> str:
    """Return the zone of a region's traffic."""
    return f"zone_{next((zone for part, zone in _ZONES if part in (region or '')), 1)}"


TYPES = (
    ResourceType(
        "azurerm_cdn_endpoint",
        "network",
        cdn_endpoint,
        (
            UsageKey("monthly_outbound_gb", "GB that leave the endpoint a month", (10, 100, 1000)),
            UsageKey("monthly_rules_engine_requests", "Requests that the rules engine handles a month"),
        ),
    ),
)
