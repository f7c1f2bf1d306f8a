"""How many pods of a workload run: its replicas, what scales them, and how long jobs take.

Sources: "Horizontal Pod Autoscaling" (at least 1 replica unless told), KEDA's "ScaledObject specification" (0 to
100 replicas), "Jobs" and "CronJob" of the Kubernetes documentation.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Quantity
from tollbar.inputs.kubernetes.amount import NotAQuantityError
from tollbar.inputs.kubernetes.kinds import MANIFEST, plain_type
from tollbar.resources.kubernetes.pod import CPU, limit_range_defaults, pod_spec, requested
from tollbar.resources.kubernetes.schedule import runs_a_day
from tollbar.resources.kubernetes.workload_types import MINUTES, REPLICAS, RUNS, SCHEDULED_RUNS, VCPU_HOURS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

HORIZONTAL = tuple(
    f"kubernetes_horizontal_pod_autoscaler{version}" for version in ("", "_v1", "_v2", "_v2beta1", "_v2beta2")
)
SCALED_OBJECT = "kubernetes_scaled_object"
_AUTOSCALERS = (*HORIZONTAL, SCALED_OBJECT, MANIFEST)
_MOST_OF_KEDA = 100
_MINUTES_PER_HOUR = 60
_HOURS_PER_DAY = 24


def replicas(resource: Resource, usage: Usage, inventory: Inventory) -> Quantity:
    """Return how many pods run on average: as declared, or a range where an autoscaler decides.

    Raises:
        UnknownUntilApplyError: It is known only after apply.
    """
    spec = resource.attributes.block("spec")
    scaler = next(scalers(resource, inventory), None)
    if scaler is None:
        if REPLICAS.name in usage.given:
            return usage.quantity(REPLICAS.name)
        return Quantity.fixed(max(spec.number("replicas", 1) or Decimal(0), Decimal(0)))
    low, high = _bounds(scaler)
    told = _told_replicas(resource, usage, inventory)
    if told is not None:
        return told.each_end(lambda end: min(max(end, low), high))
    usual = spec.number("replicas") if spec.is_set("replicas") else None
    expected = max(low, Decimal(1)) if usual is None else usual
    return Quantity.between(low, min(max(expected, low), high), high)


def job_pod_hours(resource: Resource, usage: Usage, inventory: Inventory) -> Quantity:
    """Return the hours that the pods of a job run together in a month.

    Raises:
        UnknownUntilApplyError: Its completions or its deadline are known only after apply.
    """
    spec = resource.attributes.block("spec")
    if spec.flag("suspend"):
        return Quantity.fixed(0)
    seen = None if usage.is_told(MINUTES.name) else _pod_hours_seen(resource, usage, inventory)
    return usage.quantity(RUNS.name) * _run(spec, usage) if seen is None else seen


def pod_run_hours(resource: Resource, usage: Usage) -> Quantity:
    """Return the hours in a month of a pod of its own that runs to an end."""
    minutes = _at_most(usage.quantity(MINUTES.name), resource.attributes.block("spec"))
    return usage.quantity(RUNS.name) * minutes / _MINUTES_PER_HOUR


def cron_pod_hours(resource: Resource, usage: Usage, inventory: Inventory) -> Quantity:
    """Return the hours that the pods of a CronJob run together in a month: its schedule times a run.

    Where runs may not overlap they take no more than all the time.

    Raises:
        NotAScheduleError: The schedule is none.
        UnknownUntilApplyError: The schedule, or what a run is, is known only after apply.
    """
    spec = resource.attributes.block("spec")
    if spec.flag("suspend"):
        return Quantity.fixed(0)
    job = spec.block("jobTemplate").block("spec")
    seen = None if usage.is_told(MINUTES.name) else _pod_hours_seen(resource, usage, inventory)
    if seen is not None:
        return seen
    if usage.is_told(SCHEDULED_RUNS.name):
        runs = usage.quantity(SCHEDULED_RUNS.name)
    else:
        a_day = runs_a_day(spec.text("schedule", "") or "")
        runs = Quantity.fixed(a_day * usage.hours_per_month / _HOURS_PER_DAY)
    hours = runs * _run(job, usage)
    if spec.text("concurrencyPolicy", "Allow") == "Allow":
        return hours
    most = usage.hours_per_month * (job.number("parallelism", 1) or Decimal(1))
    return hours.each_end(lambda end: min(end, most))


def is_run_to_an_end(pod: Attributes) -> bool:
    """Whether a pod of its own ends by itself, as the test pods of Helm charts do."""
    return pod.text("restartPolicy", "Always") in {"Never", "OnFailure"}


def _run(job: Attributes, usage: Usage) -> Quantity:
    """Return the hours that the pods of one run take together."""
    pods = job.known_number("completions") or job.known_number("parallelism") or Decimal(1)
    return _at_most(usage.quantity(MINUTES.name), job) * pods / _MINUTES_PER_HOUR


def _at_most(minutes: Quantity, spec: Attributes) -> Quantity:
    """Return the minutes of a run, no more than its deadline."""
    deadline = spec.known_number("activeDeadlineSeconds")
    if deadline is None:
        return minutes
    most = deadline / _MINUTES_PER_HOUR
    return minutes.each_end(lambda end: min(end, most))


def scalers(resource: Resource, inventory: Inventory) -> Iterator[Resource]:
    """Yield what scales a workload by itself."""
    known = {*HORIZONTAL, SCALED_OBJECT}
    return (found for found in inventory.referring(resource, *_AUTOSCALERS) if plain_type(found) in known)


def _bounds(scaler: Resource) -> tuple[Decimal, Decimal]:
    """Return the fewest and the most replicas."""
    spec = scaler.attributes.block("spec")
    if plain_type(scaler) == SCALED_OBJECT:
        low = spec.number("idleReplicaCount", spec.number("minReplicaCount", 0)) or Decimal(0)
        high = spec.number("maxReplicaCount", _MOST_OF_KEDA) or Decimal(0)
    else:
        low = spec.number("minReplicas", 1) or Decimal(0)
        high = spec.number("maxReplicas", low) or low
    return low, max(low, high)


def replica_bounds(resource: Resource, inventory: Inventory) -> tuple[Decimal, Decimal]:
    """Return the fewest and the most pods: the bounds of what scales them, else as many as are declared.

    Raises:
        UnknownUntilApplyError: They are known only after apply.
    """
    scaler = next(scalers(resource, inventory), None)
    if scaler is not None:
        return _bounds(scaler)
    declared = resource.attributes.block("spec").number("replicas", 1) or Decimal(0)
    return declared, declared


def _told_replicas(resource: Resource, usage: Usage, inventory: Inventory) -> Quantity | None:
    """Return the pods that are told, or were seen before by what they took together; None where nothing is."""
    if usage.is_told(REPLICAS.name):
        return usage.quantity(REPLICAS.name)
    seen = _pod_hours_seen(resource, usage, inventory)
    return None if seen is None else seen / usage.hours_per_month


def _pod_hours_seen(resource: Resource, usage: Usage, inventory: Inventory) -> Quantity | None:
    """Return the hours that pods ran by the vCPU-hours they took, None where these are not told or not requested."""
    if not usage.is_told(VCPU_HOURS.name):
        return None
    try:
        cpu = requested(pod_spec(resource), CPU, limit_range_defaults(resource, inventory))
    except NotAQuantityError:
        return None  # said where the pods are priced
    return None if cpu.without or not cpu.amount else usage.quantity(VCPU_HOURS.name) / cpu.amount


def is_owned(resource: Resource, inventory: Inventory) -> bool:
    """Whether another workload of the project makes this one: a Deployment its ReplicaSets, these their pods."""
    return inventory.referenced(resource, "ownerReferences") is not None
