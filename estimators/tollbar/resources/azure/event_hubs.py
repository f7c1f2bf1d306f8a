"""Event Hubs namespaces. Source: "Event Hubs pricing"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_UNITS = {
    "basic": "throughput_unit",
    "standard": "throughput_unit",
    "premium": "processing_unit",
    "dedicated": "capacity_unit",
}
_INCLUDED_RETENTION_GB = {"premium": 1_000, "dedicated": 10_000}
"""GB of retained events that come with each unit."""


def namespace(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    """Yield the units of throughput, processing or capacity, ingress events, capture, and further retention."""
    attributes, region = resource.attributes, resource.region
    is_dedicated = attributes.names_something("dedicated_cluster_id")
    sku = "dedicated" if is_dedicated else (attributes.text("sku") or "Standard").lower()
    units = _units(attributes, usage, is_dedicated=is_dedicated)
    if sku in {"basic", "standard"}:
        events = usage.quantity("monthly_ingress_events")
        key = PriceKey(f"azure/event_hubs/{sku}/ingress_events", region)
        yield Component(f"Ingress events ({sku})", events, "events", key)
    key = PriceKey(f"azure/event_hubs/{sku}/{_UNITS.get(sku, 'unit')}", region)
    yield Component(f"Capacity ({sku})", usage.hours * units, "hours", key)
    if sku == "standard" and _captures(resource, usage, inventory):
        yield Component("Capture", usage.hours * units, "hours", PriceKey("azure/event_hubs/standard/capture", region))
    if sku in _INCLUDED_RETENTION_GB:
        yield _retention(sku, units, usage, region)


def _units(attributes: Attributes, usage: Usage, *, is_dedicated: bool) -> Quantity:
    """Return the units: told, else declared; those that auto-inflate may add are the high end."""
    told = usage.quantity("throughput_or_capacity_units")
    if told.is_known:
        return told
    if is_dedicated:
        return Quantity.fixed(1)
    declared = attributes.number("capacity") or 1
    highest = attributes.number("maximum_throughput_units") or declared
    if attributes.flag("auto_inflate_enabled") and highest > declared:
        return Quantity.between(declared, declared, highest)
    return Quantity.fixed(declared)


def _captures(resource: Resource, usage: Usage, inventory: Inventory) -> bool:
    told = usage.text("capture_enabled")
    if told is not None:
        return told.lower() in {"true", "1", "yes"}
    hubs = inventory.referring(resource, "azurerm_eventhub")
    return any(block.flag("enabled") for hub in hubs for block in hub.attributes.blocks("capture_description"))


def _retention(sku: str, units: Quantity, usage: Usage, region: str | None) -> Component:
    stored = usage.quantity("retention_storage_gb")
    included = units.expected or 1
    key = PriceKey("azure/event_hubs/premium/extended_retention", region)
    return Component("Extended retention", stored.above(included * _INCLUDED_RETENTION_GB[sku]), "GB-months", key)


TYPES = (
    ResourceType(
        "azurerm_eventhub_namespace",
        "messaging",
        namespace,
        usage_keys=(
            UsageKey("monthly_ingress_events", "Events of up to 64 KB sent a month", (1e6, 1e7, 1e9)),
            UsageKey("throughput_or_capacity_units", "Units, where they are more than declared (dedicated clusters)"),
            UsageKey("capture_enabled", "Whether events are captured to storage (true or false)"),
            UsageKey("retention_storage_gb", "GB of events retained (Premium and Dedicated)", (100, 500, 1_000)),
        ),
        size_attribute="sku",
    ),
)
