"""Workloads: what pods request, at rates and as shares of nodes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tests.resources.kubernetes.clusters import (
    AT_RATES,
    GENERAL,
    GPU,
    cluster,
    container,
    cron,
    gpu_container,
    horizontal,
    named,
    workload,
)
from tollbar.resource import UNKNOWN, Inventory
from tollbar.resources.kubernetes.workload_types import KEYS
from tollbar.resources.registry import bill
from tollbar.usage import Usage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.resources.conftest import CostLines
    from tollbar.component import Component
    from tollbar.resource import Resource

DEPLOYMENT = "kubernetes_deployment"
ONE = container("1", "1Gi")
CPU_AND_MEMORY = {"CPU requests": Decimal("23.08"), "Memory requests": Decimal("3.09")}
"""A vCPU and a GiB for 730 hours: 23.07603 and 3.09301."""

_PLAIN = workload(container("500m", "1Gi"), replicas=3)
_ON_NODES = workload(
    container("500m", "1Gi"), replicas=3, placed=cluster(GENERAL), pod={"nodeSelector": {"kubernetes.io/os": "linux"}}
)
_CLAIM = {
    "metadata": {"name": "data"},
    "spec": {"storageClassName": "gp3", "resources": {"requests": {"storage": "20Gi"}}},
}
_JOB_USE = {"monthly_runs": 30, "run_minutes": 20}
_POD = {"spec": {"containers": [ONE]}, "cluster": AT_RATES}

EXAMPLES = (
    *(
        Example(name, _PLAIN, grows=("spec.replicas",))
        for name in (
            "kubernetes_deployment",
            "kubernetes_deployment_v1",
            "kubernetes_replica_set",
            "kubernetes_replication_controller",
            "kubernetes_replication_controller_v1",
            "kubernetes_rollout",
        )
    ),
    Example(DEPLOYMENT, _ON_NODES, grows=("spec.replicas",)),
    Example(
        DEPLOYMENT,
        workload(gpu_container(), replicas=1, placed=cluster(GENERAL, GPU)),
        grows=("spec.replicas",),
    ),
    Example(
        DEPLOYMENT,
        workload(container(), ONE, placed=AT_RATES),
        usage={"vcpus_without_request": 0.2, "memory_gib_without_request": 0.5},
    ),
    *(
        Example(name, workload(ONE, replicas=2, volumeClaimTemplates=[_CLAIM]), grows=("spec.replicas",))
        for name in ("kubernetes_stateful_set", "kubernetes_stateful_set_v1")
    ),
    *(
        Example(name, workload(ONE), usage={"nodes": 4})
        for name in ("kubernetes_daemonset", "kubernetes_daemon_set_v1")
    ),
    Example("kubernetes_daemonset", workload(ONE, placed=cluster(GENERAL))),
    *(Example(name, _POD) for name in ("kubernetes_pod", "kubernetes_pod_v1")),
    *(
        Example(name, workload(ONE, completions=2), usage=_JOB_USE, grows=("spec.completions",))
        for name in ("kubernetes_job", "kubernetes_job_v1")
    ),
    *(
        Example(
            name,
            cron("0 * * * *", ONE, completions=2),
            usage={"run_minutes": 20},
            grows=("spec.jobTemplate.spec.completions",),
        )
        for name in ("kubernetes_cron_job", "kubernetes_cron_job_v1")
    ),
    Example(
        "kubernetes_manifest",
        {"apiVersion": "apps/v1", "kind": "Deployment", **_PLAIN},
        grows=("spec.replicas",),
    ),
)


def components(
    type_name: str,
    attributes: Mapping[str, Any],
    usage: Mapping[str, Any] | None = None,
    *,
    others: tuple[Resource, ...] = (),
    assumptions: bool = False,
    **more: Any,
) -> dict[str, Component]:
    """Return the lines of one resource by their name."""
    resource = declared(type_name, attributes)
    use = Usage(usage or {}, {key.name: key for key in KEYS[type_name]}, assumptions, **more)
    return {line.name: line for line in bill(resource, use, Inventory((resource, *others))).components}


def ends(component: Component) -> list[Decimal | int | None]:
    """Return the range of a line's quantity."""
    quantity = component.quantity
    return [quantity.low, quantity.expected, quantity.high]


