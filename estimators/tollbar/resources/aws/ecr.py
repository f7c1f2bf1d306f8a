"""Amazon ECR repositories: stored images. Source: Amazon ECR pricing page."""

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


def ecr_repository(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the GB of images that the repository holds."""
    yield Component("Storage", usage.quantity("storage_gb"), "GB-months", PriceKey("aws/ecr/storage", resource.region))


TYPES = (
    ResourceType(
        "aws_ecr_repository",
        "storage",
        ecr_repository,
        usage_keys=(UsageKey("storage_gb", "GB of images stored", (1, 10, 50)),),
    ),
)
