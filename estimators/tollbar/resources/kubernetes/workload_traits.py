"""What rules ask of workloads: what one pod requests and uses of it, how many there may be, whether they may stop.

Source for the queues: "Scalers" of KEDA's documentation.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.inputs.kubernetes.amount import NotAQuantityError
from tollbar.inputs.kubernetes.kinds import MANIFEST, plain_type
from tollbar.resources.kubernetes.pod import CPU, MEMORY, gpus, limit_range_defaults, pod_spec, requested
from tollbar.resources.kubernetes.running import replica_bounds, replicas, scalers
from tollbar.resources.kubernetes.workload_types import CRON_JOB, GIB_HOURS, JOB, REPLICAS, REPLICATED, VCPU_HOURS
from tollbar.traits import Readers

if TYPE_CHECKING:
    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage, UsageKey

_BYTES_PER_GIB = Decimal(1024) ** 3
_QUEUES = frozenset(
    {
        "apache-kafka", "artemis-queue", "aws-sqs-queue", "azure-queue", "azure-servicebus", "beanstalkd",
        "gcp-cloudtasks", "gcp-pubsub", "ibmmq", "kafka", "nats-jetstream", "pulsar", "rabbitmq", "redis-lists",
        "redis-streams", "solace-event-queue", "stan",
    }
)  # fmt: skip
"""Triggers of KEDA by which workers of a queue are scaled: what one does not finish, the queue gives to the next."""


def _vcpus(resource: Resource, _usage: Usage, inventory: Inventory) -> Decimal | None:
    return _requested(resource, CPU, inventory)


def _memory_gib(resource: Resource, _usage: Usage, inventory: Inventory) -> Decimal | None:
    requested_bytes = _requested(resource, MEMORY, inventory)
    return None if requested_bytes is None else requested_bytes / _BYTES_PER_GIB


def _gpu(resource: Resource, _usage: Usage, _inventory: Inventory) -> str | None:
    return next(iter(_gpus_of(resource)), None)


def _gpu_count(resource: Resource, _usage: Usage, _inventory: Inventory) -> Decimal | None:
    return sum(_gpus_of(resource).values(), Decimal(0)) or None


def _gpus_of(resource: Resource) -> dict[str, Decimal]:
    try:
        return gpus(pod_spec(resource))
    except NotAQuantityError:
        return {}  # said where the pods are priced


def _requested(resource: Resource, what: str, inventory: Inventory) -> Decimal | None:
    """Return what one pod requests, None where a container requests nothing."""
    try:
        found = requested(pod_spec(resource), what, limit_range_defaults(resource, inventory))
    except NotAQuantityError:
        return None  # said where the pods are priced
    return None if found.without or not found.amount else found.amount


def _fault_tolerant(resource: Resource, _usage: Usage, inventory: Inventory) -> bool | None:
    """Return whether it is a job, or takes work from a queue; None where nothing tells it."""
    if plain_type(resource) in {JOB, CRON_JOB}:
        return True
    triggers = (
        trigger
        for scaler in scalers(resource, inventory)
        for trigger in scaler.attributes.block("spec").blocks("triggers")
    )
    return True if any(trigger.text("type", "") in _QUEUES for trigger in triggers) else None


def _fewest(resource: Resource, _usage: Usage, inventory: Inventory) -> Decimal | None:
    return replica_bounds(resource, inventory)[0] if _is_replicated(resource) else None


def _most(resource: Resource, _usage: Usage, inventory: Inventory) -> Decimal | None:
    return replica_bounds(resource, inventory)[1] if _is_replicated(resource) else None


def _is_autoscaled(resource: Resource, _usage: Usage, inventory: Inventory) -> bool | None:
    return any(scalers(resource, inventory)) if _is_replicated(resource) else None


def _is_replicated(resource: Resource) -> bool:
    return plain_type(resource) in REPLICATED


def _cpu_utilization(resource: Resource, usage: Usage, inventory: Inventory) -> Decimal | None:
    return _utilization(resource, _vcpus(resource, usage, inventory), VCPU_HOURS, usage, inventory)


def _memory_utilization(resource: Resource, usage: Usage, inventory: Inventory) -> Decimal | None:
    return _utilization(resource, _memory_gib(resource, usage, inventory), GIB_HOURS, usage, inventory)


def _utilization(
    resource: Resource, of_one: Decimal | None, key: UsageKey, usage: Usage, inventory: Inventory
) -> Decimal | None:
    """Return which share of what they request the pods took, at most 1.

    How many pods an autoscaler ran is told by what they took: then their use cannot be told as well.
    """
    if of_one is None or not _is_replicated(resource) or not usage.is_told(key.name):
        return None
    if any(scalers(resource, inventory)) and not usage.is_told(REPLICAS.name):
        return None
    taken, pods = usage.quantity(key.name).expected, replicas(resource, usage, inventory).expected
    if taken is None or not pods:
        return None
    return min(taken / (of_one * pods * usage.hours_per_month), Decimal(1))


_REQUESTS = Readers(vcpus=_vcpus, memory_gib=_memory_gib, gpu=_gpu, gpus=_gpu_count)
_REPLICATED = Readers(
    **_REQUESTS,
    fault_tolerant=_fault_tolerant,
    replicas_min=_fewest,
    replicas_max=_most,
    autoscaling=_is_autoscaled,
    cpu_utilization=_cpu_utilization,
    memory_utilization=_memory_utilization,
)
_JOBS = Readers(**_REQUESTS, fault_tolerant=_fault_tolerant)


def readers_of(kind: str) -> Readers:
    """Return the readers of a kind of workload; those of Terraform's manifests are of every kind."""
    if kind in {JOB, CRON_JOB}:
        return _JOBS
    return _REPLICATED if kind in REPLICATED or kind == MANIFEST else _REQUESTS