def test_pods_cost_what_they_request_for_every_replica(cost_lines: CostLines) -> None:
    assert cost_lines(DEPLOYMENT, workload(ONE)) == CPU_AND_MEMORY
    assert cost_lines(DEPLOYMENT, workload(ONE, replicas=10)) == {
        "CPU requests": Decimal("230.76"),
        "Memory requests": Decimal("30.93"),
    }


def test_nothing_runs_of_no_replicas(cost_lines: CostLines) -> None:
    assert set(cost_lines(DEPLOYMENT, workload(ONE, replicas=0)).values()) == {Decimal(0)}


def test_a_limit_is_a_request_where_there_is_none(cost_lines: CostLines) -> None:
    limited = {"resources": {"limits": {"cpu": "1", "memory": "1Gi"}}}
    both = {"resources": {"requests": {"cpu": "1"}, "limits": {"cpu": "4", "memory": "1Gi"}}}
    assert cost_lines(DEPLOYMENT, workload(limited)) == CPU_AND_MEMORY
    assert cost_lines(DEPLOYMENT, workload(both)) == CPU_AND_MEMORY


@pytest.mark.parametrize(
    ("init", "vcpu_hours"),
    [
        ([container("3", "1Gi")], 3 * 730),  # one large init container
        ([container("500m", "1Gi"), container("500m", "1Gi")], 730),  # one after the other
        ([container("500m", "1Gi", restartPolicy="Always")], 1.5 * 730),  # a sidecar runs on beside the container
        ([container("500m", "1Gi", restartPolicy="Always"), container("2", "1Gi")], 2.5 * 730),  # started before it
        ([container("2", "1Gi"), container("500m", "1Gi", restartPolicy="Always")], 2 * 730),  # started after it
    ],
)
def test_init_containers_and_sidecars_count_as_the_scheduler_has_them(
    init: list[dict[str, Any]], vcpu_hours: float
) -> None:
    lines = components(DEPLOYMENT, workload(ONE, pod={"initContainers": init}))
    assert lines["CPU requests"].quantity.expected == Decimal(str(vcpu_hours))


def test_the_overhead_of_a_runtime_class_is_added() -> None:
    lines = components(DEPLOYMENT, workload(ONE, pod={"overhead": {"cpu": "250m"}}))
    assert lines["CPU requests"].quantity.expected == Decimal("912.5")


def test_what_a_pod_requests_as_a_whole_counts() -> None:
    whole = {"resources": {"requests": {"cpu": "2"}}}
    assert components(DEPLOYMENT, workload(container(), pod=whole))["CPU requests"].quantity.expected == 1460


def test_a_container_without_requests_is_assumed_or_unknown_never_nothing() -> None:
    silent = workload(container(), replicas=2)
    assumed = components(DEPLOYMENT, silent, assumptions=True)["CPU of containers without a request"]
    assert ends(assumed) == [Decimal("14.6"), 146, 730]
    assert assumed.quantity.basis == "assumed"
    unknown = components(DEPLOYMENT, silent)["Memory of containers without a request"]
    assert ends(unknown) == [None, None, None]
    zero = components(DEPLOYMENT, workload(container("0", "0")))
    assert list(zero) == ["CPU of containers without a request", "Memory of containers without a request"]


def test_what_pods_took_before_tells_of_containers_without_requests() -> None:
    mixed = workload(ONE, container("1"), replicas=1)
    lines = components(DEPLOYMENT, mixed, {"monthly_memory_gib_hours": 1000})
    assert lines["Memory of containers without a request"].quantity.expected == 270


