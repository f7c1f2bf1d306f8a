"""Traits of workloads: exactly those that are known."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tests.resources.kubernetes.clusters import (
    GENERAL,
    GPU,
    cluster,
    container,
    cron,
    gpu_container,
    horizontal,
    of_pool,
    workload,
)
from tollbar.resource import UNKNOWN, Resource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.resources.conftest import TraitsOf

DEPLOYMENT = "kubernetes_deployment"
ONE = container("500m", "1Gi")
REQUESTS = {"vcpus": Decimal("0.5"), "memory_gib": 1}
ON_DEMAND = {"purchase_option": "on_demand"}
THREE = {"replicas_min": 3, "replicas_max": 3, "autoscaling": False}
ON_PREMISES = {"cloud": "onprem", "region": None, "allocation": "by_request", "are_prices_told": True}
SPOT_POOL = {**GENERAL, "spot": True}


def _keda(trigger: str, **spec: object) -> Resource:
    return declared(
        "kubernetes_scaled_object",
        {"spec": {"triggers": [{"type": trigger}], **spec}},
        references={"spec.scaleTargetRef": (f"{DEPLOYMENT}.this",)},
    )


@pytest.mark.parametrize(
    ("type_name", "attributes", "others", "expected"),
    [
        (DEPLOYMENT, workload(ONE, replicas=3), (), {**REQUESTS, **ON_DEMAND, **THREE}),
        (
            DEPLOYMENT,
            workload(ONE, placed=cluster(SPOT_POOL), replicas=3),
            (),
            {**REQUESTS, "purchase_option": "spot", **THREE},
        ),
        (DEPLOYMENT, workload(ONE, placed=ON_PREMISES, replicas=3), (), {**REQUESTS, **THREE}),
        (
            DEPLOYMENT,
            workload(ONE, replicas=3),
            (horizontal(2, 9),),
            {**REQUESTS, **ON_DEMAND, "replicas_min": 2, "replicas_max": 9, "autoscaling": True},
        ),
        (
            DEPLOYMENT,
            workload(ONE),
            (_keda("aws-sqs-queue", maxReplicaCount=20),),
            {
                **REQUESTS,
                **ON_DEMAND,
                "fault_tolerant": True,
                "replicas_min": 0,
                "replicas_max": 20,
                "autoscaling": True,
            },
        ),
        (
            DEPLOYMENT,
            workload(ONE),
            (_keda("cpu", minReplicaCount=1),),
            {**REQUESTS, **ON_DEMAND, "replicas_min": 1, "replicas_max": 100, "autoscaling": True},
        ),
        (DEPLOYMENT, workload(ONE, replicas=UNKNOWN), (), {**REQUESTS, "autoscaling": False}),
        (DEPLOYMENT, workload(container("500m"), replicas=3), (), {"vcpus": Decimal("0.5"), **ON_DEMAND, **THREE}),
        (DEPLOYMENT, workload(container("lots", "1Gi"), replicas=3), (), {"memory_gib": 1, **ON_DEMAND, **THREE}),
        (
            DEPLOYMENT,
            workload(gpu_container(2), placed=cluster({**GPU, "instance_type": "g5.12xlarge"}), replicas=1,
                     pod={"tolerations": [{"key": "nvidia.com/gpu", "operator": "Exists"}]}),
            (),
            {
                "vcpus": 1,
                "memory_gib": 4,
                "gpu": "nvidia.com/gpu",
                "gpus": 2,
                **ON_DEMAND,
                "replicas_min": 1,
                "replicas_max": 1,
                "autoscaling": False,
            },
        ),
        ("kubernetes_job", workload(ONE), (), {**REQUESTS, **ON_DEMAND, "fault_tolerant": True}),
        ("kubernetes_cron_job", cron("0 3 * * *", ONE), (), {**REQUESTS, **ON_DEMAND, "fault_tolerant": True}),
        ("kubernetes_daemonset", workload(ONE), (), {**REQUESTS, **ON_DEMAND}),
        (
            "kubernetes_manifest",
            {"kind": "Deployment", "apiVersion": "apps/v1", **workload(ONE, replicas=3)},
            (),
            {**REQUESTS, **ON_DEMAND, **THREE},
        ),
        (
            "kubernetes_node_pool",
            of_pool(GENERAL),
            (),
            {"vcpus": 4, "memory_gib": 16, "previous_generation": False, **ON_DEMAND},
        ),
    ],
)  # fmt: skip
def test_what_is_declared(
    traits_of: TraitsOf,
    type_name: str,
    attributes: dict[str, Any],
    others: tuple[Resource, ...],
    expected: dict[str, Any],
) -> None:
    assert traits_of(type_name, attributes, others=others) == expected


@pytest.mark.parametrize(
    ("usage", "others", "expected"),
    [
        ({}, (), (None, None)),
        ({"monthly_vcpu_hours": Decimal("109.5")}, (), (Decimal("0.1"), None)),
        ({"monthly_memory_gib_hours": 1095}, (), (None, Decimal("0.5"))),
        ({"monthly_vcpu_hours": 5000}, (), (1, None)),
        ({"monthly_vcpu_hours": 100}, (horizontal(1, 9),), (None, None)),
        ({"monthly_vcpu_hours": Decimal(146), "replicas": 4}, (horizontal(1, 9),), (Decimal("0.1"), None)),
        ({"cpu_utilization": Decimal("0.3")}, (), (Decimal("0.3"), None)),
    ],
    ids=["nothing", "cpu", "memory", "beyond", "autoscaled", "autoscaled, told", "share told"],
)
def test_utilization_is_what_was_taken_of_what_is_requested(
    traits_of: TraitsOf, usage: Mapping[str, Any], others: tuple[Resource, ...], expected: tuple[object, object]
) -> None:
    found = traits_of(DEPLOYMENT, workload(ONE, replicas=3), usage, others=others)
    assert (found.get("cpu_utilization"), found.get("memory_utilization")) == expected


def test_volumes_have_the_class_of_the_clouds_disk(traits_of: TraitsOf) -> None:
    claim = {
        "metadata": {"name": "data"},
        "spec": {"storageClassName": "gp2", "resources": {"requests": {"storage": "20Gi"}}},
        "cluster": cluster(GENERAL),
    }
    assert traits_of("kubernetes_persistent_volume_claim", claim) == {"storage_class": "gp2", "storage_gib": 20}
