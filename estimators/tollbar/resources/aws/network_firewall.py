"""Network Firewall. Source: AWS Network Firewall pricing page.

There is an endpoint in each subnet (in each zone where the firewall hangs on a transit gateway). NAT gateways
that are chained to a firewall are free up to its hours and GB: their own lines do not know of that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Unpriced
    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_MAPPINGS = ("subnet_mapping", "availability_zone_mapping")


def firewall(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of the firewall's endpoints and the GB that they process."""
    yield from as_far_as_known(lambda: _endpoints(resource, usage))
    yield Component(
        "Data processed",
        usage.quantity("monthly_data_processed_gb"),
        "GB",
        PriceKey("aws/network_firewall/data_processed", resource.region),
    )


def _endpoints(resource: Resource, usage: Usage) -> Iterator[Component]:
    key = PriceKey("aws/network_firewall/endpoint", resource.region)
    yield Component("Network Firewall endpoint", usage.hours * _endpoint_count(resource.attributes), "hours", key)


def _endpoint_count(attributes: Attributes) -> int:
    """Return how many endpoints there are: the provider asks for one mapping at least."""
    return max(sum(len(attributes.blocks(name)) for name in _MAPPINGS), 1)


TYPES = (
    ResourceType(
        "aws_networkfirewall_firewall",
        "network",
        firewall,
        (UsageKey("monthly_data_processed_gb", "GB processed by the firewall a month", (10, 100, 1000)),),
    ),
)
