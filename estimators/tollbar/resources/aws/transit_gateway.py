"""Transit Gateway attachments, also those of Direct Connect. Source: AWS Transit Gateway pricing page.

Each attachment is billed by the hour. The GB are billed to the attachment that sends them into the gateway;
what arrives over a peering was billed where it came from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

DATA_KEY = UsageKey("monthly_data_processed_gb", "GB sent into the transit gateway a month", (10, 100, 1000))


def vpc_attachment(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the attachment's hours and the GB that are sent into the gateway."""
    yield from transit_gateway_lines(resource.region, usage)


def peering_attachment(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the attachment's hours."""
    yield _attachment(resource.region, usage)


def direct_connect_association(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    """Yield the attachment's hours and the GB where a transit gateway is associated; a VPN gateway is free."""
    associated = inventory.referenced(resource, "associated_gateway_id", "aws_vpn_gateway")
    if associated is None and not resource.attributes.literal("associated_gateway_id").startswith("vgw-"):
        yield from transit_gateway_lines(resource.region, usage)


def transit_gateway_lines(region: str | None, usage: Usage) -> Iterator[Component]:
    """Yield the lines of an attachment that sends data into a transit gateway."""
    yield _attachment(region, usage)
    yield Component(
        "Data processed",
        usage.quantity(DATA_KEY.name),
        "GB",
        PriceKey("aws/transit_gateway/data_processed", region),
    )


def _attachment(region: str | None, usage: Usage) -> Component:
    return Component(
        "Transit gateway attachment", usage.hours, "hours", PriceKey("aws/transit_gateway/attachment", region)
    )


TYPES = (
    ResourceType("aws_ec2_transit_gateway_vpc_attachment", "network", vpc_attachment, (DATA_KEY,)),
    ResourceType("aws_ec2_transit_gateway_peering_attachment", "network", peering_attachment),
    ResourceType("aws_dx_gateway_association", "network", direct_connect_association, (DATA_KEY,)),
)
