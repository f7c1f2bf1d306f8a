"""Traffic Manager: the queries of a profile and the health checks of its endpoints.

Source: "Traffic Manager pricing". Endpoints outside Azure cost more; probing every 10 seconds costs extra. What
is disabled is neither asked nor checked.
"""

from __future__ import annotations

from functools import partial
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

_PROFILE = "azurerm_traffic_manager_profile"
_FAST_INTERVAL_SECONDS = 10
_DEFAULT_INTERVAL_SECONDS = 30
_ONE = Quantity.fixed(1)


def profile(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the queries that a profile answers, and the data points of its Traffic View."""
    if not _is_enabled(resource):
        return
    region = resource.region
    queries = usage.quantity("monthly_dns_queries")
    yield Component("DNS queries", queries, "queries", PriceKey("azure/traffic_manager/queries", region))
    if resource.attributes.flag("traffic_view_enabled"):
        points = usage.quantity("monthly_traffic_view_data_points")
        key = PriceKey("azure/traffic_manager/traffic_view_data_points", region)
        yield Component("Traffic View", points, "samples", key)


def endpoint(kind: str, resource: Resource, _usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the month of an endpoint's health checks, and the surcharge for a short interval."""
    owner = inventory.referenced(resource, "profile_id", _PROFILE) or inventory.referenced(
        resource, "profile_name", _PROFILE
    )
    is_off = owner is not None and not _is_enabled(owner)
    if is_off or not resource.attributes.flag("enabled", default=True):
        return
    region = resource.region
    key = PriceKey(f"azure/traffic_manager/health_check/{kind}", region)
    yield Component("Health checks", _ONE, "months", key)
    if owner is not None:
        yield from as_far_as_known(lambda: _fast_checks(kind, owner, region), "monitor_config")


def _fast_checks(kind: str, owner: Resource, region: str | None) -> Iterator[Component]:
    monitor = owner.attributes.block("monitor_config")
    if monitor.number("interval_in_seconds", _DEFAULT_INTERVAL_SECONDS) == _FAST_INTERVAL_SECONDS:
        key = PriceKey(f"azure/traffic_manager/fast_health_check/{kind}", region)
        yield Component("Health checks every 10 seconds", _ONE, "months", key)


def _is_enabled(owner: Resource) -> bool:
    return (owner.attributes.text("profile_status", "Enabled") or "Enabled").lower() == "enabled"


TYPES = (
    ResourceType(
        _PROFILE,
        "network",
        profile,
        (
            UsageKey("monthly_dns_queries", "DNS queries a month", (100_000, 1_000_000, 100_000_000)),
            UsageKey("monthly_traffic_view_data_points", "Data points that Traffic View processes a month"),
        ),
    ),
    ResourceType("azurerm_traffic_manager_azure_endpoint", "network", partial(endpoint, "azure_endpoint")),
    ResourceType("azurerm_traffic_manager_external_endpoint", "network", partial(endpoint, "external_endpoint")),
    ResourceType("azurerm_traffic_manager_nested_endpoint", "network", partial(endpoint, "azure_endpoint")),
)
