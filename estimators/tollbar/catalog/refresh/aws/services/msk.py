"""Amazon MSK: brokers, named as the API names them (``kafka.m5.large``), their storage; serverless, MSK Connect."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules

_SERVERLESS = "aws/msk_serverless"
_RULES = (
    Rule(r"Kafka\.Storage\.GP2", "aws/msk/storage", "GB-months"),
    Rule(r"Kafka\.mcu\.general", "aws/msk_connect/worker", "hours"),
    Rule(r"Kafka\.(?P<type>[a-z0-9]+\.[a-z0-9]+)", "aws/msk/broker/kafka.{type}", "hours"),
    Rule(r"Express\.(?P<type>[a-z0-9]+\.[a-z0-9]+)", "aws/msk/broker/express.{type}", "hours"),
    Rule("KafkaServerless-ClusterHours", f"{_SERVERLESS}/cluster", "hours"),
    Rule("KafkaServerless-PartitionHours", f"{_SERVERLESS}/partition", "hours"),
    Rule("KafkaServerless-In-Bytes", f"{_SERVERLESS}/data_in", "GB"),
    Rule("KafkaServerless-Out-Bytes", f"{_SERVERLESS}/data_out", "GB"),
)

SERVICE = Service("msk", (Query("AmazonMSK"),), by_rules(_RULES))
