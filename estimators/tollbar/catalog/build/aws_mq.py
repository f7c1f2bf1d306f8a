"""Amazon MQ: brokers and their storage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_prices import SoldAs, peer_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/mq"
_COMPONENTS = {
    "aws_mq_broker": {
        "Instance usage (ActiveMQ, mq.m5.large, active_standby_multi_az)": SoldAs(
            "aws/mq/broker/activemq/active_standby_multi_az/mq.m5.large", "hours"
        ),
        "Instance usage (ActiveMQ, mq.t2.micro, single_instance)": SoldAs(
            "aws/mq/broker/activemq/single_instance/mq.t2.micro", "hours"
        ),
        "Instance usage (RabbitMQ, mq.m5.xlarge, cluster_multi_az)": SoldAs(
            "aws/mq/broker/rabbitmq/cluster_multi_az/mq.m5.xlarge", "hours"
        ),
        "Instance usage (RabbitMQ, mq.m5.xlarge, single_instance)": SoldAs(
            "aws/mq/broker/rabbitmq/single_instance/mq.m5.xlarge", "hours"
        ),
        "Storage (ActiveMQ, EBS)": SoldAs("aws/mq/storage/activemq/ebs", "GB-months"),
        "Storage (ActiveMQ, EFS)": SoldAs("aws/mq/storage/activemq/efs", "GB-months"),
        "Storage (RabbitMQ, EBS)": SoldAs("aws/mq/storage/rabbitmq/ebs", "GB-months"),
    },
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the hours of brokers by engine and deployment (of all nodes together), and their storage."""
    for resource_type, components in _COMPONENTS.items():
        yield from peer_prices(tables, resource_type, components)
    yield from page_prices(tables, TABLE)
