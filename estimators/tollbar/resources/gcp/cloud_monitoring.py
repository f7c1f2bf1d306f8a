"""Cloud Monitoring: metric data that are taken in, and calls that read it.

Source: "Google Cloud Observability pricing". The free 150 MiB of data and 1M calls a month are per billing account
and not taken off here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.resources.gcp.usage_line import UsageLine, usage_lines
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Component
    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_LINES = (
    UsageLine("Monitoring data", "monthly_monitoring_data_mb", "MiB", "gcp/cloud_monitoring/metric_data"),
    UsageLine("API calls", "monthly_api_calls", "requests", "gcp/cloud_monitoring/api_call"),
)


def metric_descriptor(_resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the MiB of data points of a metric and the calls that read them."""
    yield from usage_lines(_LINES, usage, "global")


TYPES = (
    ResourceType(
        "google_monitoring_metric_descriptor",
        "observability",
        metric_descriptor,
        usage_keys=(
            UsageKey("monthly_monitoring_data_mb", "MiB of data points a month", (1, 10, 100)),
            UsageKey("monthly_api_calls", "Calls a month that read the data", (1_000, 10_000, 100_000)),
        ),
    ),
)
