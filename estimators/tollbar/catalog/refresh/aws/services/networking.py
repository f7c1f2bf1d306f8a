"""Networking beside VPCs: ports of Direct Connect, Global Accelerator, Network Firewall, traffic mirroring.

Usage types: Infracost's look-ups, and AWS's list as public cost reports of 2026 quote it. All locations of
Direct Connect in a region sell a port at one price.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, Sold, by_rules

if TYPE_CHECKING:
    from tollbar.catalog.refresh.aws.product import Product, Term

_PORT = re.compile(r"(?:\w+-)?(?P<hosted>HC)?PortUsage:(?P<speed>\d+[MG])")
_ACCELERATED = {
    "NA": "north_america", "EU": "europe", "AP": "asia_pacific", "AU": "australia_new_zealand", "IN": "india",
    "KR": "south_korea", "ME": "middle_east", "SA": "south_america", "ZA": "south_africa",
}  # fmt: skip
"""Continents of Global Accelerator; the premium of a GB that stays on one is read, both ways at one price."""
_NETWORK_FIREWALL = (
    Rule("(?:Firewall)?Endpoint-Hours?", "aws/network_firewall/endpoint", "hours"),
    Rule("Traffic-GB-Processed", "aws/network_firewall/data_processed", "GB"),
)


def _port(product: Product, term: Term) -> Sold | None:
    found = _PORT.fullmatch(product.usage)
    if found is None or term.kind != "OnDemand":
        return None
    kind = "hosted" if found["hosted"] else "dedicated"
    return Sold(f"aws/direct_connect/port/{kind}/{found['speed'].lower()}bps", "hours")


SERVICES = (
    Service("direct_connect", (Query("AWSDirectConnect", {"productFamily": "Direct Connect"}),), _port),
    Service(
        "global_accelerator",
        (Query("AWSGlobalAccelerator"),),
        by_rules(
            Rule(
                f"{mark}-{mark}-OUT-Bytes-Internet",
                f"aws/global_accelerator/data_transfer_premium/{continent}",
                "GB",
                {"operation": "Dominant"},
            )
            for mark, continent in _ACCELERATED.items()
        ),
        is_regional=False,
        is_global=True,
    ),
    Service("network_firewall", (Query("AWSNetworkFirewall"),), by_rules(_NETWORK_FIREWALL)),
    Service(
        "traffic_mirror", (Query("AmazonVPC"),), by_rules([Rule("ENI-Mirror.*", "aws/vpc/traffic_mirror", "hours")])
    ),
)
