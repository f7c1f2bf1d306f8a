"""VPC endpoints. Source: AWS PrivateLink pricing page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resource import UnknownUntilApplyError
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Unpriced
    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_NAMES = {"Interface": "interface", "GatewayLoadBalancer": "gateway_load_balancer"}


def endpoint(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of each network interface and the GB; gateway endpoints are free."""
    endpoint_type = resource.attributes.text("vpc_endpoint_type") or "Gateway"
    if endpoint_type == "Gateway":
        return
    kind = _NAMES.get(endpoint_type, endpoint_type.lower())
    yield from as_far_as_known(lambda: _hours(resource, usage, endpoint_type, kind))
    yield Component(
        "Data processed",
        usage.quantity("monthly_data_processed_gb"),
        "GB",
        PriceKey(f"aws/vpc_endpoint/data_processed/{kind}", resource.region),
    )


def _hours(resource: Resource, usage: Usage, endpoint_type: str, kind: str) -> Iterator[Component]:
    key = PriceKey(f"aws/vpc_endpoint/hours/{kind}", resource.region)
    yield Component(f"Endpoint ({endpoint_type})", usage.hours * _interfaces(resource), "hours", key)


def _interfaces(resource: Resource) -> int:
    """Return how many network interfaces there will be: one a subnet, known or only referred to."""
    attributes, referenced = resource.attributes, len(resource.references.get("subnet_ids", ()))
    subnets = attributes.get("subnet_ids")
    if attributes.is_unknown("subnet_ids") and attributes.is_set("subnet_ids") and not referenced:
        raise UnknownUntilApplyError("subnet_ids")
    listed = len(subnets) if isinstance(subnets, Sequence) and not isinstance(subnets, str) else 0
    return max(listed, referenced, 1)


TYPES = (
    ResourceType(
        "aws_vpc_endpoint",
        "network",
        endpoint,
        usage_keys=(UsageKey("monthly_data_processed_gb", "GB processed by the endpoint a month", (10, 100, 1000)),),
    ),
)
