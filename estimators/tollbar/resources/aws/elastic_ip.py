"""Elastic IP addresses. Source: Amazon VPC pricing page, public IPv4 addresses.

Since 1 February 2024 every public IPv4 address of Amazon's is billed, attached to something or not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.attachment import attached_by
from tollbar.resources.registry import ResourceType
from tollbar.traits import Readers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage


def elastic_ip(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of the address; addresses that the customer brought along are free."""
    pool = resource.attributes.text("public_ipv4_pool", "amazon") or "amazon"
    is_brought_along = pool.startswith("ipv4pool-ec2-")
    is_on_outpost = resource.attributes.text("customer_owned_ipv4_pool", "") not in {None, ""}
    if is_brought_along or is_on_outpost:
        return
    key = PriceKey("aws/elastic_ip/public_ipv4_address", resource.region)
    yield Component("Public IPv4 address", usage.hours, "hours", key)


_ATTACHERS = {
    "aws_eip_association": ("allocation_id", "public_ip"),
    "aws_nat_gateway": ("allocation_id", "secondary_allocation_ids"),
    "aws_lb": ("subnet_mapping.allocation_id",),
    "aws_alb": ("subnet_mapping.allocation_id",),
    "aws_transfer_server": ("endpoint_details.address_allocation_ids",),
}

TYPES = (
    ResourceType(
        "aws_eip",
        "network",
        elastic_ip,
        traits=Readers(
            attached=attached_by(
                _ATTACHERS, "instance", "network_interface", "associate_with_private_ip", inert=("aws_route53_record",)
            )
        ),
    ),
)
