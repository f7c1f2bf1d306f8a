"""AlloyDB."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.conftest import declared
from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

CLUSTER, INSTANCE = "google_alloydb_cluster", "google_alloydb_instance"
FOUR_VCPUS = {"machine_config": [{"cpu_count": 4}]}

EXAMPLES = (
    Example("google_alloydb_backup", {"location": "us-central1"}, {"backup_storage_gb": 50}),
    Example(CLUSTER, {"location": "us-central1"}, {"storage_gb": 100, "backup_storage_gb": 50}),
    Example(INSTANCE, {"instance_type": "PRIMARY", **FOUR_VCPUS}, grows=("machine_config.cpu_count",)),
    Example(
        INSTANCE,
        {"instance_type": "READ_POOL", "read_pool_config": [{"node_count": 2}], **FOUR_VCPUS},
        grows=("read_pool_config.node_count",),
    ),
)


def test_a_cluster_stores(cost_lines: CostLines) -> None:
    lines = cost_lines(CLUSTER, {}, {"storage_gb": 100, "backup_storage_gb": 50})
    assert lines == {"Storage": Decimal("30.00"), "Backups": Decimal("5.00")}


def test_a_backup_keeps(cost_lines: CostLines) -> None:
    assert cost_lines("google_alloydb_backup", {}, {"backup_storage_gb": 50}) == {"Backups": Decimal("5.00")}


def test_a_primary_instance_runs_twice_unless_zonal(cost_lines: CostLines) -> None:
    zonal = {"instance_type": "PRIMARY", "availability_type": "ZONAL", **FOUR_VCPUS}
    assert cost_lines(INSTANCE, zonal) == {
        "vCPUs (4)": Decimal("192.95"),  # 4 x 730 h x $0.06608
        "Memory (32 GiB)": Decimal("261.63"),
    }
    assert cost_lines(INSTANCE, {**FOUR_VCPUS}) == {
        "vCPUs (4)": Decimal("385.91"),
        "Memory (32 GiB)": Decimal("523.26"),
    }


def test_a_machine_type_names_its_vcpus(cost_lines: CostLines) -> None:
    machine = [{"machine_type": "n2-highmem-8"}]
    lines = cost_lines(INSTANCE, {"availability_type": "ZONAL", "machine_config": machine})
    assert list(lines) == ["vCPUs (8)", "Memory (64 GiB)"]


def test_a_read_pool_runs_its_nodes(cost_lines: CostLines) -> None:
    pool = {"instance_type": "READ_POOL", "read_pool_config": [{"node_count": 3}], **FOUR_VCPUS}
    assert cost_lines(INSTANCE, pool)["vCPUs (4)"] == Decimal("578.86")


def test_an_instance_is_where_its_cluster_is(cost_lines: CostLines) -> None:
    cluster = declared(CLUSTER, {}, name="main", region="us-central1")
    lines = cost_lines(INSTANCE, FOUR_VCPUS, region=None, others=[cluster], references={"cluster": (cluster.address,)})
    assert lines["vCPUs (4)"] == Decimal("385.91")


def test_what_is_stopped_or_not_sized(cost_lines: CostLines) -> None:
    assert cost_lines(INSTANCE, {"activation_policy": "NEVER", **FOUR_VCPUS}) == {}
    assert cost_lines(INSTANCE, {}) == {"unknown_until_apply": "machine_config gives no cpu_count"}
