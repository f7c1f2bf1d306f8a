"""Cloud Logging: log data that are taken in, and kept for longer than 30 days.

Source: "Google Cloud Observability pricing". The free 50 GiB a month are per project and not taken off here. Routing
logs is free: what a sink routes is charged where it is stored, so its usage tells what is taken in for it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.traits import Readers, days
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_INCLUDED_DAYS = 30
_OWNERS = ("billing_account", "folder", "organization", "project")


def log_sink(_resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the GB of log data that are taken in for a sink."""
    key = PriceKey("gcp/cloud_logging/ingestion", "global")
    yield Component("Logging data", usage.quantity("monthly_logging_data_gb"), "GB", key)


def log_bucket(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the GB of log data that a log bucket takes in, and keeps for longer than 30 days."""
    yield from log_sink(resource, usage, inventory)
    yield from as_far_as_known(lambda: _retention(resource, usage))


def _retention(resource: Resource, usage: Usage) -> Iterator[Component]:
    """Yield the GB that a bucket holds beyond 30 days once it has run for its retention period."""
    days = resource.attributes.number("retention_days", _INCLUDED_DAYS) or Decimal(_INCLUDED_DAYS)
    months = (days - _INCLUDED_DAYS) / _INCLUDED_DAYS
    if months > 0:
        kept = usage.quantity("monthly_logging_data_gb") * months
        yield Component("Log retention", kept, "GB-months", PriceKey("gcp/cloud_logging/retention", "global"))


_KEYS = (UsageKey("monthly_logging_data_gb", "GB of log data a month", (1, 10, 100)),)

TYPES = (
    *(
        ResourceType(
            f"google_logging_{owner}_bucket_config",
            "observability",
            log_bucket,
            usage_keys=_KEYS,
            traits=Readers(retention_days=days("retention_days", _INCLUDED_DAYS, zero=_INCLUDED_DAYS)),
        )
        for owner in _OWNERS
    ),
    *(ResourceType(f"google_logging_{owner}_sink", "observability", log_sink, usage_keys=_KEYS) for owner in _OWNERS),
)
