"""NAT gateways: hours and GB processed. Sold by AmazonEC2."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Rule, Service, by_rules, families

_RULES = (
    Rule("NatGateway-Hours", "aws/nat_gateway/hours", "hours"),
    Rule("NatGateway-Bytes", "aws/nat_gateway/data_processed", "GB"),
)

SERVICE = Service("nat_gateway", families("AmazonEC2", "NAT Gateway"), by_rules(_RULES))
