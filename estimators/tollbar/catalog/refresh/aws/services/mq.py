"""Amazon MQ: hours of brokers by engine and deployment, and their storage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, Sold, by_rules

if TYPE_CHECKING:
    from tollbar.catalog.refresh.aws.product import Product, Term

_DEPLOYMENTS: Final = {
    ("ActiveMQ", "Single-AZ"): "activemq/single_instance",
    ("ActiveMQ", "Multi-AZ"): "activemq/active_standby_multi_az",
    ("RabbitMQ", "Single-AZ"): "rabbitmq/single_instance",
    ("RabbitMQ", "Multi-AZ"): "rabbitmq/cluster_multi_az",
}
_STORAGE = by_rules(
    (
        Rule("TimedStorage-ByteHrs", "aws/mq/storage/activemq/efs", "GB-months"),
        Rule("TimedStorage-EBS-ByteHrs", "aws/mq/storage/activemq/ebs", "GB-months"),
        Rule("TimedStorage-RabbitMQ-ByteHrs", "aws/mq/storage/rabbitmq/ebs", "GB-months"),
    )
)


def _sold(product: Product, term: Term) -> Sold | None:
    if product.family != "Broker Instances":
        return _STORAGE(product, term)
    deployment = _DEPLOYMENTS.get((product["brokerEngine"], product["deploymentOption"]))
    if term.kind != "OnDemand" or deployment is None or not product["instanceType"]:
        return None
    return Sold(f"aws/mq/broker/{deployment}/mq.{product['instanceType'].removeprefix('mq.')}", "hours")


SERVICE = Service("mq", (Query("AmazonMQ"),), _sold)
