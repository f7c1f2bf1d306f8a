"""Azure NetApp Files: capacity pools, which volumes take their space from. Source: "Azure NetApp Files pricing"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_GIB_PER_TIB = 1024


def capacity_pool(resource: Resource, _usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the provisioned GiB of a pool by its service level."""
    level = (resource.attributes.text("service_level") or "Standard").lower()
    size = resource.attributes.known_number("size_in_tb")
    if size is None:
        yield Unpriced("unknown_until_apply", "size_in_tb is not given")
        return
    key = PriceKey(f"azure/netapp_files/{level}/capacity", resource.region)
    yield Component(f"Capacity ({level})", Quantity.fixed(size * _GIB_PER_TIB), "GiB-months", key)


TYPES = (ResourceType("azurerm_netapp_pool", "storage", capacity_pool),)
