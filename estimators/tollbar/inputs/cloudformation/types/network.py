"""VPC, load balancing, VPN, transit gateways, Direct Connect, Route 53, CloudFront, Global Accelerator, firewalls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from tollbar.inputs.cloudformation.attributes import Part, TypeMap, attributes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.inputs.cloudformation.attributes import Attributes, Properties
    from tollbar.inputs.cloudformation.values import Value


def _finish_record(attributes: Attributes, _region: str | None) -> None:
    """Call the region of a latency record what it is: not where the record is."""
    if "region" in attributes:
        attributes["latency_routing_policy"] = {"region": attributes.pop("region")}


def _records(_own: Value, properties: Properties, _region: str | None) -> Iterator[Part]:
    listed = properties.get("RecordSets")
    for index, record in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(record, Mapping):
            yield Part(f".RecordSets[{index}]", _RECORD.type, attributes_of(record, _RECORD))


_RECORD: Final = TypeMap(
    "aws_route53_record",
    {
        "AliasTarget": "alias",
        "GeoLocation": "geolocation_routing_policy",
        "GeoProximityLocation": "geoproximity_routing_policy",
        "HostedZoneId": "zone_id",
    },
    finish=_finish_record,
)

TYPES: Final[Mapping[str, TypeMap]] = {
    "AWS::CloudFront::Distribution": TypeMap(
        "aws_cloudfront_distribution",
        {
            "DistributionConfig": "",
            "DistributionConfig.CacheBehaviors": "ordered_cache_behavior",
            "DistributionConfig.Origins": "origin",
        },
    ),
    "AWS::CloudFront::Function": TypeMap("aws_cloudfront_function"),
    "AWS::DirectConnect::Connection": TypeMap("aws_dx_connection"),
    "AWS::DirectConnect::DirectConnectGatewayAssociation": TypeMap("aws_dx_gateway_association"),
    "AWS::EC2::ClientVpnEndpoint": TypeMap("aws_ec2_client_vpn_endpoint"),
    "AWS::EC2::ClientVpnTargetNetworkAssociation": TypeMap("aws_ec2_client_vpn_network_association"),
    "AWS::EC2::EIP": TypeMap("aws_eip"),
    "AWS::EC2::NatGateway": TypeMap("aws_nat_gateway"),
    "AWS::EC2::TrafficMirrorSession": TypeMap("aws_ec2_traffic_mirror_session"),
    "AWS::EC2::TransitGatewayAttachment": TypeMap("aws_ec2_transit_gateway_vpc_attachment"),
    "AWS::EC2::TransitGatewayPeeringAttachment": TypeMap("aws_ec2_transit_gateway_peering_attachment"),
    "AWS::EC2::TransitGatewayVpcAttachment": TypeMap("aws_ec2_transit_gateway_vpc_attachment"),
    "AWS::EC2::VPCEndpoint": TypeMap("aws_vpc_endpoint"),
    "AWS::EC2::VPNConnection": TypeMap("aws_vpn_connection"),
    "AWS::ElasticLoadBalancing::LoadBalancer": TypeMap("aws_elb"),
    "AWS::ElasticLoadBalancingV2::LoadBalancer": TypeMap("aws_lb", {"Type": "load_balancer_type"}),
    "AWS::GlobalAccelerator::Accelerator": TypeMap("aws_globalaccelerator_accelerator"),
    "AWS::GlobalAccelerator::EndpointGroup": TypeMap("aws_globalaccelerator_endpoint_group"),
    "AWS::NetworkFirewall::Firewall": TypeMap("aws_networkfirewall_firewall"),
    "AWS::Route53::HealthCheck": TypeMap("aws_route53_health_check", {"HealthCheckConfig": ""}),
    "AWS::Route53::HostedZone": TypeMap("aws_route53_zone"),
    "AWS::Route53::RecordSet": _RECORD,
    "AWS::Route53::RecordSetGroup": TypeMap("aws_route53_records_exclusive", parts=_records),
    "AWS::Route53Resolver::ResolverEndpoint": TypeMap("aws_route53_resolver_endpoint", {"IpAddresses": "ip_address"}),
}
