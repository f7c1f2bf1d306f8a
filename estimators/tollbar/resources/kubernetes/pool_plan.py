"""How the pods of a cluster fill a pool: how many nodes run, and how much of them no pod takes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, NamedTuple

from tollbar.component import Quantity, Unpriced, least_certain
from tollbar.inputs.kubernetes.amount import NotAQuantityError
from tollbar.inputs.kubernetes.kinds import plain_type
from tollbar.resource import UnknownUntilApplyError
from tollbar.resources.kubernetes.cluster import Size
from tollbar.resources.kubernetes.packing import Load, nodes_needed, whole
from tollbar.resources.kubernetes.pod import has_containers, pod_spec
from tollbar.resources.kubernetes.pod_lines import Pod, shares
from tollbar.resources.kubernetes.running import (
    cron_pod_hours,
    is_owned,
    is_run_to_an_end,
    job_pod_hours,
    pod_run_hours,
    replicas,
)
from tollbar.resources.kubernetes.schedule import NotAScheduleError
from tollbar.resources.kubernetes.workload_types import CRON_JOB, DAEMON_SET, JOB, KEYS, POD, REPLICATED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.resources.kubernetes.cluster import NodePool
    from tollbar.usage import Usage

_ENDS = ("low", "expected", "high")
_PLACES = 9
"""Shares of a node are periodic fractions: what is beyond these places is no further node."""


class Running(NamedTuple):
    """What runs of a workload in a month: the hours of its pods, and how many must find room at a time."""

    pod_hours: Quantity
    at_a_time: Quantity


@dataclass(frozen=True, slots=True)
class PoolPlan:
    """The nodes of a pool, and the hours of them in a month that no pod takes."""

    nodes: Quantity
    idle_hours: Quantity


def running(resource: Resource, usage: Usage, inventory: Inventory) -> Running | None:
    """Return what runs of a workload; None of what runs on every node, of what another owns, and of other things.

    Raises:
        NotAScheduleError, UnknownUntilApplyError: It cannot be told.
    """
    kind = plain_type(resource)
    nothing = Quantity.fixed(0)
    if is_owned(resource, inventory):
        return None
    if kind in REPLICATED:
        pods = replicas(resource, usage, inventory)
        return Running(pods * usage.hours, pods)
    if kind == JOB:
        return Running(job_pod_hours(resource, usage, inventory), nothing)
    if kind == CRON_JOB:
        return Running(cron_pod_hours(resource, usage, inventory), nothing)
    if kind != POD:
        return None
    is_task = is_run_to_an_end(pod_spec(resource))
    return Running(pod_run_hours(resource, usage), nothing) if is_task else Running(usage.hours, Quantity.fixed(1))


def plan_of(pool: NodePool, usage: Usage, inventory: Inventory) -> PoolPlan:
    """Return how the pods of a cluster fill one of its pools.

    Pods that are scaled by themselves give a range. Jobs run in what is free: they count with the hours
    they take, not with room of their own.
    """
    told = tuple(id(getattr(source, "__self__", source)) for source in (usage.given_elsewhere, usage.past_elsewhere))
    key = ("plan", pool.name, usage.assumptions, usage.size, usage.hours_per_month, told)
    # What is told of the use is kept with the plan, so that its identity stays its own.
    return inventory.once(key, lambda: (_plan(pool, usage, inventory), usage))[0]


def _plan(pool: NodePool, usage: Usage, inventory: Inventory) -> PoolPlan:
    workloads = [
        (resource, usage.of(resource, {key.name: key for key in KEYS[resource.type]}))
        for resource in inventory
        if resource.type in KEYS
    ]
    on_nodes = [Pod(r, pod_spec(r), use, inventory) for r, use in workloads if _runs_on(r, use, inventory, pool)]
    loads = list(_loads(workloads, pool, inventory))
    room = pool.allocatable
    if room is None:
        return PoolPlan(Quantity.unknown(), Quantity.unknown())
    daemons = [pod.size() for pod in on_nodes]
    left = Size(*(max(most - sum(d[i] for d in daemons), Decimal(0)) for i, most in enumerate(room)))
    max_pods = max(int(pool.declared.number("max_pods", 110) or 110) - len(daemons), 1)
    hours = usage.hours_per_month
    taken = [_at_ends(load.node_hours) for load in loads]
    of_daemons = sum((_node_hours(pod, pool, usage.hours) for pod in on_nodes), Quantity.fixed(0))
    nodes, idle = [], []
    for end, name in enumerate(_ENDS):
        packed = nodes_needed(left, max_pods, [Load(load.size, whole(_at_ends(load.at_a_time)[end])) for load in loads])
        used = sum((ends[end] for ends in taken), Decimal(0))
        by_share = round(used / hours, _PLACES).to_integral_value(ROUND_CEILING)
        count = _within(pool, max(Decimal(packed), by_share))
        nodes.append(count)
        per_node = getattr(of_daemons, name) or Decimal(0)
        idle.append(max(count * hours - used - count * per_node, Decimal(0)))
    basis = least_certain((*(load.node_hours.basis for load in loads), of_daemons.basis))
    return PoolPlan(
        Quantity.between(min(nodes), nodes[1], max(nodes), basis),
        Quantity.between(min(idle), idle[1], max(idle), basis),
    )


class _PoolLoad(NamedTuple):
    """The pods of a workload on a pool, and the hours of whole nodes that they take."""

    size: Size
    at_a_time: Quantity
    node_hours: Quantity


def _loads(workloads: list[tuple[Resource, Usage]], pool: NodePool, inventory: Inventory) -> Iterator[_PoolLoad]:
    for resource, usage in workloads:
        try:
            runs = running(resource, usage, inventory)
            pod = Pod(resource, pod_spec(resource), usage, inventory)
            if runs is None or not has_containers(pod.spec):
                continue
            first = next(pod.pools(), None)
            if first is not None and first.name == pool.name:
                yield _PoolLoad(pod.size(), runs.at_a_time, _node_hours(pod, pool, runs.pod_hours))
        except (NotAQuantityError, NotAScheduleError, UnknownUntilApplyError):
            continue  # the workload itself says why it has no price


def _runs_on(resource: Resource, usage: Usage, inventory: Inventory, pool: NodePool) -> bool:
    """Whether a resource runs a pod on each node of a pool."""
    if plain_type(resource) != DAEMON_SET:
        return False
    try:
        pod = Pod(resource, pod_spec(resource), usage, inventory)
        return has_containers(pod.spec) and any(found.name == pool.name for found in pod.pools())
    except (NotAQuantityError, UnknownUntilApplyError):
        return False


def _node_hours(pod: Pod, pool: NodePool, pod_hours: Quantity) -> Quantity:
    found = (share[1] for share in shares(pod, pool, pod_hours) if not isinstance(share, Unpriced))
    return sum((share for share in found if share.is_known), Quantity.fixed(0))


def _at_ends(quantity: Quantity) -> tuple[Decimal, Decimal, Decimal]:
    """Return the three ends, 0 where nothing is known."""
    low, expected, high = (end or Decimal(0) for end in (quantity.low, quantity.expected, quantity.high))
    return low, expected, high


def _within(pool: NodePool, needed: Decimal) -> Decimal:
    """Return the nodes that run: as many as are needed, as far as the pool is scaled."""
    low, most, told = (pool.declared.number(name) for name in ("min", "max", "nodes"))
    if told is not None and low is None and most is None:
        return told
    needed = max(needed, low or Decimal(0))
    return needed if most is None else min(needed, most)
