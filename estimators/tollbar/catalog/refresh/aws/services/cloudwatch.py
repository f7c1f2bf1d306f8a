"""Amazon CloudWatch: logs, alarms, metrics, what watches pages; dashboards are sold at one price everywhere."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules

_ROOT = "aws/cloudwatch"
_LOGS, _ALARM = f"{_ROOT}/logs", f"{_ROOT}/alarm"
_RULES = (
    Rule("DataProcessing-Bytes", f"{_LOGS}/ingested/standard", "GB", {"group": "Ingested Logs"}),
    Rule("DataProcessingIA-Bytes", f"{_LOGS}/ingested/infrequent_access", "GB"),
    Rule("TimedStorage-ByteHrs", f"{_LOGS}/stored", "GB-months"),
    Rule("DataScanned-Bytes", f"{_LOGS}/insights_scanned", "GB"),
    Rule("DataProtection-Bytes", f"{_LOGS}/data_protection_scanned", "GB"),
    Rule("VendedLog-Bytes", f"{_LOGS}/vended/cloudwatch", "GB", {"group": "Ingested Logs"}),
    Rule("S3-Egress-Bytes", f"{_LOGS}/vended/s3", "GB", {"group": "Delivered Logs"}),
    Rule("FH-Egress-Bytes", f"{_LOGS}/vended/firehose", "GB", {"group": "Delivered Logs"}),
    Rule("S3-Egress-InputBytes", f"{_LOGS}/vended/parquet_conversion", "GB"),
    Rule("CW:AlarmMonitorUsage", f"{_ALARM}/standard_resolution", "metrics"),
    Rule("CW:HighResAlarmMonitorUsage", f"{_ALARM}/high_resolution", "metrics"),
    Rule("CW:CompositeAlarmMonitorUsage", f"{_ALARM}/composite", "months"),
    Rule("CW:MetricMonitorUsage", f"{_ROOT}/metrics/custom", "metrics"),
    Rule("CW:Requests", f"{_ROOT}/api_requests", "requests"),
    Rule("CW:GMD-Metrics", f"{_ROOT}/get_metric_data", "metrics"),
    Rule("CW:MetricStreamUsage", f"{_ROOT}/metric_stream_updates", "events"),
    Rule("CW:Canary-runs", f"{_ROOT}/canary_runs", "runs"),
    Rule("CW:RUM-events", f"{_ROOT}/rum_events", "events"),
    Rule("CW:ContributorInsightRules", f"{_ROOT}/contributor_insights/log_rule", "rules"),
    Rule("CW:ContributorInsightEvents", f"{_ROOT}/contributor_insights/log_events", "events"),
    Rule(r"DashboardsUsageHour(?:-\w+)?", f"{_ROOT}/dashboard", "months", {"productFamily": "Dashboard"}),
)

SERVICE = Service("cloudwatch", (Query("AmazonCloudWatch"),), by_rules(_RULES), is_global=True)
