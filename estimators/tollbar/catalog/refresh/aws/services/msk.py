"""Amazon MSK: hours of brokers, named as the API names them (``kafka.m5.large``), and their storage."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules

_RULES = (
    Rule(r"Kafka\.Storage\.GP2", "aws/msk/storage", "GB-months"),
    Rule(r"Kafka\.(?P<type>[a-z0-9]+\.[a-z0-9]+)", "aws/msk/broker/kafka.{type}", "hours"),
    Rule(r"Express\.(?P<type>[a-z0-9]+\.[a-z0-9]+)", "aws/msk/broker/express.{type}", "hours"),
)

SERVICE = Service("msk", (Query("AmazonMSK"),), by_rules(_RULES))
