"""Azure AI Search. Source: "Azure AI Search pricing": replicas times partitions are the search units."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_ONE = Decimal(1)
_TIERS = {
    "basic": ("basic", "Basic"),
    "standard": ("standard_s1", "Standard S1"),
    "standard2": ("standard_s2", "Standard S2"),
    "standard3": ("standard_s3", "Standard S3"),
    "storage_optimized_l1": ("storage_optimized_l1", "Storage Optimized L1"),
    "storage_optimized_l2": ("storage_optimized_l2", "Storage Optimized L2"),
}


def search_service(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the search units' hours and the images taken out of documents for enrichment."""
    attributes, region = resource.attributes, resource.region
    sku = (attributes.text("sku") or "standard").lower()
    if sku == "free":
        return
    path, name = _TIERS.get(sku, (sku, sku))
    units = (attributes.number("partition_count") or _ONE) * (attributes.number("replica_count") or _ONE)
    line = f"Search usage ({name}, {units:f} {'unit' if units == 1 else 'units'})"
    hours = usage.hours * Quantity.fixed(units)
    yield Component(line, hours, "hours", PriceKey(f"azure/ai_search/{path}/unit", region))
    images = usage.quantity("monthly_images_extracted")
    yield Component("Image extraction", images, "images", PriceKey("azure/ai_search/basic/image_extraction", region))


TYPES = (
    ResourceType(
        "azurerm_search_service",
        "other",
        search_service,
        usage_keys=(UsageKey("monthly_images_extracted", "Images taken out of documents a month", (0, 0, 100_000)),),
        size_attribute="sku",
    ),
)
