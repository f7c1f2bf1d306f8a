"""VPC endpoints: hours per zone and GB processed. Sold by AmazonVPC."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Rule, Service, by_rules, families

_RULES = (
    Rule("VpcEndpoint-Hours", "aws/vpc_endpoint/hours/interface", "hours"),
    Rule("VpcEndpoint-Bytes", "aws/vpc_endpoint/data_processed/interface", "GB"),
    Rule("VpcEndpoint-GWLBE-Hours", "aws/vpc_endpoint/hours/gateway_load_balancer", "hours"),
    Rule("VpcEndpoint-GWLBE-Bytes", "aws/vpc_endpoint/data_processed/gateway_load_balancer", "GB"),
)

SERVICE = Service("vpc_endpoint", families("AmazonVPC", "VpcEndpoint"), by_rules(_RULES))
