"""Amazon Timestream for LiveAnalytics tables. Source: Amazon Timestream pricing page."""

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


def timestream_table(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the writes, the memory and magnetic storage, and the GB that queries scan."""
    lines = (
        ("Writes", usage.quantity("monthly_writes"), "requests", "writes"),
        ("Memory store", usage.quantity("memory_storage_gb") * usage.hours, "GB-hours", "memory_store"),
        ("Magnetic store", usage.quantity("magnetic_storage_gb"), "GB-months", "magnetic_store"),
        ("Data scanned", usage.quantity("monthly_data_scanned_gb"), "GB", "scanned"),
    )
    for name, quantity, unit, what in lines:
        yield Component(name, quantity, unit, PriceKey(f"aws/timestream/{what}", resource.region))


TYPES = (
    ResourceType(
        "aws_timestreamwrite_table",
        "database",
        timestream_table,
        (
            UsageKey("monthly_writes", "writes of 1 KB a month", (1_000_000, 10_000_000, 100_000_000)),
            UsageKey("memory_storage_gb", "GB in the memory store on average", (0.1, 1, 10)),
            UsageKey("magnetic_storage_gb", "GB in the magnetic store", (1, 50, 1000)),
            UsageKey("monthly_data_scanned_gb", "GB scanned by queries a month", (10, 100, 1000)),
        ),
    ),
)
