"""CloudTrail trails. Source: AWS CloudTrail pricing page.

The first copy of the management events of a region is free, so only further trails pay for them. Data events
and Insights are billed from the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Unpriced
    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_MANAGEMENT = "monthly_additional_management_events"
_DATA = "monthly_data_events"
_INSIGHTS = "monthly_insight_events"


def trail(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield further copies of management events, data events, and the events that Insights analyses."""
    attributes, region = resource.attributes, resource.region
    yield from as_far_as_known(lambda: _management(attributes, usage, region))
    yield from as_far_as_known(lambda: _data(attributes, usage, region))
    yield from as_far_as_known(lambda: _insights(attributes, usage, region))


def _management(attributes: Attributes, usage: Usage, region: str | None) -> Iterator[Component]:
    selectors = attributes.blocks("event_selector")
    if not selectors or any(selector.flag("include_management_events", default=True) for selector in selectors):
        yield _events("Management events (additional copies)", usage, _MANAGEMENT, "management_events", region)


def _data(attributes: Attributes, usage: Usage, region: str | None) -> Iterator[Component]:
    """Yield the data events of a trail that selects some; advanced selectors may select either kind."""
    selected = attributes.blocks("advanced_event_selector") or [
        found for selector in attributes.blocks("event_selector") for found in selector.blocks("data_resource")
    ]
    if selected or usage.is_told(_DATA):
        yield _events("Data events", usage, _DATA, "data_events", region)


def _insights(attributes: Attributes, usage: Usage, region: str | None) -> Iterator[Component]:
    if attributes.blocks("insight_selector"):
        yield _events("Insight events", usage, _INSIGHTS, "insight_events", region)


def _events(name: str, usage: Usage, key: str, path: str, region: str | None) -> Component:
    return Component(name, usage.quantity(key), "events", PriceKey(f"aws/cloudtrail/{path}", region))


TYPES = (
    ResourceType(
        "aws_cloudtrail",
        "security",
        trail,
        (
            UsageKey(
                _MANAGEMENT, "management events a month that an earlier trail delivers as well", (0, 0, 1_000_000)
            ),
            UsageKey(_DATA, "data events delivered a month", (10_000, 100_000, 1_000_000)),
            UsageKey(_INSIGHTS, "events analysed by Insights a month", (10_000, 100_000, 1_000_000)),
        ),
    ),
)
