"""Networking: Transit Gateway, VPN, Direct Connect, Global Accelerator, Network Firewall, traffic mirrors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_prices import SoldAs, peer_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/networking"
_COMPONENTS = {
    "aws_ec2_transit_gateway_vpc_attachment": {
        "Data processed": SoldAs("aws/transit_gateway/data_processed", "GB"),
        "Transit gateway attachment": SoldAs("aws/transit_gateway/attachment", "hours"),
    },
    "aws_vpn_connection": {
        "VPN connection": SoldAs("aws/vpn/site_to_site/connection", "hours"),
    },
    "aws_ec2_client_vpn_endpoint": {
        "Connection": SoldAs("aws/vpn/client/connection", "hours"),
    },
    "aws_ec2_client_vpn_network_association": {
        "Endpoint association": SoldAs("aws/vpn/client/association", "hours"),
    },
    "aws_ec2_traffic_mirror_session": {
        "Traffic mirror": SoldAs("aws/vpc/traffic_mirror", "hours"),
    },
    "aws_dx_connection": {
        "DX connection": SoldAs("aws/direct_connect/port/dedicated/1gbps", "hours"),
    },
    "aws_networkfirewall_firewall": {
        "Data Processed": SoldAs("aws/network_firewall/data_processed", "GB"),
        "Network Firewall Endpoint": SoldAs("aws/network_firewall/endpoint", "hours"),
    },
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the prices of each service."""
    for resource_type, components in _COMPONENTS.items():
        yield from peer_prices(tables, resource_type, components)
    yield from page_prices(tables, TABLE)
