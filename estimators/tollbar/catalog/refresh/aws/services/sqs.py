"""Amazon SQS: requests to standard and FIFO queues. us-east-1 lists them as RBP as well, at the same price."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Rule, Service, by_rules, families

_RULES = (
    Rule(r"Requests-(?:Tier1|RBP)", "aws/sqs/requests/standard", "requests"),
    Rule(r"Requests-FIFO-(?:Tier1|RBP)", "aws/sqs/requests/fifo", "requests"),
)

SERVICE = Service("sqs", families("AWSQueueService", "API Request"), by_rules(_RULES))
