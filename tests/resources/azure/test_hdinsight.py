"""HDInsight clusters: their nodes, and Kafka's disks."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.resources.example import Example
from tollbar.component import Component, Quantity
from tollbar.resource import UNKNOWN, Inventory
from tollbar.resources.azure.hdinsight import cluster
from tollbar.usage import Usage

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

HADOOP, HBASE, KAFKA = (f"azurerm_hdinsight_{kind}_cluster" for kind in ("hadoop", "hbase", "kafka"))


def nodes(head: str, worker: str, zookeeper: str, count: Any = 3, **worker_node: Any) -> dict[str, Any]:
    roles = {
        "head_node": [{"vm_size": head}],
        "worker_node": [{"vm_size": worker, "target_instance_count": count, **worker_node}],
        "zookeeper_node": [{"vm_size": zookeeper}],
    }
    return {"tier": "Standard", "roles": [roles]}


EXAMPLES = (
    *(
        Example(
            f"azurerm_hdinsight_{kind}_cluster",
            nodes("Standard_D3_V2", "Standard_D4_V2", "A5"),
            grows=("roles.worker_node.target_instance_count",),
        )
        for kind in ("hadoop", "hbase", "interactive_query", "spark")
    ),
    Example(
        KAFKA,
        nodes("Standard_E2s_V3", "Standard_D3_V2", "Standard_G2", number_of_disks_per_node=2),
        {"monthly_os_disk_operations": 1_000_000},
        region="westeurope",
        grows=("roles.worker_node.number_of_disks_per_node",),
    ),
)


def test_a_cluster_costs_its_nodes(cost_lines: CostLines) -> None:
    attributes = nodes("Standard_D3_V2", "Standard_D4_V2", "Standard_D3_V2")
    attributes["roles"][0]["edge_node"] = [{"vm_size": "A5", "target_instance_count": 3}]
    assert cost_lines(HADOOP, attributes) == {
        "Head nodes (Standard_D3_V2)": Decimal("430.70"),
        "Worker nodes (Standard_D4_V2)": Decimal("1292.10"),
        "ZooKeeper nodes (Standard_D3_V2)": Decimal("646.05"),
        "Edge nodes (Standard_A5)": Decimal("554.07"),
    }
    assert cost_lines(HBASE, nodes("Standard_D1", "Standard_D14", "Standard_D4a_V4")) == {
        "Head nodes (Standard_D1)": Decimal("107.31"),
        "Region nodes (Standard_D14)": Decimal("3274.49"),
        "ZooKeeper nodes (Standard_D4a_V4)": Decimal("525.60"),
    }


def test_kafka_costs_the_disks_of_its_workers(cost_lines: CostLines) -> None:
    attributes = nodes("Standard_F2s_V2", "Standard_D3_V2", "Standard_F32s_V2", number_of_disks_per_node=3)
    usage = {"monthly_os_disk_operations": 20_000_000}
    lines = cost_lines(KAFKA, {**attributes, "tier": "Premium"}, usage, region="westeurope")
    assert lines == {
        "Head nodes (Standard_F2s_V2)": Decimal("197.10"),
        "Worker nodes (Standard_D3_V2)": Decimal("646.05"),
        "ZooKeeper nodes (Standard_F32s_V2)": Decimal("4730.40"),
        "Managed disks (premium)": Decimal("1338.12"),
        "Disk operations": Decimal("0.65"),
    }
    lines = cost_lines(KAFKA, attributes, usage, region="westeurope")
    assert lines["Managed disks (standard)"] == Decimal("368.64")


def test_scaled_workers_are_a_range() -> None:
    attributes = nodes(
        "Standard_D3_V2",
        "Standard_D4_V2",
        "A5",
        autoscale=[{"capacity": [{"min_instance_count": 2, "max_instance_count": 8}]}],
    )
    resource = Example(HADOOP, attributes).resource()
    lines = [line for line in cluster(resource, Usage(), Inventory()) if isinstance(line, Component)]
    assert lines[1].quantity == Quantity.between(2 * 730, 3 * 730, 8 * 730)


def test_only_the_workers_are_unpriced_where_their_number_is_unknown(cost_lines: CostLines) -> None:
    lines = cost_lines(HADOOP, nodes("Standard_D3_V2", "Standard_D4_V2", "A5", UNKNOWN))
    assert lines == {
        "unknown_until_apply": "worker_node.target_instance_count is known only after apply",
        "Head nodes (Standard_D3_V2)": Decimal("430.70"),
        "ZooKeeper nodes (Standard_A5)": Decimal("554.07"),
    }
