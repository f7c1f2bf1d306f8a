"""Power BI Embedded capacities. Source: "Power BI Embedded pricing"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage


def capacity(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of the capacity, which is billed until it is paused."""
    sku = resource.attributes.text("sku_name") or ""
    key = PriceKey(f"azure/power_bi_embedded/{sku.lower()}/node", resource.region)
    yield Component(f"Node usage ({sku})", usage.hours, "hours", key)


TYPES = (ResourceType("azurerm_powerbi_embedded", "other", capacity, size_attribute="sku_name"),)
