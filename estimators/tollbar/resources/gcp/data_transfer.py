"""Data that leave Google Cloud or a region: through VPN gateways, and over private service connections.

Sources: "Cloud VPN pricing" and "Network pricing" of Virtual Private Cloud (data transfer within Google Cloud, and
to the internet in the Premium Tier). Incoming data are free.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.gcp.usage_line import UsageLine, usage_lines
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_PART = "Network egress"
_BETWEEN_REGIONS = (
    ("same_region", "within the same region", "gcp/data_transfer/within_region"),
    ("us_or_canada", "within the US or Canada", "gcp/data_transfer/inter_region/within_north_america"),
    ("europe", "within Europe", "gcp/data_transfer/inter_region/within_europe"),
    ("asia", "within Asia", "gcp/data_transfer/inter_region/within_asia"),
    ("south_america", "within South America", "gcp/data_transfer/inter_region/within_south_america"),
    ("oceania", "to/from Indonesia and Oceania", "gcp/data_transfer/inter_region/indonesia_and_oceania"),
    ("worldwide", "between continents (excludes Oceania)", "gcp/data_transfer/inter_region/between_continents"),
)
_TO_INTERNET = (
    ("worldwide", "to worldwide excluding China, Australia but including Hong Kong"),
    ("china", "to China excluding Hong Kong"),
    ("australia", "to Australia"),
)


def _usage_key(place: str) -> str:
    return f"monthly_egress_data_transfer_gb.{place}"


def _lines(what: str) -> tuple[UsageLine, ...]:
    return tuple(UsageLine(f"{what} {name}", _usage_key(place), "GB", path) for place, name, path in _BETWEEN_REGIONS)


_VPN_LINES = _lines("IPSec traffic")
_SERVICE_LINES = _lines("Traffic")
_EXTERNAL_LINES = tuple(
    UsageLine(f"IPSec traffic {name}", _usage_key(place), "GB", f"gcp/data_transfer/internet/premium/{place}")
    for place, name in _TO_INTERNET
)


def vpn_gateway(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the GB that a VPN gateway sends, by how far; its tunnels are resources of their own."""
    yield from usage_lines(_VPN_LINES, usage, resource.region, _PART)


def external_vpn_gateway(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the GB that go to a VPN gateway outside of Google Cloud, by destination."""
    yield from usage_lines(_EXTERNAL_LINES, usage, resource.region, _PART)


def vpn_tunnel(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of a VPN tunnel."""
    yield Component("VPN tunnel", usage.hours, "hours", PriceKey("gcp/cloud_vpn/tunnel", resource.region))


def service_networking_connection(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the GB that go over a private connection to a service, by how far."""
    yield from usage_lines(_SERVICE_LINES, usage, resource.region, _PART)


_KEYS = tuple(UsageKey(_usage_key(place), f"GB a month that go {name}") for place, name, _ in _BETWEEN_REGIONS)
_EXTERNAL_KEYS = tuple(UsageKey(_usage_key(place), f"GB a month that go {name}") for place, name in _TO_INTERNET)

TYPES = (
    ResourceType("google_compute_ha_vpn_gateway", "network", vpn_gateway, usage_keys=_KEYS),
    ResourceType("google_compute_vpn_gateway", "network", vpn_gateway, usage_keys=_KEYS),
    ResourceType("google_compute_external_vpn_gateway", "network", external_vpn_gateway, usage_keys=_EXTERNAL_KEYS),
    ResourceType("google_compute_vpn_tunnel", "network", vpn_tunnel),
    ResourceType("google_service_networking_connection", "network", service_networking_connection, usage_keys=_KEYS),
)
