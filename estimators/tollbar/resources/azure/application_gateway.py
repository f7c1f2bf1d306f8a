"""Application gateways of both generations, with and without a web application firewall.

Source: "Application Gateway pricing" and "Understanding pricing" of its documentation. A v2 gateway costs fixed hours
and its capacity units: each reserved instance (of ``capacity`` or of the autoscaler's minimum) reserves ten of
them, used or not. A v1 gateway costs hours by size and instance, and the data it processes beyond an allowance.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Unpriced
    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_UNITS_PER_INSTANCE = 10
_DEFAULT_MAX_INSTANCES = 10
_TOLD_UNITS = ("capacity_units", "monthly_v2_capacity_units")
_V2 = {"standard_v2": "standard_v2/standard", "waf_v2": "waf_v2/standard", "basic": "basic_v2/basic"}
_V1 = {"standard": "basic_application_gateway", "waf": "waf_application_gateway"}


def application_gateway(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a gateway's hours with its capacity units (v2), or with the GB it processes (v1)."""
    attributes = resource.attributes
    sku = attributes.block("sku")
    tier = (sku.text("tier") or sku.text("name") or "Standard_v2").lower()
    if tier in _V2:
        path = f"azure/application_gateway/{_V2[tier]}"
        key = PriceKey(f"{path}/fixed_cost", resource.region)
        yield Component(f"Gateway ({sku.text('tier') or tier})", usage.hours, "hours", key)
        yield from as_far_as_known(lambda: _capacity_units(resource, usage, path))
        return
    kind, _, size = (sku.text("name") or tier).lower().partition("_")
    region = resource.region
    family = _V1.get(kind, kind)
    instances = sku.number("capacity", 1) or Decimal(1)
    key = PriceKey(f"azure/application_gateway/{family}/{size or 'medium'}/gateway", region)
    yield Component(f"Gateway ({kind} {size})", usage.hours * instances, "hours", key)
    processed = usage.quantity("monthly_data_processed_gb")
    key = PriceKey(f"azure/application_gateway/basic_application_gateway/{size or 'medium'}/data_processed", region)
    yield Component("Data processed", processed, "GB", key)


def _capacity_units(resource: Resource, usage: Usage, path: str) -> Iterator[Component]:
    units = usage.hours * _units(resource.attributes, usage)
    yield Component("Capacity units", units, "hours", PriceKey(f"{path}/capacity_units", resource.region))


def _units(attributes: Attributes, usage: Usage) -> Quantity:
    """Return the capacity units at a time: those that are reserved, of a gateway of fixed size what is told beyond.

    Of an autoscaled gateway the told ones count alone: they are what is billed.
    """
    sku, scaling = attributes.block("sku"), attributes.block("autoscale_configuration")
    told = next((usage.quantity(name) for name in _TOLD_UNITS if usage.quantity(name).is_known), None)
    low, high = scaling.known_number("min_capacity"), scaling.known_number("max_capacity")
    if low is None and high is None:
        reserved = (sku.number("capacity", 1) or Decimal(1)) * _UNITS_PER_INSTANCE
        return Quantity.fixed(reserved) if told is None else told.above(reserved) + Quantity.fixed(reserved)
    if told is not None:
        return told
    least = low or Decimal(0)
    most = max(least, high or Decimal(_DEFAULT_MAX_INSTANCES))
    return Quantity.between(least, least, most) * _UNITS_PER_INSTANCE


TYPES = (
    ResourceType(
        "azurerm_application_gateway",
        "network",
        application_gateway,
        (
            UsageKey("capacity_units", "Capacity units that a v2 gateway is billed for at a time"),
            UsageKey("monthly_v2_capacity_units", "Another name of capacity_units"),
            UsageKey("monthly_data_processed_gb", "GB that a v1 gateway processes a month", (10, 100, 1000)),
        ),
    ),
)
