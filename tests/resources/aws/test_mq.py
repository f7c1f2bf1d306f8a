"""Amazon MQ brokers."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

CLUSTER = {"engine_type": "RabbitMQ", "host_instance_type": "mq.m5.large", "deployment_mode": "CLUSTER_MULTI_AZ"}

EXAMPLES = (
    Example("aws_mq_broker", CLUSTER, {"storage_size_gb": 10}),
    Example("aws_mq_broker", {"engine_type": "ActiveMQ", "host_instance_type": "mq.t3.micro"}, {"storage_size_gb": 5}),
)


def test_every_node_of_a_cluster_has_its_own_disk(cost_lines: CostLines) -> None:
    assert cost_lines("aws_mq_broker", CLUSTER, {"storage_size_gb": 10}) == {
        "Broker (RabbitMQ, mq.m5.large, cluster multi az)": Decimal("630.72"),
        "Storage (RabbitMQ, EBS)": Decimal("3.00"),
    }


def test_activemq_is_single_and_on_efs_by_default(cost_lines: CostLines) -> None:
    single = {"engine_type": "ActiveMQ", "host_instance_type": "mq.t3.micro"}
    assert cost_lines("aws_mq_broker", single, {"storage_size_gb": 10}) == {
        "Broker (ActiveMQ, mq.t3.micro, single instance)": Decimal("19.74"),
        "Storage (ActiveMQ, EFS)": Decimal("3.00"),
    }


def test_ebs_storage_of_activemq(cost_lines: CostLines) -> None:
    single = {"engine_type": "ActiveMQ", "host_instance_type": "mq.t3.micro", "storage_type": "ebs"}
    lines = cost_lines("aws_mq_broker", single, {"storage_size_gb": 10})
    assert lines["Storage (ActiveMQ, EBS)"] == Decimal("1.00")


def test_an_undeclared_node_type_is_unpriced(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_mq_broker", {"engine_type": "ActiveMQ"})
    assert lines["unknown_until_apply"] == "host_instance_type is not declared"


def test_a_type_that_the_vendor_does_not_sell_is_unpriced_not_free(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_mq_broker", {"engine_type": "ActiveMQ", "host_instance_type": "mq.x9.huge"})
    assert str(lines["Broker (ActiveMQ, mq.x9.huge, single instance)"]).startswith("price_not_found")
