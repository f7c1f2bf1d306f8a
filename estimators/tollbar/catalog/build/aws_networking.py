"""Networking: Transit Gateway, VPN, Direct Connect, Global Accelerator, Network Firewall, traffic mirrors."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_prices import SoldAs, peer_prices
from tollbar.catalog.build.peer_tiers import everywhere
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
_PREMIUM = "aws/global_accelerator/data_transfer_premium"
_ACCELERATED_REGIONS = {"eu-west-1": "europe", "us-west-1": "north_america"}
_ACCELERATED_EDGES = {
    "US, Mexico, Canada": "north_america",
    "Europe": "europe",
    "South Africa, Kenya": "south_africa",
    "South America": "south_america",
    "South Korea": "south_korea",
    "Middle East": "middle_east",
    "Australia, New Zealand": "australia_new_zealand",
    "Asia Pacific": "asia_pacific",
    "India, Indonesia, Philippines, Thailand": "india",
}
_DATA_OUT = re.compile(r"Outbound data transfer \(from (?P<region>[a-z0-9-]+), to EqDC2\)")
"""EqDC2 is in North America: what comes from there has the path of a continent's own data."""


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the prices of each service."""
    for resource_type, components in _COMPONENTS.items():
        yield from peer_prices(tables, resource_type, components)
    yield from _accelerated(tables)
    yield from _over_direct_connect(tables)
    yield from page_prices(tables, TABLE)


def _accelerated(tables: SourceTables) -> Iterator[Price]:
    """Yield the premium of a GB by the continent of the endpoints and, where it is another, that of the edges."""
    for row in tables.test_suite_prices("aws_globalaccelerator_endpoint_group"):
        attributes = dict(part.partition("=")[::2] for part in row.selecting_attributes.split(";"))
        here = _ACCELERATED_REGIONS.get(attributes.get("endpoint_group_region", ""))
        there = _ACCELERATED_EDGES.get(row.sub_resource)
        if here is not None and there is not None:
            yield everywhere(row.price(f"{_PREMIUM}/{here}" if here == there else f"{_PREMIUM}/{here}/{there}", "GB"))


def _over_direct_connect(tables: SourceTables) -> Iterator[Price]:
    """Yield the price of a GB out of a region to a location in North America."""
    for row in tables.test_suite_prices("aws_dx_connection"):
        if found := _DATA_OUT.fullmatch(row.component):
            region = found["region"]
            path = "aws/direct_connect/data_out" + ("" if region.startswith("us-") else "/to_north_america")
            yield replace(row, region=region).price(path, "GB")
