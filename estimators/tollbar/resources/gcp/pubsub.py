"""Pub/Sub: what is published and delivered, and what subscriptions and snapshots keep.

Source: "Pub/Sub pricing". The free 10 GiB a month are per billing account and not taken off here. Subscriptions that
write into BigQuery or Cloud Storage cost more for each TiB.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.gcp.usage_line import UsageLine, usage_lines
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_DELIVERY = "gcp/pubsub/message_delivery"
_TOPIC_LINES = (UsageLine("Message ingestion data", "monthly_message_data_tb", "TiB", _DELIVERY),)
_EXPORTS = (
    ("bigquery_config", "BigQuery export data", "gcp/pubsub/bigquery_subscription"),
    ("cloud_storage_config", "Cloud Storage export data", "gcp/pubsub/cloud_storage_subscription"),
)
_STORAGE_LINES = (
    UsageLine(
        "Retained acknowledged message storage",
        "storage_gb",
        "GiB-months",
        "gcp/pubsub/storage/retained_acknowledged",
    ),
    UsageLine(
        "Snapshot message backlog storage",
        "snapshot_storage_gb",
        "GiB-months",
        "gcp/pubsub/storage/snapshot_backlog",
    ),
)


def topic(_resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the TiB that are published to a topic."""
    yield from usage_lines(_TOPIC_LINES, usage, "global")


def subscription(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the TiB that a subscription delivers, and the GiB that it and its snapshots keep."""
    exports = (export for export in _EXPORTS if resource.attributes.blocks(export[0]))
    _, name, path = next(exports, ("", "Message delivery data", _DELIVERY))
    yield Component(name, usage.quantity("monthly_message_data_tb"), "TiB", PriceKey(path, "global"))
    yield from usage_lines(_STORAGE_LINES, usage, "global")


_DATA = UsageKey("monthly_message_data_tb", "TiB of messages a month", (0.01, 0.1, 1))

TYPES = (
    ResourceType("google_pubsub_topic", "messaging", topic, usage_keys=(_DATA,)),
    ResourceType(
        "google_pubsub_subscription",
        "messaging",
        subscription,
        usage_keys=(
            _DATA,
            UsageKey("storage_gb", "GiB of acknowledged messages that are kept"),
            UsageKey("snapshot_storage_gb", "GiB of unacknowledged messages that snapshots keep"),
        ),
    ),
)
