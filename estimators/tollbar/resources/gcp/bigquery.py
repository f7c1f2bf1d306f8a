"""BigQuery: queries by the TiB they scan, tables by what they store and take in, reserved slots.

Source: "BigQuery pricing". The free 1 TiB of queries and 10 GiB of storage a month are per billing account and
not taken off here. A dataset without a location is in the multi-region US.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.gcp.usage_line import UsageLine, usage_lines
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_DEFAULT_LOCATION = "us"
_BYTES_PER_GIB = 1024**3
_TABLE_LINES = (
    UsageLine("Active storage", "monthly_active_storage_gb", "GB-months", "gcp/bigquery/storage/active_logical"),
    UsageLine(
        "Long-term storage", "monthly_long_term_storage_gb", "GB-months", "gcp/bigquery/storage/long_term_logical"
    ),
    UsageLine("Streaming inserts", "monthly_streaming_inserts_mb", "GB", "gcp/bigquery/streaming_insert", 1024),
    UsageLine("Storage write API", "monthly_storage_write_api_gb", "GB", "gcp/bigquery/storage_write_api"),
    UsageLine("Storage read API", "monthly_storage_read_api_tb", "TiB", "gcp/bigquery/storage_read_api"),
)


def bigquery_dataset(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the TiB that on-demand queries of a dataset scan."""
    key = PriceKey("gcp/bigquery/query/on_demand", _location(resource))
    yield Component("Queries (on-demand)", usage.quantity("monthly_queries_tb"), "TiB", key)


def bigquery_table(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    """Yield a table's stored GB, streaming inserts, and what its storage API writes and reads."""
    dataset = inventory.referenced(resource, "dataset_id", "google_bigquery_dataset") or inventory.named(
        "google_bigquery_dataset", "dataset_id", resource.attributes.literal("dataset_id")
    )
    location = resource.region if dataset is None else _location(dataset)
    yield from usage_lines(_TABLE_LINES, usage, location)


def bigquery_reservation(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of a reservation's baseline slots, and of those that autoscaling may add."""
    attributes = resource.attributes
    edition = (attributes.text("edition", "ENTERPRISE") or "ENTERPRISE").lower()
    key = PriceKey(f"gcp/bigquery/edition/{edition}", _location(resource))
    baseline = attributes.number("slot_capacity", 0) or Decimal(0)
    most_added = attributes.block("autoscale").known_number("max_slots") or Decimal(0)
    slots = Quantity.between(baseline, baseline, baseline + most_added)
    yield Component(f"Slots ({edition.replace('_', ' ')} edition)", usage.hours * slots, "slot-hours", key)


def bigquery_bi_reservation(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of BI Engine's reserved memory."""
    size = resource.attributes.number("size", 0) or Decimal(0)
    key = PriceKey("gcp/bigquery/bi_engine", _location(resource))
    yield Component("BI Engine capacity", usage.hours * (size / _BYTES_PER_GIB), "GiB-hours", key)


def _location(resource: Resource) -> str:
    return (resource.attributes.text("location", "") or _DEFAULT_LOCATION).lower()


TYPES = (
    ResourceType(
        "google_bigquery_dataset",
        "database",
        bigquery_dataset,
        usage_keys=(UsageKey("monthly_queries_tb", "TiB that queries scan a month", (0.1, 1, 10)),),
    ),
    ResourceType(
        "google_bigquery_table",
        "database",
        bigquery_table,
        usage_keys=(
            UsageKey(
                "monthly_active_storage_gb", "GB in tables and partitions changed in the last 90 days", (1, 50, 500)
            ),
            UsageKey("monthly_long_term_storage_gb", "GB in tables and partitions not changed for 90 days"),
            UsageKey("monthly_streaming_inserts_mb", "MB inserted a month by the legacy streaming API"),
            UsageKey("monthly_storage_write_api_gb", "GB written a month by the Storage Write API"),
            UsageKey("monthly_storage_read_api_tb", "TiB read a month by the Storage Read API"),
        ),
    ),
    ResourceType("google_bigquery_reservation", "database", bigquery_reservation),
    ResourceType("google_bigquery_bi_reservation", "database", bigquery_bi_reservation),
)
