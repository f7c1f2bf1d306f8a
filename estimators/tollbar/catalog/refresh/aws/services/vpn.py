"""VPN connections: site to site, and the endpoints that clients connect to. Sold by AmazonVPC."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules

_RULES = (
    Rule(r"VPN-Usage-Hours:ipsec\.1", "aws/vpn/site_to_site/connection", "hours"),
    Rule("ClientVPN-ConnectionHours", "aws/vpn/client/connection", "hours"),
    Rule("ClientVPN-EndpointHours", "aws/vpn/client/association", "hours"),
)

SERVICE = Service("vpn", (Query("AmazonVPC"),), by_rules(_RULES))
