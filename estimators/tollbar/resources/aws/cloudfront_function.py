"""CloudFront functions. Source: Amazon CloudFront pricing page. The free 2 million are an account's."""

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


def function(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the invocations."""
    key = PriceKey("aws/cloudfront_function/invocations", resource.region)
    yield Component("Invocations", usage.quantity("monthly_requests"), "requests", key)


TYPES = (
    ResourceType(
        "aws_cloudfront_function",
        "serverless",
        function,
        usage_keys=(UsageKey("monthly_requests", "Invocations a month", (10_000, 100_000, 1_000_000)),),
    ),
)
