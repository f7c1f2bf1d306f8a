"""Site-to-site and client VPN. Source: AWS VPN pricing page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.aws.transit_gateway import DATA_KEY, transit_gateway_lines
from tollbar.resources.registry import ResourceType, as_far_as_known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Unpriced
    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_ACCELERATORS = 2
"""An accelerated connection has one for each of its two tunnels."""


def vpn_connection(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the connection's hours, its accelerators', and those and the GB of its transit gateway attachment."""
    region = resource.region
    yield Component("VPN connection", usage.hours, "hours", PriceKey("aws/vpn/site_to_site/connection", region))
    yield from as_far_as_known(lambda: _acceleration(resource, usage))
    if resource.attributes.names_something("transit_gateway_id"):
        yield from transit_gateway_lines(region, usage)


def _acceleration(resource: Resource, usage: Usage) -> Iterator[Component]:
    if resource.attributes.flag("enable_acceleration"):
        key = PriceKey("aws/global_accelerator/accelerator", "global")
        yield Component("Accelerators", usage.hours * _ACCELERATORS, "hours", key)


def client_vpn_endpoint(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of one client that is connected all month."""
    yield Component("Connection", usage.hours, "hours", PriceKey("aws/vpn/client/connection", resource.region))


def client_vpn_association(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours that a subnet is associated with the endpoint."""
    key = PriceKey("aws/vpn/client/association", resource.region)
    yield Component("Endpoint association", usage.hours, "hours", key)


TYPES = (
    ResourceType("aws_vpn_connection", "network", vpn_connection, (DATA_KEY,)),
    ResourceType("aws_ec2_client_vpn_endpoint", "network", client_vpn_endpoint),
    ResourceType("aws_ec2_client_vpn_network_association", "network", client_vpn_association),
)
