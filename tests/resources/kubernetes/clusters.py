"""Clusters and pods for the tests of Kubernetes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.resources.conftest import declared

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tollbar.resource import Resource

AT_RATES = {"cloud": "aws", "region": "us-east-1", "allocation": "by_request", "are_prices_told": True}
"""A cluster of AWS at OpenCost's rates, which the user is content with: $0.031611 a vCPU, $0.004237 a GiB an hour."""

GENERAL = {"name": "general", "instance_type": "m5.xlarge", "min": 2, "max": 10, "max_pods": 58}
"""Nodes of 4 vCPU and 16 GiB, of which pods can take 3.92 vCPU and 15.03 GiB, at $0.192 an hour."""

GPU = {"name": "gpu", "instance_type": "g5.xlarge", "min": 0, "max": 4, "taints": ["nvidia.com/gpu:NoSchedule"]}
"""Nodes of 4 vCPU, 16 GiB and one GPU, at $1.006 an hour."""


def cluster(*pools: Mapping[str, Any], packs: bool = False, **settings: object) -> dict[str, Any]:
    """Return a cluster of AWS with node pools."""
    allocation = "bin_pack" if packs else "by_request"
    return {**AT_RATES, "allocation": allocation, "node_pools": list(pools), **settings}


def container(cpu: str | None = None, memory: str | None = None, **more: object) -> dict[str, Any]:
    """Return a container by what it requests."""
    requests = {name: value for name, value in (("cpu", cpu), ("memory", memory)) if value is not None}
    return {"name": "main", "resources": {"requests": requests}, **more}


def gpu_container(count: int = 1, cpu: str = "1", memory: str = "4Gi") -> dict[str, Any]:
    """Return a container with GPUs."""
    return {"resources": {"requests": {"cpu": cpu, "memory": memory}, "limits": {"nvidia.com/gpu": count}}}


def workload(
    *containers: Mapping[str, Any],
    placed: Mapping[str, Any] | None = None,
    pod: Mapping[str, Any] | None = None,
    **spec: object,
) -> dict[str, Any]:
    """Return a workload with a pod template, in a cluster."""
    template = {"spec": {"containers": list(containers), **(pod or {})}}
    return {"metadata": {"name": "this"}, "spec": {"template": template, **spec}, "cluster": placed or AT_RATES}


def cron(
    schedule: str, *containers: Mapping[str, Any], placed: Mapping[str, Any] | None = None, **spec: object
) -> dict[str, Any]:
    """Return a CronJob."""
    job = {"template": {"spec": {"containers": list(containers)}}, **spec}
    policy = {"concurrencyPolicy": job.pop("concurrencyPolicy")} if "concurrencyPolicy" in job else {}
    return {"spec": {"schedule": schedule, "jobTemplate": {"spec": job}, **policy}, "cluster": placed or AT_RATES}


def horizontal(low: int | None, high: int, target: str = "kubernetes_deployment.this") -> Resource:
    """Return an autoscaler of a workload."""
    spec = {"minReplicas": low, "maxReplicas": high}
    return declared(
        "kubernetes_horizontal_pod_autoscaler", {"spec": spec}, references={"spec.scaleTargetRef": (target,)}
    )


def named(type_name: str, name: str, attributes: Mapping[str, Any]) -> Resource:
    """Return another resource of the project."""
    return declared(type_name, attributes, name=name)


def of_pool(pool: Mapping[str, Any], others: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """Return the attributes of a pool's idle capacity."""
    return {**pool, "cluster": cluster(pool, *others, packs=True)}
