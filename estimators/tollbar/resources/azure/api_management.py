"""API Management. Source: "API Management pricing".

Every unit of the classic tiers costs the same, in the first region and in further ones. In the v2 tiers the units
after the first are cheaper, and calls beyond what comes with the service are billed.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Unpriced
    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_SECOND_GENERATION = {"basicv2": "basic_v2", "standardv2": "standard_v2", "premiumv2": "premium_v2"}
_WITH_CALLS = frozenset({"basic_v2", "standard_v2"})
_SELF_HOSTED = {"developer": "gateway/unit", "premium": "gateway/unit", "premium_v2": "premium_v2/self_hosted_gateway"}


def api_management(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the units' hours in every region, the calls, and self-hosted gateways."""
    region = resource.region
    tier, units = _sku(resource.attributes.text("sku_name") or "")
    path = f"azure/api_management/{tier}"
    calls = usage.quantity("monthly_api_calls")
    if tier == "consumption":
        yield Component("API management (consumption)", calls, "requests", PriceKey(f"{path}/calls", region))
        return
    first = min(units, Decimal(1)) if tier in _SECOND_GENERATION.values() else units
    key = PriceKey(f"{path}/unit", region)
    yield Component(f"API management ({tier})", usage.hours * Quantity.fixed(first), "hours", key)
    if units > first:
        hours = usage.hours * Quantity.fixed(units - first)
        key = PriceKey(f"{path}/secondary_unit", region)
        yield Component(f"API management ({tier}, further units)", hours, "hours", key)
    if tier in _WITH_CALLS:
        yield Component(f"API calls ({tier})", calls, "requests", PriceKey(f"{path}/calls", region))
    yield from as_far_as_known(lambda: _further_regions(resource, usage, path))
    if tier == "premium" or (tier in _SELF_HOSTED and usage.is_told("self_hosted_gateway_count")):
        hours = usage.hours * usage.quantity("self_hosted_gateway_count")
        key = PriceKey(f"azure/api_management/{_SELF_HOSTED[tier]}", region)
        yield Component("Self-hosted gateway", hours, "hours", key)


def _sku(sku_name: str) -> tuple[str, Decimal]:
    """Return the tier and the units that ``Premium_4`` names."""
    name, _, capacity = sku_name.lower().partition("_")
    try:
        units = Decimal(capacity)
    except InvalidOperation:
        units = Decimal(1)
    return _SECOND_GENERATION.get(name, name), units if units.is_finite() and units >= 0 else Decimal(1)


def _further_regions(resource: Resource, usage: Usage, path: str) -> Iterator[Component]:
    for place in resource.attributes.blocks("additional_location"):
        where = (place.text("location") or "").lower().replace(" ", "") or None
        hours = usage.hours * Quantity.fixed(place.number("capacity") or 1)
        yield Component(
            "API management units", hours, "hours", PriceKey(f"{path}/unit", where), f"additional_location[{where}]"
        )


TYPES = (
    ResourceType(
        "azurerm_api_management",
        "network",
        api_management,
        usage_keys=(
            UsageKey("monthly_api_calls", "Calls a month (Consumption and v2 tiers)", (10_000, 1_000_000, 20_000_000)),
            UsageKey("self_hosted_gateway_count", "Self-hosted gateways", (0, 0, 1)),
        ),
        size_attribute="sku_name",
    ),
)