def test_a_limit_range_says_what_containers_request_that_say_nothing(cost_lines: CostLines) -> None:
    limits = {"type": "Container", "defaultRequest": {"cpu": "1"}, "default": {"cpu": "2", "memory": "1Gi"}}
    limit_range = declared(
        "kubernetes_limit_range", {"spec": {"limits": [{"type": "Pod", "max": {"cpu": "9"}}, limits]}}
    )
    found = cost_lines(
        DEPLOYMENT,
        workload(container()),
        others=[limit_range],
        references={"limitRange": ("kubernetes_limit_range.this",)},
    )
    assert found == CPU_AND_MEMORY


@pytest.mark.parametrize(
    ("low", "high", "replicas", "expected"),
    [(2, 10, None, (2, 2, 10)), (2, 10, 4, (2, 4, 10)), (2, 10, 40, (2, 10, 10)), (None, 5, None, (1, 1, 5))],
)
def test_an_autoscaler_gives_a_range(
    low: int | None, high: int, replicas: int | None, expected: tuple[int, int, int]
) -> None:
    lines = components(DEPLOYMENT, workload(ONE, replicas=replicas), others=(horizontal(low, high),))
    assert ends(lines["CPU requests"]) == [730 * pods for pods in expected]


def test_keda_scales_to_zero() -> None:
    scaled = declared(
        "kubernetes_scaled_object",
        {"spec": {"maxReplicaCount": 20}},
        references={"spec.scaleTargetRef": ("kubernetes_deployment.this",)},
    )
    assert ends(components(DEPLOYMENT, workload(ONE), others=(scaled,))["CPU requests"]) == [0, 730, 14600]


def test_told_replicas_stay_within_what_the_autoscaler_may_do() -> None:
    scaler = horizontal(2, 10)
    told = components(DEPLOYMENT, workload(ONE), {"replicas": {"low": 1, "expected": 5, "high": 50}}, others=(scaler,))
    assert ends(told["CPU requests"]) == [1460, 3650, 7300]
    seen = components(DEPLOYMENT, workload(ONE), {"monthly_vcpu_hours": 2190}, others=(scaler,))
    assert ends(seen["CPU requests"]) == [2190, 2190, 2190]


def test_replicas_that_only_apply_tells_are_unpriced(cost_lines: CostLines) -> None:
    assert cost_lines(DEPLOYMENT, workload(ONE, replicas=UNKNOWN)) == {
        "unknown_until_apply": "replicas is known only after apply"
    }


def test_only_what_depends_on_something_unknown_is_lost(cost_lines: CostLines) -> None:
    lines = cost_lines(DEPLOYMENT, workload({"resources": {"requests": {"cpu": UNKNOWN, "memory": "1Gi"}}}))
    assert lines == {"unknown_until_apply": "cpu is known only after apply", "Memory requests": Decimal("3.09")}


def test_a_request_that_is_no_quantity_is_unpriced(cost_lines: CostLines) -> None:
    lines = cost_lines(DEPLOYMENT, workload(container("half", "1Gi")))
    assert lines == {
        "price_not_found": "'half' is not a Kubernetes quantity. "
        "Write it as 100m or 0.5 (CPU), 512Mi, 1Gi or 1G (memory, storage).",
        "Memory requests": Decimal("3.09"),
    }


def test_a_workload_without_containers_is_unpriced(cost_lines: CostLines) -> None:
    assert cost_lines("kubernetes_rollout", {"spec": {"workloadRef": {"name": "x"}}}) == {
        "unknown_until_apply": "the pods' containers are not told"
    }


def test_what_another_workload_makes_is_part_of_its_bill(cost_lines: CostLines) -> None:
    owner = named(DEPLOYMENT, "web", workload(ONE))
    owned = {"ownerReferences": (owner.address,)}
    assert cost_lines("kubernetes_replica_set", workload(ONE), others=[owner], references=owned) == {}


