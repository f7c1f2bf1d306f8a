"""Peerings of virtual networks: what goes through them, either way.

Source: "Virtual Network pricing". Within a region both directions cost the same everywhere; between regions each
side pays the price of its own zone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_NETWORK = "azurerm_virtual_network"


def peering(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the GB that go through a peering: in at the price of the other network's zone, out at its own."""
    own = inventory.referenced(resource, "virtual_network_name", _NETWORK)
    region = own.region if own is not None else resource.region
    remote = inventory.referenced(resource, "remote_virtual_network_id", _NETWORK)
    if remote is None or remote.region is None or region is None:
        yield Unpriced("unknown_until_apply", "the region of one of the networks is not known in this project")
        return
    path = "azure/virtual_network/" + ("peering" if remote.region == region else "global_peering")
    data = usage.quantity("monthly_data_transfer_gb")
    yield Component("Inbound data transfer", data, "GB", PriceKey(f"{path}/ingress", remote.region))
    yield Component("Outbound data transfer", data, "GB", PriceKey(f"{path}/egress", region))


TYPES = (
    ResourceType(
        "azurerm_virtual_network_peering",
        "network",
        peering,
        (UsageKey("monthly_data_transfer_gb", "GB a month, as much in as out", (10, 100, 1000)),),
    ),
)
