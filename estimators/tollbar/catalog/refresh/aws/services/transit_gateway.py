"""Transit gateways: hours of an attachment of a VPC, GB processed. Sold by AmazonVPC."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules

_VPC = {"operation": "TransitGatewayVPC"}
"""Attachments of a VPN, of Direct Connect and of peers are other operations at the same usage types."""
_RULES = (
    Rule("TransitGateway-Hours", "aws/transit_gateway/attachment", "hours", _VPC),
    Rule("TransitGateway-Bytes", "aws/transit_gateway/data_processed", "GB", _VPC),
)

SERVICE = Service("transit_gateway", (Query("AmazonVPC", _VPC),), by_rules(_RULES))
