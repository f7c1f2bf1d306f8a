"""Private endpoints: hours and the data they process, either way. Source: "Azure Private Link pricing"."""

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


def private_endpoint(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield an endpoint's hours and the GB that come in and go out through it."""
    region = resource.region
    yield Component("Private endpoint", usage.hours, "hours", PriceKey("azure/private_link/private_endpoint", region))
    for name, usage_key, meter in (
        ("Inbound data processed", "monthly_inbound_data_processed_gb", "data_processed_ingress"),
        ("Outbound data processed", "monthly_outbound_data_processed_gb", "data_processed_egress"),
    ):
        yield Component(name, usage.quantity(usage_key), "GB", PriceKey(f"azure/private_link/{meter}", region))


TYPES = (
    ResourceType(
        "azurerm_private_endpoint",
        "network",
        private_endpoint,
        (
            UsageKey("monthly_inbound_data_processed_gb", "GB that come in a month", (10, 100, 1000)),
            UsageKey("monthly_outbound_data_processed_gb", "GB that go out a month", (10, 100, 1000)),
        ),
    ),
)
