"""CloudWatch logs, alarms, metrics and dashboards: us-east-1 and (2023) eu-west-1."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_tiers import everywhere
from tollbar.catalog.build.source_tables import tiered_price
from tollbar.catalog.build.vendor_pages import page_price, page_prices
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import Row, SourceTables
    from tollbar.price import Price

TABLE = "aws/cloudwatch"
_LOGS, _ALARM = "aws/cloudwatch/logs", "aws/cloudwatch/alarm"
_METRICS = "aws/cloudwatch/metrics/custom"
_PATHS = {
    "CloudWatch-Log-Ingestion": (f"{_LOGS}/ingested/standard", "GB"),
    "CloudWatch-Log-Storage": (f"{_LOGS}/stored", "GB-months"),
    "CloudWatch-Alarm-Month": (f"{_ALARM}/standard_resolution", "metrics"),
    "CloudWatch-Metric-Month": (_METRICS, "metrics"),
    "CloudWatch-GetMetricData": ("aws/cloudwatch/get_metric_data", "metrics"),
}
_IRISH_PATHS = {
    "EU-DataProcessing-Bytes": (f"{_LOGS}/ingested/standard", "GB"),
    "EU-TimedStorage-ByteHrs": (f"{_LOGS}/stored", "GB-months"),
    "EU-DataScanned-Bytes": (f"{_LOGS}/insights_scanned", "GB"),
    "EU-CW:AlarmMonitorUsage": (f"{_ALARM}/standard_resolution", "metrics"),
    "EU-CW:HighResAlarmMonitorUsage": (f"{_ALARM}/high_resolution", "metrics"),
    "EU-CW:CompositeAlarmMonitorUsage": (f"{_ALARM}/composite", "months"),
    "EU-CW:MetricMonitorUsage": (_METRICS, "metrics"),
    "EU-CW:Requests": ("aws/cloudwatch/api_requests", "requests"),
    "EU-CW:GMD-Metrics": ("aws/cloudwatch/get_metric_data", "metrics"),
    "EU-CW:MetricStreamUsage": ("aws/cloudwatch/metric_stream_updates", "events"),
    "EU-CW:Canary-runs": ("aws/cloudwatch/canary_runs", "runs"),
    "EU-CW:ContributorInsightRules": ("aws/cloudwatch/contributor_insights/log_rule", "rules"),
    "EU-CW:ContributorInsightEvents": ("aws/cloudwatch/contributor_insights/log_events", "events"),
    "EU-CW:RUM-events": ("aws/cloudwatch/rum_events", "events"),
    "EU-DataProtection-Bytes": (f"{_LOGS}/data_protection_scanned", "GB"),
    "EU-VendedLog-Bytes": (f"{_LOGS}/vended/cloudwatch", "GB"),
    "EU-S3-Egress-Bytes": (f"{_LOGS}/vended/s3", "GB"),
    "EU-FH-Egress-Bytes": (f"{_LOGS}/vended/firehose", "GB"),
    "EU-S3-Egress-InputBytes": (f"{_LOGS}/vended/parquet_conversion", "GB"),
}
_PEER_PATHS = {
    ("aws_cloudwatch_log_group", "Insights queries data scanned"): (f"{_LOGS}/insights_scanned", "GB"),
    ("aws_cloudwatch_metric_alarm", "High resolution"): (f"{_ALARM}/high_resolution", "metrics"),
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the prices beyond the account's free tier."""
    yield from _paid_prices(tables.rows("aws_services", service="cloudwatch"), _PATHS)
    yield from _paid_prices(tables.rows("aws_terracost_eu-west-1_2023", service="cloudwatch"), _IRISH_PATHS)
    for (resource_type, component), (path, unit) in _PEER_PATHS.items():
        for peer_row in tables.test_suite_prices(resource_type, component):
            yield peer_row.price(path, unit)
    # AWS's price list sells dashboards under the location "Any".
    for peer_row in tables.test_suite_prices("aws_cloudwatch_dashboard", "Dashboard"):
        yield everywhere(peer_row.price("aws/cloudwatch/dashboard"))
    # Amazon CloudWatch pricing, US East (N. Virginia): composite alarms; logs, Infrequent Access class.
    for path, text, unit in (
        (f"{_ALARM}/composite", "0.50", "months"),
        (f"{_LOGS}/ingested/infrequent_access", "0.25", "GB"),
    ):
        yield page_price(tables, PriceKey(path, "us-east-1"), text, unit, "2025-01-01")
    yield from page_prices(tables, TABLE)


def _paid_prices(rows: Iterator[Row], paths: dict[str, tuple[str, str]]) -> Iterator[Price]:
    """Yield one price a thing sold, its first paid tier starting at 0."""
    paid: dict[str, list[Row]] = {}
    for row in rows:
        if row.sku_key in paths and row.price_usd:
            paid.setdefault(row.sku_key, []).append(row)
    for sku_key, tiers in paid.items():
        path, unit = paths[sku_key]
        tiers.sort(key=lambda row: row.tier_start)
        yield tiered_price(path, [replace(tiers[0], tier_start=Decimal(0)), *tiers[1:]], unit)
