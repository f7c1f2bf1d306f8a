"""NAT gateways: hours and the data they process. Source: "Azure NAT Gateway pricing"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage


def nat_gateway(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the gateway's hours and the GB it processes."""
    region = resource.region
    yield Component("NAT gateway", usage.hours, "hours", PriceKey("azure/nat_gateway/hours", region))
    processed = usage.quantity("monthly_data_processed_gb")
    yield Component("Data processed", processed, "GB", PriceKey("azure/nat_gateway/data_processed", region))


TYPES = (
    ResourceType(
        "azurerm_nat_gateway",
        "network",
        nat_gateway,
        usage_keys=(UsageKey("monthly_data_processed_gb", "GB processed by the gateway a month", (10, 100, 1000)),),
    ),
)
