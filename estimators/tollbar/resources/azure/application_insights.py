"""Application Insights and its web tests. Source: "Azure Monitor pricing", Application Insights.

Data is kept for 90 days without charge. Ping tests are free.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.traits import Readers, days
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Unpriced
    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_FREE_RETENTION_DAYS = 90
_DAYS_PER_MONTH = 30
_DEFAULT_FREQUENCY_SECONDS = 300
_SECONDS_PER_HOUR = 3600


def application_insights(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the GB taken in and those kept for longer than 90 days."""
    ingested = usage.quantity("monthly_data_ingested_gb")
    key = PriceKey("azure/application_insights/data_ingested", resource.region)
    yield Component("Data ingested", ingested, "GB", key)
    yield from as_far_as_known(lambda: _retention(resource, ingested))


def _retention(resource: Resource, ingested: Quantity) -> Iterator[Component]:
    days = resource.attributes.number("retention_in_days", _FREE_RETENTION_DAYS) or Decimal(_FREE_RETENTION_DAYS)
    if days > _FREE_RETENTION_DAYS:
        kept = ingested * ((days - _FREE_RETENTION_DAYS) / _DAYS_PER_MONTH)
        key = PriceKey("azure/application_insights/data_retention", resource.region)
        yield Component(f"Data retention ({days:f} days)", kept, "GB-months", key)


def web_test(resource: Resource, _usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the month of a multi-step test; ping tests, and those that are not enabled, cost nothing."""
    attributes = resource.attributes
    if (attributes.text("kind") or "ping").lower() == "multistep" and attributes.flag("enabled"):
        key = PriceKey("azure/application_insights/multi_step_web_test", resource.region)
        yield Component("Multi-step web test", Quantity.fixed(1), "months", key)


def standard_web_test(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the runs of a test that is enabled: one from each location, every five minutes unless told otherwise."""
    attributes = resource.attributes
    if not attributes.flag("enabled", default=True):
        return
    seconds = attributes.number("frequency") or Decimal(_DEFAULT_FREQUENCY_SECONDS)
    if seconds <= 0:
        seconds = Decimal(_DEFAULT_FREQUENCY_SECONDS)
    locations = len(attributes.texts("geo_locations"))
    runs = usage.hours * (_SECONDS_PER_HOUR * locations / seconds)
    key = PriceKey("azure/monitor/standard_web_test/execution", resource.region)
    yield Component(f"Standard web test ({seconds:f} second frequency)", runs, "executions", key)


TYPES = (
    ResourceType(
        "azurerm_application_insights",
        "observability",
        application_insights,
        usage_keys=(UsageKey("monthly_data_ingested_gb", "GB of telemetry taken in a month", (1, 10, 100)),),
        traits=Readers(retention_days=days("retention_in_days", _FREE_RETENTION_DAYS)),
    ),
    ResourceType("azurerm_application_insights_web_test", "observability", web_test),
    ResourceType("azurerm_application_insights_standard_web_test", "observability", standard_web_test),
)
