"""Azure Bastion: hours by SKU, further instances, and what leaves to the internet.

Source: "Azure Bastion pricing". The Developer SKU is free. Two instances are included; Standard and Premium take more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Unpriced
    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_INCLUDED_INSTANCES = 2


def bastion_host(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a bastion's hours, its instances beyond two, and the GB that leave it."""
    sku = (resource.attributes.text("sku", "Basic") or "Basic").lower()
    if sku == "developer":
        return
    yield Component(f"Bastion ({sku})", usage.hours, "hours", PriceKey(f"azure/bastion/{sku}/gateway", resource.region))
    yield from as_far_as_known(lambda: _further_instances(resource, usage, sku))
    outbound = usage.quantity("monthly_outbound_data_gb")
    yield Component(
        "Outbound data transfer", outbound, "GB", PriceKey("azure/bandwidth/internet_egress", resource.region)
    )


def _further_instances(resource: Resource, usage: Usage, sku: str) -> Iterator[Component]:
    further = (resource.attributes.known_number("scale_units") or _INCLUDED_INSTANCES) - _INCLUDED_INSTANCES
    if further > 0:
        key = PriceKey(f"azure/bastion/{sku}/additional_gateway", resource.region)
        yield Component("Instances beyond 2", usage.hours * further, "hours", key)


TYPES = (
    ResourceType(
        "azurerm_bastion_host",
        "network",
        bastion_host,
        (UsageKey("monthly_outbound_data_gb", "GB that leave to the internet a month", (10, 50, 100)),),
    ),
)
