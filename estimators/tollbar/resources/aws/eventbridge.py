"""EventBridge event buses. Source: Amazon EventBridge pricing page."""

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

_LINES = (
    ("monthly_custom_events", "Custom events published", "events", "custom_events"),
    ("monthly_third_party_events", "Third-party events published", "events", "third_party_events"),
    ("monthly_archive_processing_gb", "Archive processing", "GB", "archive_processing"),
    ("archive_storage_gb", "Archive storage", "GB-months", "archive_storage"),
    ("monthly_schema_discovery_events", "Schema discovery", "events", "schema_discovery"),
)


def event_bus(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield events (each started 64 KB of payload is one), archive and schema discovery."""
    for usage_key, name, unit, what in _LINES:
        yield Component(name, usage.quantity(usage_key), unit, PriceKey(f"aws/eventbridge/{what}", resource.region))


TYPES = (
    ResourceType(
        "aws_cloudwatch_event_bus",
        "messaging",
        event_bus,
        usage_keys=(
            UsageKey("monthly_custom_events", "Custom events published a month", (10_000, 100_000, 1_000_000)),
            UsageKey("monthly_third_party_events", "Third-party and cross-account events published a month"),
            UsageKey("monthly_archive_processing_gb", "GB of events put into archives a month"),
            UsageKey("archive_storage_gb", "GB kept in archives"),
            UsageKey("monthly_schema_discovery_events", "Events read for schema discovery a month, in 8 KB chunks"),
        ),
    ),
)
