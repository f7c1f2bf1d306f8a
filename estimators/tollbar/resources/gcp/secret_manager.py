"""Secret Manager: active versions in each place they are kept, accesses, rotation notifications.

Source: "Secret Manager pricing". A version is charged once for each location of a user-managed replication, and
once where replication is automatic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.gcp.usage_line import UsageLine, usage_lines
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_ACCESS = UsageLine(
    "Access operations", "monthly_access_operations", "operations", "gcp/secret_manager/access_operation"
)
_ROTATION = UsageLine(
    "Rotation notifications",
    "monthly_rotation_notifications",
    "notifications",
    "gcp/secret_manager/rotation_notification",
)


def secret(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a secret's active versions in each location, accesses and rotation notifications."""
    yield from as_far_as_known(lambda: _versions(usage.quantity("active_secret_versions"), resource))
    yield from usage_lines((_ACCESS, _ROTATION), usage, "global")


def secret_version(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a version of a secret in each location of the secret, and its accesses."""
    parent = inventory.referenced(resource, "secret", "google_secret_manager_secret")
    yield from as_far_as_known(lambda: _versions(Quantity.fixed(1), parent))
    yield from usage_lines((_ACCESS,), usage, "global")


def _versions(versions: Quantity, kept: Resource | None) -> Iterator[Component]:
    replication = None if kept is None else kept.attributes.block("replication").block("user_managed")
    locations = 1 if replication is None else len(replication.blocks("replicas")) or 1
    key = PriceKey("gcp/secret_manager/active_secret_version", "global")
    yield Component("Active secret versions", versions * locations, "secrets", key)


_ACCESSES = UsageKey("monthly_access_operations", "Accesses a month", (1_000, 10_000, 100_000))

TYPES = (
    ResourceType(
        "google_secret_manager_secret",
        "security",
        secret,
        usage_keys=(
            UsageKey("active_secret_versions", "Active versions of the secret", (1, 1, 3)),
            _ACCESSES,
            UsageKey("monthly_rotation_notifications", "Rotation notifications a month"),
        ),
    ),
    ResourceType("google_secret_manager_secret_version", "security", secret_version, usage_keys=(_ACCESSES,)),
)