def test_pods_that_select_spot_nodes_pay_spot_rates(cost_lines: CostLines) -> None:
    spot = {"nodeSelector": {"eks.amazonaws.com/capacityType": "SPOT"}}
    assert cost_lines(DEPLOYMENT, workload(ONE, pod=spot)) == {
        "CPU requests": Decimal("4.86"),
        "Memory requests": Decimal("0.65"),
    }


@pytest.mark.parametrize(
    ("device", "count", "cost"),
    [
        ("nvidia.com/gpu", 2, Decimal("1387.00")),
        ("amd.com/gpu", 1, Decimal("693.50")),
        ("nvidia.com/mig-3g.20gb", 1, Decimal("297.21")),
    ],
)
def test_gpus_have_a_rate_of_their_own(cost_lines: CostLines, device: str, count: int, cost: Decimal) -> None:
    with_gpus = {"resources": {"requests": {"cpu": "1", "memory": "1Gi"}, "limits": {device: count}}}
    assert cost_lines(DEPLOYMENT, workload(with_gpus)) == {**CPU_AND_MEMORY, f"GPU requests, {device}": cost}


def test_other_accelerators_are_told_to_have_no_rate(cost_lines: CostLines) -> None:
    tpu = {"resources": {"requests": {"cpu": "1", "memory": "1Gi"}, "limits": {"google.com/tpu": 4}}}
    assert cost_lines(DEPLOYMENT, workload(tpu)) == {
        **CPU_AND_MEMORY,
        "price_not_found": "google.com/tpu: accelerators other than GPUs have no rate",
    }
    claimed = cost_lines(DEPLOYMENT, workload(ONE, pod={"resourceClaims": [{"name": "gpu"}]}))
    assert claimed["price_not_found"] == "resourceClaims gpu: devices that are claimed have no rate"


def test_a_node_is_shared_out_by_vcpus_and_memory() -> None:
    lines = components(DEPLOYMENT, workload(container("3920m"), container("0", "15391Mi"), placed=cluster(GENERAL)))
    assert set(lines) == {
        "CPU requests (m5.xlarge)",
        "Memory requests (m5.xlarge)",
        "CPU of containers without a request (m5.xlarge)",
        "Memory of containers without a request (m5.xlarge)",
    }
    requests = [line.quantity.expected for name, line in lines.items() if "requests" in name]
    assert round(sum(hours for hours in requests if hours is not None), 9) == 730  # all that pods can take: a node
    assert {str(line.price) for line in lines.values()} == {
        "aws/ec2/instance/linux/shared/on_demand/m5.xlarge in us-east-1"
    }


def test_pods_on_nodes_cost_their_share_of_the_instance_type(cost_lines: CostLines) -> None:
    lines = cost_lines(DEPLOYMENT, workload(ONE, placed=cluster(GENERAL)))
    # Of $0.192: 0.031611 / (3.92 x 0.031611 + 15.0302734375 x 0.004237), and 0.004237 of the same.
    assert lines == {
        "CPU requests (m5.xlarge)": Decimal("23.62"),
        "Memory requests (m5.xlarge)": Decimal("3.17"),
    }


def test_a_pod_with_gpus_takes_what_its_largest_request_takes(cost_lines: CostLines) -> None:
    placed = cluster(GENERAL, GPU)
    assert cost_lines(DEPLOYMENT, workload(gpu_container(), placed=placed)) == {
        "GPU requests, nvidia.com/gpu (g5.xlarge)": Decimal("734.38")
    }


def test_where_pods_are_packed_a_pod_with_gpus_leaves_the_rest_as_idle() -> None:
    packed = components(DEPLOYMENT, workload(gpu_container(), placed=cluster(GENERAL, GPU, packs=True)))
    assert set(packed) == {
        "CPU requests (g5.xlarge)",
        "Memory requests (g5.xlarge)",
        "GPU requests, nvidia.com/gpu (g5.xlarge)",
    }


