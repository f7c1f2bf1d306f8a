"""Microsoft Fabric capacities. Source: "Microsoft Fabric pricing": capacity units by the hour, until it is paused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tollbar.component import Component, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_SIZE = re.compile(r"f(\d+)", re.IGNORECASE)


def capacity(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of a capacity's units, as many as its SKU names: 64 of F64."""
    sku = resource.attributes.block("sku").text("name") or ""
    size = _SIZE.fullmatch(sku)
    if size is None:
        yield Unpriced("price_not_found", f"{sku or 'no SKU'} is not a size of a Fabric capacity such as F64")
        return
    key = PriceKey("azure/fabric/capacity_unit", resource.region)
    yield Component(f"Capacity units ({sku})", usage.hours * int(size[1]), "hours", key)


TYPES = (ResourceType("azurerm_fabric_capacity", "other", capacity),)
