"""Amazon CloudWatch: logs, alarms, metrics, dashboards (sold at one price everywhere)."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules

_LOGS, _ALARM = "aws/cloudwatch/logs", "aws/cloudwatch/alarm"
_RULES = (
    Rule("DataProcessing-Bytes", f"{_LOGS}/ingested/standard", "GB", {"group": "Ingested Logs"}),
    Rule("DataProcessingIA-Bytes", f"{_LOGS}/ingested/infrequent_access", "GB"),
    Rule("TimedStorage-ByteHrs", f"{_LOGS}/stored", "GB-months"),
    Rule("DataScanned-Bytes", f"{_LOGS}/insights_scanned", "GB"),
    Rule("CW:AlarmMonitorUsage", f"{_ALARM}/standard_resolution", "metrics"),
    Rule("CW:HighResAlarmMonitorUsage", f"{_ALARM}/high_resolution", "metrics"),
    Rule("CW:CompositeAlarmMonitorUsage", f"{_ALARM}/composite", "months"),
    Rule("CW:MetricMonitorUsage", "aws/cloudwatch/metrics/custom", "metrics"),
    Rule(r"DashboardsUsageHour(?:-\w+)?", "aws/cloudwatch/dashboard", "months", {"productFamily": "Dashboard"}),
)

SERVICE = Service("cloudwatch", (Query("AmazonCloudWatch"),), by_rules(_RULES), is_global=True)