def test_pods_that_no_pool_takes_are_unpriced(cost_lines: CostLines) -> None:
    large = workload(container("8", "1Gi"), placed=cluster(GENERAL), pod={"nodeSelector": {"disk": "ssd"}})
    assert cost_lines(DEPLOYMENT, large) == {"price_not_found": "no node pool takes its pods: 8 vCPU, 1 GiB, disk=ssd"}


def test_a_pool_of_an_unknown_machine_is_unpriced(cost_lines: CostLines) -> None:
    odd = {"name": "odd", "instance_type": "m99.xlarge"}
    assert cost_lines(DEPLOYMENT, workload(ONE, placed=cluster(odd))) == {
        "price_not_found": "node pool odd: m99.xlarge is not known; give vcpus and memory_gib of its nodes"
    }


def test_nodes_of_other_clouds_have_their_clouds_prices() -> None:
    azure = cluster({"name": "a", "instance_type": "Standard_D4s_v5"}, cloud="azure", region="eastus")
    google = cluster({"name": "g", "instance_type": "n2-standard-4", "spot": True}, cloud="gcp", region="us-central1")
    own = cluster({"name": "m", "vcpus": 32, "memory_gib": 128, "hourly_price": 1}, cloud="onprem", region="dc1")
    found = [
        {str(line.price) for line in components(DEPLOYMENT, workload(ONE, placed=placed)).values()}
        for placed in (azure, google, own)
    ]
    assert found == [
        {"azure/virtual_machines/linux/on_demand/standard_d4s_v5 in us-east-1"},
        {"gcp/compute/instance/spot/n2-standard-4 in us-east-1"},
        {"custom/kubernetes/node_pool/m in us-east-1"},
    ]


def test_gpus_attached_to_googles_machines_are_part_of_the_node(cost_lines: CostLines) -> None:
    pool = {"name": "t4", "instance_type": "n1-standard-4", "gpus": {"type": "nvidia-tesla-t4", "count": 1}}
    placed = cluster(pool, cloud="gcp", region="us-central1")
    lines = cost_lines(DEPLOYMENT, workload(gpu_container(), placed=placed), region="us-central1")
    assert lines == {
        "GPU requests, nvidia.com/gpu (n1-standard-4)": Decimal("97.09"),
        "GPU requests, nvidia.com/gpu (n1-standard-4): GPU (on-demand, nvidia-tesla-t4)": Decimal("178.85"),
    }


def test_a_daemon_set_runs_on_the_nodes_of_each_pool_that_takes_it(cost_lines: CostLines) -> None:
    placed = cluster({**GENERAL, "min": 3, "max": 3}, {**GPU, "min": 1, "max": 1})
    everywhere = workload(ONE, placed=placed, pod={"tolerations": [{"operator": "Exists"}]})
    lines = cost_lines("kubernetes_daemonset", workload(ONE, placed=placed))
    assert lines == {
        "pool general: CPU requests (m5.xlarge)": Decimal("70.85"),
        "pool general: Memory requests (m5.xlarge)": Decimal("9.50"),
    }
    assert {name.partition(":")[0] for name in cost_lines("kubernetes_daemonset", everywhere)} == {
        "pool general",
        "pool gpu",
    }


def test_the_nodes_of_a_daemon_set_are_assumed_where_nothing_tells_them() -> None:
    line = components("kubernetes_daemonset", workload(ONE), assumptions=True)["CPU requests"]
    assert ends(line) == [730, 2190, 7300]
    assert line.quantity.basis == "assumed"
    told = components("kubernetes_daemonset", workload(ONE, placed=cluster(GENERAL)), {"nodes": 6})
    assert sum(1 for line in told.values()) == 2


def test_a_job_runs_its_completions(cost_lines: CostLines) -> None:
    assert cost_lines("kubernetes_job", workload(ONE, completions=10), {"monthly_runs": 5, "run_minutes": 12}) == {
        "CPU requests": Decimal("0.32"),  # 10 vCPU-hours
        "Memory requests": Decimal("0.04"),
    }


