"""Traffic mirroring. Source: Amazon VPC pricing page, traffic mirroring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage


def mirror_session(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours that a network interface is mirrored."""
    yield Component("Traffic mirror", usage.hours, "hours", PriceKey("aws/vpc/traffic_mirror", resource.region))


TYPES = (ResourceType("aws_ec2_traffic_mirror_session", "network", mirror_session),)
