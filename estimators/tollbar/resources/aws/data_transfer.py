"""Data transfer, which stands in no Terraform file: a usage file tells of it. Source: Amazon EC2 pricing page.

The first 100 GB a month to the internet are free for the account as a whole and are not taken off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Quantity
    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_BETWEEN_ZONES = "monthly_intra_region_gb"
_BETWEEN_US_EAST = "monthly_outbound_us_east_to_us_east_gb"
_TO_REGIONS = "monthly_outbound_other_regions_gb"
_TO_INTERNET = "monthly_outbound_internet_gb"
_SIDES = 2
"""Between zones a GB is billed to the side that sends it and to the side that gets it."""
_US_EAST = {"us-east-1": "us-east-2", "us-east-2": "us-east-1"}


def data_transfer(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the GB between zones, to other regions and to the internet, of those that are told."""
    region = resource.region
    if usage.is_told(_BETWEEN_ZONES):
        quantity = usage.quantity(_BETWEEN_ZONES) * _SIDES
        yield _gb("Intra-region data transfer", quantity, "inter_az", region)
    if usage.is_told(_BETWEEN_US_EAST):
        near = _US_EAST.get(region or "", "us-east-1")
        quantity = usage.quantity(_BETWEEN_US_EAST)
        yield _gb("Outbound data transfer to US East regions", quantity, f"inter_region/{near}", region)
    if usage.is_told(_TO_REGIONS):
        quantity = usage.quantity(_TO_REGIONS)
        yield _gb("Outbound data transfer to other regions", quantity, "inter_region/other_regions", region)
    if usage.is_told(_TO_INTERNET):
        quantity = usage.quantity(_TO_INTERNET)
        yield _gb("Outbound data transfer to Internet", quantity, "internet_egress", region)


def _gb(name: str, quantity: Quantity, path: str, region: str | None) -> Component:
    return Component(name, quantity, "GB", PriceKey(f"aws/data_transfer/{path}", region))


TYPES = (
    ResourceType(
        "aws_data_transfer",
        "network",
        data_transfer,
        (
            UsageKey("region", "the region that the data leaves"),
            UsageKey(_BETWEEN_ZONES, "GB a month between zones of the region, each counted once"),
            UsageKey(_BETWEEN_US_EAST, "GB a month between us-east-1 and us-east-2"),
            UsageKey(_TO_REGIONS, "GB a month to other regions"),
            UsageKey(_TO_INTERNET, "GB a month to the internet"),
        ),
    ),
)
