"""Amazon SNS: requests, deliveries and FIFO payload. SMS are left out: their price is the destination's."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules

_DELIVERIES = {
    "HTTP": "http",
    "SMTP": "email",
    "FIREHOSE": "firehose",
    "APNS": "mobile_push",
    "MACOS": "macos",
}
_RULES = (
    Rule(r"Requests-Tier1", "aws/sns/requests", "requests", {"productFamily": "API Request"}),
    *(
        Rule(f"DeliveryAttempts-{listed}", f"aws/sns/notifications/{kind}", "notifications")
        for listed, kind in _DELIVERIES.items()
    ),
    Rule(r"F-Request-Tier1", "aws/sns/fifo/requests", "requests"),
    Rule(r"F-Ingress-Tier1", "aws/sns/fifo/request_payload", "GB"),
    Rule(r"F-DA-SQS", "aws/sns/fifo/notifications", "notifications"),
    Rule(r"F-Egress-SQS", "aws/sns/fifo/notification_payload", "GB"),
)

SERVICE = Service("sns", (Query("AmazonSNS"),), by_rules(_RULES))
