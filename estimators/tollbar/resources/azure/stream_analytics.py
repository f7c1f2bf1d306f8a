"""Stream Analytics: the streaming units of a job while it runs.

Source: "Azure Stream Analytics pricing". A job pays for the streaming units it is given and for the hours between its
start and its stop; the provider's default SKU is Standard.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_SKUS = {"standard": "standard", "standardv2": "standard_v2"}
_PARTS_OF_A_V2_UNIT = {3: Decimal(1) / 3, 7: Decimal(2) / 3}
_V2_NUMBERS_PER_UNIT = 10
"""Of StandardV2 the API counts 3 for a third of a unit, 7 for two thirds, and 10 for each whole one."""


def job(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of a job's streaming units (all unless told); a cluster is billed instead of the jobs on it."""
    attributes = resource.attributes
    if (attributes.text("type", "Cloud") or "").lower() == "edge":
        key = PriceKey("azure/stream_analytics/edge/device", resource.region)
        yield Component("Edge devices", usage.quantity("edge_devices"), "months", key)
        return
    if attributes.names_something("stream_analytics_cluster_id"):
        return
    told = usage.quantity("monthly_hours")
    units = attributes.number("streaming_units", 1) or Decimal(1)
    declared = (attributes.text("sku_name", "Standard") or "").lower()
    if declared == "standardv2":
        units = _PARTS_OF_A_V2_UNIT.get(int(units), units / _V2_NUMBERS_PER_UNIT)
    key = PriceKey(f"azure/stream_analytics/{_SKUS.get(declared, declared)}/streaming_unit", resource.region)
    yield Component("Streaming units", (told if told.is_known else usage.hours) * units, "hours", key)


TYPES = (
    ResourceType(
        "azurerm_stream_analytics_job",
        "messaging",
        job,
        (
            UsageKey("monthly_hours", "Hours a month that the job runs: all of them unless told"),
            UsageKey("edge_devices", "IoT Edge devices that run an Edge job"),
        ),
    ),
)
