"""Dataproc."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

CLUSTER = "google_dataproc_cluster"


def cluster(**groups: Any) -> dict[str, Any]:
    return {"region": "us-central1", "cluster_config": [{name: [group] for name, group in groups.items()}]}


WORKERS = cluster(
    master_config={"machine_type": "e2-standard-4"},
    worker_config={"num_instances": 2, "machine_type": "e2-standard-8", "disk_config": [{"boot_disk_size_gb": 100}]},
    preemptible_worker_config={"num_instances": 3},
)

EXAMPLES = (Example(CLUSTER, WORKERS, grows=("cluster_config.worker_config.num_instances",)),)


def test_masters_workers_and_secondary_workers(cost_lines: CostLines) -> None:
    lines = cost_lines(CLUSTER, WORKERS)
    assert {name: cost for name, cost in lines.items() if "spot" not in name} == {
        "master: Dataproc fee": Decimal("29.20"),  # 4 x 730 h x $0.01
        "master: Instance usage (Linux/UNIX, on-demand, e2-standard-4)": Decimal("97.84"),
        "master: Standard provisioned storage (pd-standard)": Decimal("20.00"),
        "worker: Dataproc fee": Decimal("116.80"),
        "worker: Instance usage (Linux/UNIX, on-demand, e2-standard-8)": Decimal("391.35"),
        "worker: Standard provisioned storage (pd-standard)": Decimal("8.00"),
        "secondary worker: Dataproc fee": Decimal("175.20"),
        "secondary worker: Standard provisioned storage (pd-standard)": Decimal("60.00"),
    }
    assert "secondary worker: Instance usage (Linux/UNIX, spot, e2-standard-8)" in lines


def test_secondary_workers_may_be_ordinary_ones(cost_lines: CostLines) -> None:
    groups = cluster(preemptible_worker_config={"num_instances": 1, "preemptibility": "NON_PREEMPTIBLE"})
    lines = cost_lines(CLUSTER, groups)
    assert lines["secondary worker: Instance usage (Linux/UNIX, on-demand, n1-standard-4)"] == Decimal("97.09")


def test_by_default_there_is_one_master_and_two_workers(cost_lines: CostLines) -> None:
    lines = cost_lines(CLUSTER, {"region": "us-central1"})
    assert lines["master: Dataproc fee"] == Decimal("29.20")
    assert lines["worker: Dataproc fee"] == Decimal("58.40")


def test_a_cluster_of_a_single_node_has_no_workers(cost_lines: CostLines) -> None:
    software = {"override_properties": {"dataproc:dataproc.allow.zero.workers": "true"}}
    lines = cost_lines(CLUSTER, cluster(software_config=software))
    assert {name.partition(":")[0] for name in lines} == {"master"}
    lines = cost_lines(CLUSTER, cluster(software_config=software, worker_config={"num_instances": 2}))
    assert {name.partition(":")[0] for name in lines} == {"master", "worker"}


def test_a_cluster_runs_as_long_as_told(cost_lines: CostLines) -> None:
    lines = cost_lines(CLUSTER, cluster(worker_config={"num_instances": 0}), {"monthly_hrs": 100})
    assert lines["master: Dataproc fee"] == Decimal("4.00")
    assert not [name for name in lines if name.startswith("worker")]


def test_gpus_and_local_ssds(cost_lines: CostLines) -> None:
    gpu = [{"accelerator_type": "nvidia-tesla-t4", "accelerator_count": 1}]
    master = {"accelerators": gpu, "disk_config": [{"num_local_ssds": 2}]}
    lines = cost_lines(CLUSTER, cluster(master_config=master, worker_config={"num_instances": 0}))
    assert lines["master: GPU (on-demand, nvidia-tesla-t4)"] == Decimal("178.85")
    assert lines["master: Local SSD provisioned storage"] == Decimal("60.00")


def test_an_unknown_machine_type_has_no_fee_but_a_reason(cost_lines: CostLines) -> None:
    lines = cost_lines(
        CLUSTER, cluster(master_config={"machine_type": "z9-huge-4"}, worker_config={"num_instances": 0})
    )
    assert lines["price_not_found"] == "the vCPUs of z9-huge-4 are not known: no Dataproc fee"
