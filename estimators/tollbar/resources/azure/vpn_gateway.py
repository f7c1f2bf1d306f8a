"""Virtual network gateways (VPN and ExpressRoute) and the connections of VPN gateways.

Source: "VPN Gateway pricing" and "ExpressRoute pricing". Of a VPN gateway 10 site-to-site tunnels and 128
point-to-site connections are included; data to another region's network is billed by zone.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_GATEWAY = "azurerm_virtual_network_gateway"
_CONNECTION = "azurerm_virtual_network_gateway_connection"
_INCLUDED_P2S_CONNECTIONS = 128
_INCLUDED_S2S_TUNNELS = 10
_EXPRESSROUTE = {
    "standard": "standard_gateway/standard/gateway",
    "highperformance": "high_performance_gateway/high_performance/gateway",
    "ultraperformance": "ultra_high_performance_gateway/ultra_high_performance/gateway",
}
_SCALABLE = "ergwscale"


def virtual_network_gateway(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a gateway's hours by SKU; of a VPN gateway also point-to-site connections beyond 128 and data."""
    attributes, region = resource.attributes, resource.region
    sku = attributes.text("sku") or "Basic"
    if (attributes.text("type", "Vpn") or "Vpn").lower() == "expressroute":
        yield _expressroute_gateway(sku, usage, region)
        return
    path = "basic/gateway" if sku.lower() == "basic" else sku.lower()
    yield Component(f"VPN gateway ({sku})", usage.hours, "hours", PriceKey(f"azure/vpn_gateway/{path}", region))
    clients = usage.quantity("p2s_connection").above(_INCLUDED_P2S_CONNECTIONS)
    key = PriceKey(f"azure/vpn_gateway/{sku.lower()}/p2s_connection", region)
    yield Component("Point-to-site connections beyond 128", usage.hours * clients, "hours", key)
    data = usage.quantity("monthly_data_transfer_gb")
    key = PriceKey("azure/vpn_gateway/inter_vnet_data_transfer", region)
    yield Component("Data transfer to networks of other regions", data, "GB", key)


def gateway_connection(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of a VPN tunnel beyond the first ten of its gateway; ExpressRoute connections are free."""
    if (resource.attributes.text("type", "IPsec") or "IPsec").lower() == "expressroute":
        return
    gateway = inventory.referenced(resource, "virtual_network_gateway_id", _GATEWAY)
    if gateway is None:
        detail = "its gateway is not in this project, so it is not known how many tunnels that has"
        yield Unpriced("unknown_until_apply", detail)
        return
    yield from as_far_as_known(lambda: _tunnel(resource, gateway, usage, inventory))


def _tunnel(connection: Resource, gateway: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    connections = sorted(other.address for other in inventory.referring(gateway, _CONNECTION))
    is_further = connection.address in connections[_INCLUDED_S2S_TUNNELS:]
    hours = usage.hours if is_further else Quantity.fixed(0)
    sku = (gateway.attributes.text("sku") or "Basic").lower()
    key = PriceKey(f"azure/vpn_gateway/{sku}/s2s_connection", connection.region)
    yield Component("Site-to-site tunnel beyond the first 10", hours, "hours", key)


def _expressroute_gateway(sku: str, usage: Usage, region: str | None) -> Component:
    """Return the hours of an ExpressRoute gateway; a scalable one counts units, one until it is scaled."""
    name = sku.lower()
    meter = _EXPRESSROUTE.get(name, f"gateway/{name}/{'unit' if name == _SCALABLE else 'gateway'}")
    return Component(
        f"ExpressRoute gateway ({sku})",
        usage.hours * Decimal(1),
        "hours",
        PriceKey(f"azure/expressroute/{meter}", region),
    )


TYPES = (
    ResourceType(
        _GATEWAY,
        "network",
        virtual_network_gateway,
        (
            UsageKey("p2s_connection", "Point-to-site connections at a time", (1, 10, 128)),
            UsageKey("monthly_data_transfer_gb", "GB that leave to networks of other regions a month", (10, 100, 1000)),
        ),
        "sku",
    ),
    ResourceType(_CONNECTION, "network", gateway_connection),
)
