"""Cloud DNS: managed zones and the queries they answer. Source: "Cloud DNS pricing"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage


def managed_zone(_resource: Resource, _usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield a managed zone, public or private."""
    yield Component("Managed zone", Quantity.fixed(1), "zones", PriceKey("gcp/cloud_dns/zone", "global"))


def record_set(_resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the queries that are answered with a record set."""
    key = PriceKey("gcp/cloud_dns/query", "global")
    yield Component("Queries", usage.quantity("monthly_queries"), "queries", key)


TYPES = (
    ResourceType("google_dns_managed_zone", "network", managed_zone),
    ResourceType(
        "google_dns_record_set",
        "network",
        record_set,
        usage_keys=(UsageKey("monthly_queries", "Queries a month", (10_000, 100_000, 1_000_000)),),
    ),
)