def test_a_jobs_deadline_bounds_what_is_assumed() -> None:
    line = components("kubernetes_job", workload(ONE, activeDeadlineSeconds=300), assumptions=True)["CPU requests"]
    assert [round(end, 4) for end in ends(line) if end is not None] == [
        Decimal("0.0167"),
        Decimal("0.3333"),
        Decimal("2.5"),
    ]
    assert components("kubernetes_job", workload(ONE, suspend=True))["CPU requests"].quantity.is_zero


@pytest.mark.parametrize(
    ("schedule", "minutes", "policy", "vcpu_hours"),
    [
        ("0 * * * *", 15, "Allow", Decimal("182.5")),
        ("*/10 * * * *", 30, "Allow", Decimal(2190)),  # three runs at a time
        ("*/10 * * * *", 30, "Forbid", Decimal(730)),
        ("@daily", 60, "Allow", Decimal(730) / 24),
    ],
)
def test_a_cron_job_costs_its_schedule_times_a_run(
    schedule: str, minutes: int, policy: str, vcpu_hours: Decimal
) -> None:
    attributes = cron(schedule, ONE, concurrencyPolicy=policy)
    line = components("kubernetes_cron_job", attributes, {"run_minutes": minutes})["CPU requests"]
    assert line.quantity.expected is not None
    assert round(line.quantity.expected, 9) == round(vcpu_hours, 9)


def test_told_runs_count_before_the_schedule_and_what_was_seen_before_both() -> None:
    daily = cron("@daily", ONE)
    told = components("kubernetes_cron_job", daily, {"monthly_runs": 4, "run_minutes": 30})
    assert told["CPU requests"].quantity.expected == 2
    seen = components("kubernetes_cron_job", daily, {"monthly_vcpu_hours": 44})
    assert seen["CPU requests"].quantity.expected == 44


def test_a_cron_job_with_no_schedule_is_unpriced(cost_lines: CostLines) -> None:
    assert cost_lines("kubernetes_cron_job", cron("every day", ONE), {"run_minutes": 1}) == {
        "price_not_found": "its schedule is no cron expression: 'every day'"
    }
    suspended = cron("* * * * *", ONE)
    suspended["spec"]["suspend"] = True
    assert set(cost_lines("kubernetes_cron_job", suspended).values()) == {Decimal(0)}


def test_a_pod_that_runs_to_an_end_is_a_job(cost_lines: CostLines) -> None:
    test_of_chart = {"spec": {"restartPolicy": "Never", "containers": [ONE]}, "cluster": AT_RATES}
    use = {"monthly_runs": 60, "run_minutes": 60}
    assert cost_lines("kubernetes_pod", test_of_chart, use)["CPU requests"] == Decimal("1.90")
    assert cost_lines("kubernetes_pod", {"spec": {"containers": [ONE]}, "cluster": AT_RATES}) == CPU_AND_MEMORY


def test_a_stateful_set_has_a_volume_for_each_replica(cost_lines: CostLines) -> None:
    lines = cost_lines("kubernetes_stateful_set", workload(ONE, replicas=3, volumeClaimTemplates=[_CLAIM]))
    assert lines["volumeClaimTemplates.data: Storage (general purpose SSD, gp3)"] == Decimal("4.80")


def test_rates_of_nobody_make_a_figure_an_assumption() -> None:
    default = workload(ONE, placed={"cloud": "aws"})
    assert components(DEPLOYMENT, default)["CPU requests"].quantity.basis == "assumed"
    own = workload(ONE, placed={"cloud": "aws", "told_rates": ["cpu"]})
    lines = components(DEPLOYMENT, own)
    assert (lines["CPU requests"].quantity.basis, str(lines["CPU requests"].price)) == (
        "fixed",
        "custom/kubernetes/cpu in us-east-1",
    )
    assert lines["Memory requests"].quantity.basis == "assumed"
