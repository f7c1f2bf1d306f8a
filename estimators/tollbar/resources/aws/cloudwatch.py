"""CloudWatch log groups, alarms and dashboards. Source: Amazon CloudWatch pricing page.

The free 5 GB, 10 alarms and 3 dashboards are an account's and are not taken off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.traits import Readers, days, text
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_STANDARD_PERIOD_SECONDS = 60
_ANOMALY_BOUNDS = 2
"""An anomaly detection alarm watches the metric and the two bounds of its band."""


def log_group(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the GB ingested, kept and scanned by Logs Insights queries."""
    log_class = resource.attributes.text("log_group_class", "STANDARD") or "STANDARD"
    yield from log_group_lines(resource.region, usage, log_class.lower())


def log_group_lines(
    region: str | None, usage: Usage, log_class: str = "standard", prefix: str = ""
) -> Iterator[Component]:
    """Yield the lines of a log group whose usage keys start with ``prefix`` (``cloudwatch.``)."""
    yield Component(
        "Data ingested",
        usage.quantity(f"{prefix}monthly_data_ingested_gb"),
        "GB",
        PriceKey(f"aws/cloudwatch/logs/ingested/{log_class}", region),
    )
    yield Component(
        "Archival storage",
        usage.quantity(f"{prefix}storage_gb"),
        "GB-months",
        PriceKey("aws/cloudwatch/logs/stored", region),
    )
    yield Component(
        "Insights queries data scanned",
        usage.quantity(f"{prefix}monthly_data_scanned_gb"),
        "GB",
        PriceKey("aws/cloudwatch/logs/insights_scanned", region),
    )


def metric_alarm(resource: Resource, _usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the metrics that an alarm watches, at its resolution."""
    queries = resource.attributes.blocks("metric_query")
    metrics = tuple(query.block("metric") for query in queries if query.blocks("metric"))
    expressions = tuple(query.text("expression", "") or "" for query in queries)
    resolution = (
        "high" if any(_is_high_resolution(metric) for metric in metrics or (resource.attributes,)) else "standard"
    )
    kind = f"{resolution.capitalize()} resolution"
    watched = Quantity.fixed(len(metrics) or 1)
    if any("ANOMALY_DETECTION_BAND" in expression.upper() for expression in expressions):
        kind = f"{kind} anomaly detection"
        watched = watched + Quantity.fixed(_ANOMALY_BOUNDS)
    elif any(expression.upper().lstrip().startswith("SELECT") for expression in expressions):
        # A Metrics Insights query is billed by the metrics it happens to match.
        kind = f"{kind}, Metrics Insights query"
        watched = Quantity.unknown()
    key = PriceKey(f"aws/cloudwatch/alarm/{resolution}_resolution", resource.region)
    yield Component(f"{kind} alarm metrics", watched, "metrics", key)


def composite_alarm(resource: Resource, _usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the month of an alarm that combines others."""
    key = PriceKey("aws/cloudwatch/alarm/composite", resource.region)
    yield Component("Composite alarm", Quantity.fixed(1), "months", key)


def dashboard(resource: Resource, _usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the month of a dashboard."""
    yield Component("Dashboard", Quantity.fixed(1), "months", PriceKey("aws/cloudwatch/dashboard", resource.region))


def _is_high_resolution(metric: Attributes) -> bool:
    period = metric.number("period")
    return period is not None and period < _STANDARD_PERIOD_SECONDS


LOG_GROUP_KEYS = (
    UsageKey("monthly_data_ingested_gb", "GB ingested a month", (1, 10, 100)),
    UsageKey("storage_gb", "GB of logs kept, compressed", (0.15, 1.5, 100)),
    UsageKey("monthly_data_scanned_gb", "GB scanned a month by Logs Insights queries"),
)

TYPES = (
    ResourceType(
        "aws_cloudwatch_log_group",
        "observability",
        log_group,
        LOG_GROUP_KEYS,
        traits=Readers(storage_class=text("log_group_class", "STANDARD"), retention_days=days("retention_in_days", 0)),
    ),
    ResourceType("aws_cloudwatch_metric_alarm", "observability", metric_alarm),
    ResourceType("aws_cloudwatch_composite_alarm", "observability", composite_alarm),
    ResourceType("aws_cloudwatch_dashboard", "observability", dashboard),
)
