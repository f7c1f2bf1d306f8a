"""Cloud Run."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example
from tollbar.resource import UNKNOWN
from tollbar.resources.gcp.cloud_run import amount

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

V1, V2 = "google_cloud_run_service", "google_cloud_run_v2_service"
JOB, POOL = "google_cloud_run_v2_job", "google_cloud_run_v2_worker_pool"
REQUESTS = {"monthly_requests": 500_000, "average_request_duration_ms": 3600, "concurrent_requests_per_instance": 1}
SMALL = [{"limits": {"cpu": "1", "memory": "512Mi"}, "cpu_idle": False}]

EXAMPLES = (
    Example(V1, {"location": "us-central1"}, REQUESTS, lessens=("concurrent_requests_per_instance",)),
    Example(
        V1,
        {
            "location": "us-central1",
            "template": [
                {
                    "metadata": [{"annotations": {"run.googleapis.com/cpu-throttling": "false"}}],
                    "spec": [{"containers": [{"resources": [{"limits": {"cpu": "1000m", "memory": "1Gi"}}]}]}],
                }
            ],
        },
        {"instance_hrs": 730},
    ),
    Example(
        V2,
        {"location": "us-central1", "template": [{"scaling": [{"min_instance_count": 2}]}]},
        REQUESTS,
        lessens=("concurrent_requests_per_instance",),
        grows=("template.scaling.min_instance_count",),
    ),
    Example(
        V2,
        {
            "location": "us-central1",
            "template": [
                {
                    "containers": [
                        {
                            "resources": [
                                {"limits": {"cpu": "4", "memory": "16Gi", "nvidia.com/gpu": "1"}, "cpu_idle": False}
                            ]
                        }
                    ],
                    "gpu_zonal_redundancy_disabled": True,
                }
            ],
        },
        {"instance_hrs": 100},
    ),
    Example(
        JOB,
        {"location": "us-central1", "template": [{"task_count": 1}]},
        {"monthly_job_executions": 50_000, "average_task_execution_mins": 10},
        grows=("template.task_count",),
    ),
    Example(
        POOL,
        {"location": "us-central1", "scaling": [{"manual_instance_count": 2}]},
        grows=("scaling.manual_instance_count",),
    ),
)


@pytest.mark.parametrize("service", [V1, V2])
def test_the_time_of_requests_is_billed(cost_lines: CostLines, service: str) -> None:
    assert cost_lines(service, {"location": "europe-west3"}, REQUESTS, region="europe-west3") == {
        "CPU allocation time": Decimal("60.48"),  # 1.8M s x $0.0000336
        "Memory allocation time": Decimal("3.15"),  # 0.9M GiB-s x $0.0000035
        "Requests": Decimal("0.20"),
    }


def test_requests_served_together_share_an_instance(cost_lines: CostLines) -> None:
    told = {**REQUESTS, "concurrent_requests_per_instance": 10}
    assert cost_lines(V2, {}, told)["CPU allocation time"] == Decimal("4.32")


def test_times_are_rounded_up_to_100_ms(cost_lines: CostLines) -> None:
    told = {**REQUESTS, "average_request_duration_ms": 3501}
    assert cost_lines(V2, {}, told)["CPU allocation time"] == Decimal("43.20")


def test_idle_minimum_instances_cost_less(cost_lines: CostLines) -> None:
    attributes = {"template": [{"scaling": [{"min_instance_count": 1}]}]}
    lines = cost_lines(V2, attributes, REQUESTS)
    assert lines["CPU allocation time (idle minimum instances)"] == Decimal("2.07")  # 828,000 s x $0.0000025
    assert lines["Memory allocation time (idle minimum instances)"] == Decimal("1.04")
    idle = cost_lines(V2, attributes)
    assert idle["CPU allocation time (idle minimum instances)"] == Decimal("6.57")
    assert idle["CPU allocation time"] == "usage"


def test_with_cpu_always_allocated_each_instance_costs_its_life(cost_lines: CostLines) -> None:
    template = [{"containers": [{"resources": SMALL}], "scaling": [{"min_instance_count": 2}]}]
    expected = {"CPU allocation time": Decimal("113.53"), "Memory allocation time": Decimal("6.31")}
    assert cost_lines(V2, {"template": template}, {"instance_hrs": 730}, region="europe-west3") == expected
    assert cost_lines(V2, {"template": template}, region="europe-west3") == expected


def test_resources_without_cpu_idle_are_always_allocated(cost_lines: CostLines) -> None:
    template = [{"containers": [{"resources": [{"limits": {"cpu": "2"}}]}]}]
    assert cost_lines(V2, {"template": template}, {"instance_hrs": 100}) == {
        "CPU allocation time": Decimal("12.96"),  # 720,000 s x $0.000018
        "Memory allocation time": Decimal("0.36"),
    }


def test_instances_without_requests_are_assumed_to_live_part_of_the_month(cost_lines: CostLines) -> None:
    """The usual declaration: resources without cpu_idle. Minimum instances always run, whatever is assumed."""
    lines = cost_lines(V2, {"template": [{"containers": [{"resources": SMALL}]}]}, assumptions=True)
    assert lines["CPU allocation time"] == Decimal("6.48")  # 100 hours
    template = [{"containers": [{"resources": SMALL}], "scaling": [{"min_instance_count": 2}]}]
    lines = cost_lines(V2, {"template": template}, assumptions=True)
    assert lines["CPU allocation time"] == Decimal("94.61")


def test_a_v1_service_says_so_in_an_annotation(cost_lines: CostLines) -> None:
    attributes = {"metadata": [{"annotations": {"run.googleapis.com/cpu-throttling": False}}]}
    assert cost_lines(V1, attributes, {"instance_hrs": 730})["CPU allocation time"] == Decimal("47.30")


def test_gpus_are_billed_by_the_hour(cost_lines: CostLines) -> None:
    resources = [{"limits": {"cpu": "4", "memory": "16Gi", "nvidia.com/gpu": "1"}, "cpu_idle": False}]
    template = [{"containers": [{"resources": resources}], "gpu_zonal_redundancy_disabled": True}]
    assert cost_lines(V2, {"template": template}, {"instance_hrs": 100})["GPU (nvidia-l4)"] == Decimal("67.21")


def test_a_job_costs_the_time_of_its_tasks(cost_lines: CostLines) -> None:
    told = {"monthly_job_executions": 50_000, "average_task_execution_mins": 10}
    assert cost_lines(JOB, {}, told, region="europe-west3") == {
        "CPU allocation time": Decimal("648.00"),
        "Memory allocation time": Decimal("36.00"),
    }


def test_a_worker_pool_runs_all_the_time(cost_lines: CostLines) -> None:
    assert cost_lines(POOL, {"scaling": [{"min_instance_count": 1, "max_instance_count": 5}]}) == {
        "CPU allocation time": Decimal("47.30"),
        "Memory allocation time": Decimal("2.63"),
    }


def test_unknown_limits_are_no_defaults(cost_lines: CostLines) -> None:
    template = [{"containers": [{"resources": [{"limits": UNKNOWN}]}]}]
    assert cost_lines(V2, {"template": template}, REQUESTS) == {
        "unknown_until_apply": "containers.resources.limits is known only after apply"
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1000m", Decimal(1)),
        ("2", Decimal(2)),
        ("512Mi", Decimal(512 * 1024**2)),
        ("1G", Decimal(10**9)),
        ("1k", Decimal(1000)),
        ("much", None),
    ],
)
def test_amounts_are_kubernetes_quantities(text: str, expected: Decimal | None) -> None:
    assert amount(text) == expected
