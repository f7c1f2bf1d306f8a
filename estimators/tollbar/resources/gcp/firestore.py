"""Firestore databases: document reads, writes and deletes, stored GB, point-in-time recovery.

Source: "Firestore pricing". The free quota of each day is that of one database in a project and not taken off here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.gcp.usage_line import UsageLine, usage_lines
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_LINES = (
    UsageLine("Document reads", "monthly_document_reads", "operations", "gcp/firestore/read"),
    UsageLine("Document writes", "monthly_document_writes", "operations", "gcp/firestore/write"),
    UsageLine("Document deletes", "monthly_document_deletes", "operations", "gcp/firestore/delete"),
    UsageLine("Storage", "storage_gb", "GB-months", "gcp/firestore/storage"),
)


def firestore_database(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the documents that are read, written and deleted, stored GB, and those of point-in-time recovery."""
    location = (resource.attributes.text("location_id", "") or resource.region or "").lower() or None
    yield from usage_lines(_LINES, usage, location)
    yield from as_far_as_known(lambda: _recovery(resource, usage, location))


def _recovery(resource: Resource, usage: Usage, location: str | None) -> Iterator[Component]:
    enabled = "POINT_IN_TIME_RECOVERY_ENABLED"
    if resource.attributes.text("point_in_time_recovery_enablement", "") == enabled:
        key = PriceKey("gcp/firestore/point_in_time_recovery", location)
        yield Component("Point-in-time recovery", usage.quantity("storage_gb"), "GB-months", key)


TYPES = (
    ResourceType(
        "google_firestore_database",
        "database",
        firestore_database,
        usage_keys=(
            UsageKey("monthly_document_reads", "Documents read a month", (100_000, 1_000_000, 10_000_000)),
            UsageKey("monthly_document_writes", "Documents written a month", (10_000, 100_000, 1_000_000)),
            UsageKey("monthly_document_deletes", "Documents deleted a month", (1_000, 10_000, 100_000)),
            UsageKey("storage_gb", "GB of documents and indexes", (1, 10, 100)),
        ),
    ),
)
