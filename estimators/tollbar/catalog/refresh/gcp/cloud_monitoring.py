"""Cloud Monitoring: what metrics send, samples of Managed Service for Prometheus, and reads through its API."""

from __future__ import annotations

from tollbar.catalog.refresh.gcp.listing import BillingService, Rule, ServiceFamily, by_rules

RULES = (
    Rule(r"Metric Volume", "gcp/cloud_monitoring/metric_data", "MiB"),
    Rule(r"Prometheus Samples Ingested", "gcp/cloud_monitoring/prometheus_sample", "samples"),
    Rule(r"Monitoring API (?:Requests|Calls)", "gcp/cloud_monitoring/api_call", "requests"),
)
FAMILY = ServiceFamily("cloud_monitoring", (BillingService("58CD-E7C3-72CA", "Cloud Monitoring"),), by_rules(*RULES))
