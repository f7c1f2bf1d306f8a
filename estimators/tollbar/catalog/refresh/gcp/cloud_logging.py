"""Cloud Logging: what is ingested, and what is kept beyond thirty days."""

from __future__ import annotations

from tollbar.catalog.refresh.gcp.listing import BillingService, Rule, ServiceFamily, by_rules

RULES = (
    Rule(r"Log Storage cost", "gcp/cloud_logging/ingestion", "GB"),
    Rule(r"Vended Logs Storage", "gcp/cloud_logging/vended_logs", "GB"),
    Rule(r"Log Retention cost", "gcp/cloud_logging/retention", "GB-months"),
)
FAMILY = ServiceFamily("cloud_logging", (BillingService("5490-F7B7-8DF6", "Cloud Logging"),), by_rules(*RULES))
