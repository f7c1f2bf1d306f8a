"""Amazon EventBridge: events by kind, scheduled invocations, archives."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules

_ROOT = "aws/eventbridge"
_RULES = (
    Rule("Event-64K-Chunks", f"{_ROOT}/custom_events", "events", {"eventType": "Custom Event"}),
    Rule("Event-64K-Chunks", f"{_ROOT}/third_party_events", "events", {"eventType": "Partner Event"}),
    Rule("Event-8K-Chunks", f"{_ROOT}/schema_discovery", "events", {"eventType": "Discovery Event"}),
    Rule("ScheduledInvocation", f"{_ROOT}/scheduler_invocations", "requests"),
    Rule("ArchivedEvents-Bytes", f"{_ROOT}/archive_processing", "GB"),
    Rule("TimedStorage-ByteHrs", f"{_ROOT}/archive_storage", "GB-months"),
)

SERVICE = Service("eventbridge", (Query("AWSEvents"),), by_rules(_RULES))
