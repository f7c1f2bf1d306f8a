"""Pods on Fargate and in Autopilot."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.kubernetes.clusters import cluster, container, gpu_container, workload
from tollbar.resources.kubernetes.serverless import fargate_size

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

DEPLOYMENT = "kubernetes_deployment"
FARGATE = cluster({"name": "serverless", "instance_type": "fargate"})
AUTOPILOT = cluster({"name": "auto", "instance_type": "autopilot"}, cloud="gcp", region="us-central1")


@pytest.mark.parametrize(
    ("vcpus", "gib", "size"),
    [
        ("0", "0", ("0.25", "0.5")),
        ("0.25", "0.6", ("0.25", "1")),
        ("0.25", "2.1", ("0.5", "3")),
        ("0.3", "0.5", ("0.5", "1")),
        ("1", "8.25", ("2", "9")),
        ("5", "17", ("8", "20")),
        ("16", "120", ("16", "120")),
        ("16", "121", None),
        ("17", "32", None),
    ],
)
def test_fargate_sells_combinations(vcpus: str, gib: str, size: tuple[str, str] | None) -> None:
    expected = None if size is None else (Decimal(size[0]), Decimal(size[1]))
    assert fargate_size(Decimal(vcpus), Decimal(gib)) == expected


def test_a_pod_on_fargate_is_billed_with_what_the_system_takes(cost_lines: CostLines) -> None:
    # 1 vCPU and 2 GiB with a quarter more: 1 vCPU and 3 GB.
    assert cost_lines(DEPLOYMENT, workload(container("1", "2Gi"), placed=FARGATE)) == {
        "vCPU (Fargate)": Decimal("29.55"),
        "Memory (Fargate)": Decimal("9.73"),
    }
    too_large = cost_lines(DEPLOYMENT, workload(container("20", "2Gi"), placed=FARGATE))
    assert too_large == {"price_not_found": "Fargate sells no pod of 20 vCPU and 2.0 GiB"}


def test_a_pod_in_autopilot_is_billed_by_its_requests(cost_lines: CostLines) -> None:
    lines = cost_lines(DEPLOYMENT, workload(container("1", "4Gi"), placed=AUTOPILOT), region="us-central1")
    assert lines == {
        "Autopilot vCPU": Decimal("32.49"),
        "Autopilot memory": Decimal("14.37"),
        "Autopilot ephemeral storage": Decimal("0.04"),
    }


def test_autopilot_fills_in_and_evens_out_requests(cost_lines: CostLines) -> None:
    silent = cost_lines(DEPLOYMENT, workload(container(), placed=AUTOPILOT), region="us-central1")
    told = cost_lines(DEPLOYMENT, workload(container("500m", "2Gi"), placed=AUTOPILOT), region="us-central1")
    assert silent == told
    memory = cost_lines(DEPLOYMENT, workload(container("100m", "6.5Gi"), placed=AUTOPILOT), region="us-central1")
    assert memory["Autopilot vCPU"] == Decimal("32.49")


def test_gpus_without_nodes_are_unpriced(cost_lines: CostLines) -> None:
    lines = cost_lines(DEPLOYMENT, workload(gpu_container(), placed=AUTOPILOT), region="us-central1")
    assert lines["price_not_found"] == "nvidia.com/gpu: what GPUs cost with autopilot is not known"


def test_fargate_runs_no_daemon_sets(cost_lines: CostLines) -> None:
    assert cost_lines("kubernetes_daemonset", workload(container("1", "2Gi"), placed=FARGATE)) == {}
