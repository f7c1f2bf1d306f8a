"""App Configuration: the days of a store and of its replicas, and requests beyond what a day includes.

Source: "App Configuration pricing": the Free tier costs nothing and has no replicas; a replica costs as much as a
store. Prices are per day, and a month has 30 of them, as Microsoft reckons daily meters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Unpriced
    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_DAYS = 30


def app_configuration(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the days of a store and its replicas, and the requests beyond 200,000 a day."""
    # Free is the provider's default.
    sku = (resource.attributes.text("sku", "free") or "free").lower()
    if sku == "free":
        return
    yield from as_far_as_known(lambda: _instances(resource, sku))
    requests = usage.quantity("monthly_additional_requests")
    key = PriceKey(f"azure/app_configuration/{sku}/requests_over_200k_a_day", resource.region)
    yield Component("Requests beyond 200,000 a day", requests, "requests", key)


def _instances(store: Resource, sku: str) -> Iterator[Component]:
    key = PriceKey(f"azure/app_configuration/{sku}/instance", store.region)
    yield Component("Store", Quantity.fixed(_DAYS), "days", key)
    replicas = len(store.attributes.blocks("replica"))
    if replicas:
        yield Component("Replicas", Quantity.fixed(_DAYS * replicas), "days", key)


TYPES = (
    ResourceType(
        "azurerm_app_configuration",
        "other",
        app_configuration,
        (
            UsageKey(
                "monthly_additional_requests",
                "Requests a month beyond the 200,000 that each day includes",
                (0, 0, 1_000_000),
            ),
        ),
        "sku",
    ),
)
