"""Virtual WAN: hubs, their VPN and ExpressRoute gateways by scale units, and the connections of these.

Source: "Virtual WAN pricing". Hubs of the Basic kind have no hourly charge. A hub runs on two routing
infrastructure units; more of them cost apart.
"""

from __future__ import annotations

from functools import partial
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

_INCLUDED_ROUTING_UNITS = 2


def virtual_hub(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a hub's hours, its routing units beyond two and the GB it processes."""
    if (resource.attributes.text("sku", "Standard") or "Standard").lower() == "basic":
        return
    region = resource.region
    yield Component("Deployment", usage.hours, "hours", PriceKey("azure/virtual_wan/hub/deployment", region))
    yield from as_far_as_known(lambda: _routing_units(resource, usage))
    processed = usage.quantity("monthly_data_processed_gb")
    yield Component("Data processed", processed, "GB", PriceKey("azure/virtual_wan/hub/data_processed", region))


def _routing_units(hub: Resource, usage: Usage) -> Iterator[Component]:
    least = hub.attributes.known_number("virtual_router_auto_scale_min_capacity") or _INCLUDED_ROUTING_UNITS
    if least > _INCLUDED_ROUTING_UNITS:
        key = PriceKey("azure/virtual_wan/hub/routing_infrastructure_unit", hub.region)
        further = usage.hours * (least - _INCLUDED_ROUTING_UNITS)
        yield Component("Routing infrastructure units beyond 2", further, "hours", key)


def gateway(
    service: str, attribute: str, resource: Resource, usage: Usage, _inventory: Inventory
) -> Iterator[Component]:
    """Yield the hours of a gateway's scale units; the provider's default is one."""
    units = resource.attributes.number(attribute, 1) or 1
    key = PriceKey(f"azure/virtual_wan/{service}/scale_unit", resource.region)
    yield Component("Scale units", usage.hours * units, "hours", key)


def point_to_site_gateway(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of a point-to-site gateway's scale units and of the users connected to it."""
    yield from gateway("vpn_p2s", "scale_unit", resource, usage, inventory)
    connected = usage.quantity("monthly_p2s_connections_hrs")
    key = PriceKey("azure/virtual_wan/vpn_p2s/connection", resource.region)
    yield Component("Point-to-site connections", connected, "hours", key)


def connection(service: str, resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of a connection."""
    yield Component(
        "Connection", usage.hours, "hours", PriceKey(f"azure/virtual_wan/{service}/connection", resource.region)
    )


TYPES = (
    ResourceType(
        "azurerm_virtual_hub",
        "network",
        virtual_hub,
        (UsageKey("monthly_data_processed_gb", "GB that the hub's router processes a month", (10, 100, 1000)),),
    ),
    ResourceType("azurerm_vpn_gateway", "network", partial(gateway, "vpn_s2s", "scale_unit")),
    ResourceType("azurerm_vpn_gateway_connection", "network", partial(connection, "vpn_s2s")),
    ResourceType(
        "azurerm_point_to_site_vpn_gateway",
        "network",
        point_to_site_gateway,
        (
            UsageKey(
                "monthly_p2s_connections_hrs",
                "Hours that users are connected in a month, all added up",
                (100, 1000, 10_000),
            ),
        ),
    ),
    ResourceType("azurerm_express_route_gateway", "network", partial(gateway, "expressroute", "scale_units")),
    ResourceType("azurerm_express_route_connection", "network", partial(connection, "expressroute")),
)
