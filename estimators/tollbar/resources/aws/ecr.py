"""Amazon ECR repositories: stored images. Source: Amazon ECR pricing page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.traits import Readers
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage


def ecr_repository(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the GB of images that the repository holds."""
    yield Component("Storage", usage.quantity("storage_gb"), "GB-months", PriceKey("aws/ecr/storage", resource.region))


_POLICY = "aws_ecr_lifecycle_policy"


def _has_lifecycle_rules(repository: Resource, _usage: Usage, inventory: Inventory) -> bool | None:
    """Return whether a policy lets images expire; None where a policy's repository is not known."""
    if any(inventory.referring(repository, _POLICY)):
        return True
    others = [policy for policy in inventory.of_type(_POLICY) if not inventory.referenced(policy, "repository")]
    named = {policy.attributes.literal("repository") for policy in others}
    return None if named & {"", repository.attributes.literal("name")} else False


TYPES = (
    ResourceType(
        "aws_ecr_repository",
        "storage",
        ecr_repository,
        usage_keys=(UsageKey("storage_gb", "GB of images stored", (1, 10, 50)),),
        traits=Readers(lifecycle_rules=_has_lifecycle_rules),
    ),
)
