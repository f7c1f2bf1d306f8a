"""Secrets Manager secrets. Source: AWS Secrets Manager pricing page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage


def secret(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the month of a secret, of its replicas (billed as secrets), and the API calls."""
    replicas = len(resource.attributes.blocks("replica"))
    key = PriceKey("aws/secrets_manager/secret", resource.region)
    yield Component("Secret", Quantity.fixed(1), "secrets", key)
    if replicas:
        yield Component("Replica secrets", Quantity.fixed(replicas), "secrets", key)
    requests = usage.quantity("monthly_requests")
    yield Component("API requests", requests, "requests", PriceKey("aws/secrets_manager/requests", resource.region))


TYPES = (
    ResourceType(
        "aws_secretsmanager_secret",
        "security",
        secret,
        usage_keys=(UsageKey("monthly_requests", "API calls a month", (1_000, 10_000, 100_000)),),
    ),
)
