"""Workloads: Deployments, StatefulSets, DaemonSets, ReplicaSets, Rollouts, Pods, Jobs and CronJobs.

Sources: "Workloads" of the Kubernetes documentation; Argo Rollouts' specification. What pods cost, the cluster
says (its node pools or rates); a volume of a claim template is there once for each replica.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.resources.kubernetes.disks import claim_lines
from tollbar.resources.kubernetes.pod import has_containers, pod_spec
from tollbar.resources.kubernetes.pod_lines import Pod, pod_lines, rate_lines, share_lines
from tollbar.resources.kubernetes.pool_plan import plan_of, running
from tollbar.resources.kubernetes.running import is_owned, replicas
from tollbar.resources.kubernetes.schedule import NotAScheduleError
from tollbar.resources.kubernetes.serverless import FARGATE
from tollbar.resources.kubernetes.workload_traits import readers_of
from tollbar.resources.kubernetes.workload_types import (
    CRON_JOB,
    DAEMON_SET,
    DEPLOYMENT,
    JOB,
    KEYS,
    NAMES,
    NODES,
    POD,
    REPLICA_SET,
    REPLICATION_CONTROLLER,
    ROLLOUT,
    STATEFUL_SET,
)
from tollbar.resources.registry import ResourceType, as_far_as_known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.resources.kubernetes.cluster import NodePool
    from tollbar.resources.registry import ComponentsOf
    from tollbar.usage import Usage


def replicated(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the pods by what they request, as many as are declared or as an autoscaler may run."""
    runs = running(resource, usage, inventory)
    if runs is not None:
        yield from pod_lines(resource, pod_spec(resource), runs.pod_hours, usage, inventory)


def single_pod(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield one pod by what it requests; one that runs to an end, as the tests of a chart do, as a job."""
    yield from replicated(resource, usage, inventory)


def job(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield what the pods of a job request while they run: its completions times the minutes of each pod."""
    yield from replicated(resource, usage, inventory)


def cron_job(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield what the pods of a job request while they run: as often as the schedule says times the minutes of each."""
    try:
        yield from replicated(resource, usage, inventory)
    except NotAScheduleError as wrong:
        yield Unpriced("price_not_found", f"its schedule is no cron expression: {str(wrong)!r}")


def stateful_set(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the pods by what they request, and the volumes that are claimed for each of them."""
    yield from as_far_as_known(lambda: replicated(resource, usage, inventory))
    if is_owned(resource, inventory):
        return
    for number, template in enumerate(resource.attributes.block("spec").blocks("volumeClaimTemplates")):
        yield from _claims(resource, template, number, usage, inventory)


def daemon_set(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a pod on each node that takes it: the nodes of the cluster's pools, or as many as are told or assumed."""
    spec = pod_spec(resource)
    if not has_containers(spec):
        yield Unpriced("unknown_until_apply", "the pods' containers are not told")
        return
    pod = Pod(resource, spec, usage, inventory)
    if not pod.cluster.pools:
        yield from rate_lines(pod, usage.quantity(NODES.name) * usage.hours)
        return
    pools = pod.readable_pools()
    if isinstance(pools, Unpriced):
        yield pools
        return
    for pool in pools:
        if pool.instance_type == FARGATE:
            continue  # which runs no DaemonSets
        nodes = _nodes(pod, pool, usage, inventory)
        yield from share_lines(pod, pool, nodes * usage.hours, f"pool {pool.name}")


def _nodes(pod: Pod, pool: NodePool, usage: Usage, inventory: Inventory) -> Quantity:
    """Return the nodes of a pool that a DaemonSet runs on."""
    if NODES.name in usage.given:
        return usage.quantity(NODES.name)
    if pod.cluster.packs and not pool.is_serverless:
        return plan_of(pool, usage, inventory).nodes
    return pool.nodes or usage.quantity(NODES.name)


def _claims(
    resource: Resource, template: Attributes, number: int, usage: Usage, inventory: Inventory
) -> Iterator[Component | Unpriced]:
    """Yield the volumes of one claim template, one for each replica."""
    name = template.block("metadata").text("name", str(number))
    part = f"volumeClaimTemplates.{name}"
    yield from as_far_as_known(
        lambda: claim_lines(
            resource, template.block("spec"), usage, inventory, count=replicas(resource, usage, inventory), part=part
        ),
        part,
    )


_ESTIMATORS: dict[str, ComponentsOf] = {
    DEPLOYMENT: replicated,
    STATEFUL_SET: stateful_set,
    REPLICA_SET: replicated,
    REPLICATION_CONTROLLER: replicated,
    ROLLOUT: replicated,
    DAEMON_SET: daemon_set,
    POD: single_pod,
    JOB: job,
    CRON_JOB: cron_job,
}

TYPES = tuple(
    ResourceType(name, "container", estimator, KEYS[name], traits=readers_of(kind))
    for kind, estimator in _ESTIMATORS.items()
    for name in NAMES[kind]
)
