"""Public IPv4 addresses, in use or idle at one price since February 2024. Sold by AmazonVPC."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules

_USAGE = r"PublicIPv4:(?:InUseAddress|IdleAddress)"
"""Not ``PublicIPv4:IdleAddress-ContiguousBlock`` and the like, which cost more."""

SERVICE = Service(
    "elastic_ip",
    (Query("AmazonVPC", {"group": "VPCPublicIPv4Address"}),),
    by_rules([Rule(_USAGE, "aws/elastic_ip/public_ipv4_address", "hours")]),
)
