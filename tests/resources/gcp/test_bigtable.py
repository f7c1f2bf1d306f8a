"""Bigtable."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

BIGTABLE = "google_bigtable_instance"
CLUSTER = {"cluster_id": "a", "zone": "us-central1-b", "num_nodes": 3, "storage_type": "SSD"}
TOLD = {"storage_gb": 100, "backup_storage_gb": 50}

EXAMPLES = (Example(BIGTABLE, {"cluster": [CLUSTER]}, TOLD, grows=("cluster.num_nodes",)),)


def test_nodes_storage_and_backups(cost_lines: CostLines) -> None:
    assert cost_lines(BIGTABLE, {"cluster": [CLUSTER]}, TOLD) == {
        "Nodes": Decimal("1423.50"),  # 3 x 730 h x $0.65
        "Storage (SSD)": Decimal("17.00"),
        "Backups": Decimal("1.30"),
    }


def test_each_cluster_is_billed(cost_lines: CostLines) -> None:
    scaled = {"zone": "us-central1-c", "storage_type": "HDD", "autoscaling_config": [{"min_nodes": 1, "max_nodes": 4}]}
    assert cost_lines(BIGTABLE, {"cluster": [CLUSTER, scaled], "edition": "ENTERPRISE_PLUS"}, TOLD) == {
        "cluster[0]: Nodes": Decimal("1861.50"),
        "cluster[0]: Storage (SSD)": Decimal("17.00"),
        "cluster[1]: Nodes": Decimal("620.50"),
        "cluster[1]: Storage (HDD)": Decimal("2.60"),
        "Backups": Decimal("1.30"),
    }


def test_a_cluster_without_a_number_has_one_node(cost_lines: CostLines) -> None:
    assert cost_lines(BIGTABLE, {"cluster": [{"zone": "us-central1-a"}]})["Nodes"] == Decimal("474.50")
