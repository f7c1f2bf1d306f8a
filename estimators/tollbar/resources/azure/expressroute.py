"""ExpressRoute circuits and the port pairs of ExpressRoute Direct.

Source: "ExpressRoute pricing". A circuit costs by bandwidth, tier, billing of data and the zone of its region; metered
circuits pay for what leaves, Local and unlimited ones do not. Catalogued is zone 1 (North America and Europe).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_MBPS_PER_GBPS = 1000
_ZONE_3 = ("brazil", "southafrica", "uae")
_ZONE_2 = ("asia", "australia", "india", "japan", "korea", "indonesia", "malaysia", "newzealand", "taiwan")
_ONE = Quantity.fixed(1)


def circuit(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the month of a circuit by its bandwidth and tier, and the GB that leave a metered one."""
    attributes, region = resource.attributes, resource.region
    sku = attributes.block("sku")
    tier = (sku.text("tier") or "Standard").lower()
    family = (sku.text("family") or "MeteredData").lower().removesuffix("data")
    mbps = attributes.known_number("bandwidth_in_mbps")
    gbps = attributes.known_number("bandwidth_in_gbps")
    if mbps is None and gbps is None:
        yield Unpriced("unknown_until_apply", "bandwidth_in_mbps is not given")
        return
    speed = _speed(mbps if mbps is not None else (gbps or 0) * _MBPS_PER_GBPS)
    zone = expressroute_zone(region)
    path = f"azure/expressroute/circuit/{zone}/{tier}/{family}/{speed}"
    yield Component(f"Circuit ({tier}, {family}, {speed.replace('_', ' ')})", _ONE, "months", PriceKey(path, region))
    if family == "metered" and tier != "local":
        outbound = usage.quantity("monthly_outbound_data_transfer_gb")
        key = PriceKey(f"azure/expressroute/data_transfer_out/{zone}", region)
        yield Component("Outbound data transfer", outbound, "GB", key)


def port(resource: Resource, _usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the month of a pair of ports by its bandwidth."""
    gbps = resource.attributes.known_number("bandwidth_in_gbps")
    if gbps is None:
        yield Unpriced("unknown_until_apply", "bandwidth_in_gbps is not given")
        return
    key = PriceKey(f"azure/expressroute/direct/{expressroute_zone(resource.region)}/{gbps:f}_gbps", resource.region)
    yield Component(f"Port pair ({gbps:f} Gbps)", _ONE, "months", key)


def expressroute_zone(region: str | None) -> str:
    """Return the zone that ExpressRoute counts a region to."""
    name = region or ""
    if any(part in name for part in _ZONE_3):
        return "zone_3"
    return "zone_2" if any(part in name for part in _ZONE_2) else "zone_1"


def _speed(mbps: Decimal | int) -> str:
    return f"{mbps // _MBPS_PER_GBPS:f}_gbps" if mbps >= _MBPS_PER_GBPS else f"{mbps:f}_mbps"


TYPES = (
    ResourceType(
        "azurerm_express_route_circuit",
        "network",
        circuit,
        (
            UsageKey(
                "monthly_outbound_data_transfer_gb",
                "GB that leave through a metered circuit a month",
                (100, 1000, 10_000),
            ),
        ),
    ),
    ResourceType("azurerm_express_route_port", "network", port),
)
