"""Amazon MSK."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

from tests.resources.conftest import declared
from tollbar.component import Quantity
from tollbar.resource import Inventory
from tollbar.resources.registry import bill
from tollbar.usage import Usage

BROKERS = {
    "instance_type": "kafka.m5.large",
    "storage_info": [
        {
            "ebs_storage_info": [
                {"volume_size": 1000, "provisioned_throughput": [{"enabled": True, "volume_throughput": 300}]}
            ]
        }
    ],
}
CLUSTER = {"number_of_broker_nodes": 3, "broker_node_group_info": [BROKERS], "storage_mode": "TIERED"}
TIERED = {"tiered_storage_gb": 1000, "monthly_tiered_storage_retrieval_gb": 100}
EXPRESS = {"number_of_broker_nodes": 3, "broker_node_group_info": [{"instance_type": "express.m7g.large"}]}
SERVERLESS = {"partitions": 10, "storage_gb": 100, "monthly_data_in_gb": 100, "monthly_data_out_gb": 200}

EXAMPLES = (
    Example("aws_msk_cluster", CLUSTER, TIERED, grows=("number_of_broker_nodes",)),
    Example("aws_msk_cluster", EXPRESS, {"storage_gb": 100, "monthly_data_in_gb": 500}),
    Example("aws_msk_serverless_cluster", {}, SERVERLESS),
    Example(
        "aws_mskconnect_connector",
        {"capacity": [{"provisioned_capacity": [{"mcu_count": 2, "worker_count": 3}]}]},
    ),
)


def test_brokers_with_their_storage(cost_lines: CostLines) -> None:
    assert cost_lines("aws_msk_cluster", CLUSTER, TIERED) == {
        "Broker (kafka.m5.large)": Decimal("459.90"),
        "Storage": Decimal("300.00"),
        "Provisioned storage throughput": Decimal("12.00"),
        "Tiered storage": Decimal("60.00"),
        "Tiered storage retrieval": Decimal("0.15"),
    }


def test_the_older_spelling_of_the_volume_size(cost_lines: CostLines) -> None:
    brokers = {"instance_type": "kafka.t3.small", "ebs_volume_size": 500}
    cluster = {"number_of_broker_nodes": 2, "broker_node_group_info": [brokers]}
    assert cost_lines("aws_msk_cluster", cluster) == {
        "Broker (kafka.t3.small)": Decimal("66.58"),
        "Storage": Decimal("100.00"),
    }


def test_express_brokers_are_billed_for_what_is_kept_and_written(cost_lines: CostLines) -> None:
    assert cost_lines("aws_msk_cluster", EXPRESS, {"storage_gb": 100, "monthly_data_in_gb": 500}) == {
        "Broker (express.m7g.large)": Decimal("893.52"),
        "Storage": Decimal("10.00"),
        "Data in": Decimal("5.00"),
    }


def test_storage_that_scales_is_a_range() -> None:
    cluster = declared("aws_msk_cluster", {**CLUSTER, "storage_mode": "LOCAL"})
    target = declared(
        "aws_appautoscaling_target",
        {"scalable_dimension": "kafka:broker-storage:VolumeSize", "min_capacity": 100, "max_capacity": 2000},
        references={"resource_id": (cluster.address,)},
    )
    storage = bill(cluster, Usage(), Inventory((cluster, target))).components[1]
    assert storage.name == "Storage (autoscaling)"
    assert storage.quantity == Quantity.between(300, 300, 6000)


def test_a_serverless_cluster(cost_lines: CostLines) -> None:
    assert cost_lines("aws_msk_serverless_cluster", {}, SERVERLESS) == {
        "Cluster": Decimal("547.50"),
        "Partitions": Decimal("10.95"),
        "Storage": Decimal("10.00"),
        "Data in": Decimal("10.00"),
        "Data out": Decimal("10.00"),
    }


def test_connectors_are_billed_by_their_units(cost_lines: CostLines) -> None:
    name = "Connect units (MCU)"
    fixed = {"capacity": [{"provisioned_capacity": [{"mcu_count": 2, "worker_count": 3}]}]}
    assert cost_lines("aws_mskconnect_connector", fixed) == {name: Decimal("481.80")}
    scaled = {"capacity": [{"autoscaling": [{"mcu_count": 2, "min_worker_count": 1, "max_worker_count": 4}]}]}
    assert cost_lines("aws_mskconnect_connector", scaled) == {name: Decimal("160.60")}
    assert list(cost_lines("aws_mskconnect_connector", {})) == ["unknown_until_apply"]


def test_what_is_not_declared_is_unpriced(cost_lines: CostLines) -> None:
    assert list(cost_lines("aws_msk_cluster", {})) == ["unknown_until_apply"]
    without_size = {"broker_node_group_info": [{"instance_type": "kafka.t3.small"}]}
    lines = cost_lines("aws_msk_cluster", without_size)
    assert lines["unknown_until_apply"] == "the volume size of the brokers is not told"
