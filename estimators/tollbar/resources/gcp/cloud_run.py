"""Cloud Run: CPU and memory of services and jobs, requests, GPUs.

Source: "Cloud Run pricing". With request-based billing (CPU is throttled outside of requests) the time of requests
counts, each rounded up to 100 ms, and idle minimum instances cost less. With instance-based billing the whole life
of instances counts and requests are free; jobs and worker pools are always billed so. The free tier, which is per
billing account, is not taken off. Defaults: 1 vCPU, 512 MiB.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, Any

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resource import Attributes, Unknown, UnknownUntilApplyError
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_SECONDS_PER_HOUR = 3600
_CHARGED_MS = 100
_MS_PER_SECOND = 1000
_AMOUNT = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<suffix>m|[KMGT]i?|k)?")
_SUFFIXES = {
    "": Decimal(1),
    "m": Decimal("0.001"),
    "k": Decimal(10**3),
    **{letter: Decimal(10 ** (3 * power)) for power, letter in enumerate("KMGT", 1)},
    **{f"{letter}i": Decimal(1024**power) for power, letter in enumerate("KMGT", 1)},
}
_GIB = Decimal(1024**3)
_DEFAULT_VCPUS = Decimal(1)
_DEFAULT_GIB = Decimal("0.5")
_DEFAULT_CONCURRENCY = Decimal(80)
"""So many requests an instance serves at a time unless told otherwise; whether it does, only use tells."""
_NOTHING = Decimal(0)
_GPU = "nvidia.com/gpu"


@dataclass(frozen=True, slots=True)
class Requests:
    """The requests of a month; ``at_a_time`` is how many of them one instance serves together."""

    count: Quantity
    duration_ms: Quantity
    at_a_time: Quantity


@dataclass(frozen=True, slots=True)
class Container:
    """What one instance runs on; memory in GiB. ``min_instances`` of it are kept."""

    vcpus: Decimal
    memory: Decimal
    gpus: Decimal = _NOTHING
    min_instances: Decimal = _NOTHING


def amount(text: str) -> Decimal | None:
    """Return a Kubernetes quantity (``1000m``, ``512Mi``, ``2``) in whole units, None of what is none."""
    match = _AMOUNT.fullmatch(text.strip())
    return None if match is None else Decimal(match["number"]) * _SUFFIXES[match["suffix"] or ""]


def cloud_run_service(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield a service's CPU and memory time and its requests, or the time of its instances."""
    template = resource.attributes.block("template")
    annotations = (
        template.block("metadata").get("annotations"),
        resource.attributes.block("metadata").get("annotations"),
    )
    kept = _annotation(annotations, "autoscaling.knative.dev/minScale")
    size = _size(template.block("spec").blocks("containers"), amount(kept) or _NOTHING if kept else _NOTHING)
    if _annotation(annotations, "run.googleapis.com/cpu-throttling").lower() == "false":
        yield from _instance_time(size, resource.region, _instance_hours(size, usage))
    else:
        most = template.block("spec").known_number("container_concurrency")
        yield from request_time(size, resource.region, _service_requests(usage, most), usage.hours)


def cloud_run_v2_service(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield a service's CPU and memory time and its requests, or the time of its instances and their GPUs."""
    template = resource.attributes.block("template")
    size = _size(template.blocks("containers"), _kept_instances(resource.attributes, template))
    if any(_is_always_allocated(container) for container in template.blocks("containers")):
        hours = _instance_hours(size, usage)
        yield from _instance_time(size, resource.region, hours)
        yield from _gpu_time(template, size, resource.region, hours)
    else:
        most = template.known_number("max_instance_request_concurrency")
        yield from request_time(size, resource.region, _service_requests(usage, most), usage.hours)


def cloud_run_v2_job(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the CPU and memory time of a job's tasks."""
    execution = resource.attributes.block("template")
    size = _size(execution.block("template").blocks("containers"), _NOTHING)
    tasks = execution.known_number("task_count") or Decimal(1)
    minutes = usage.quantity("monthly_job_executions") * tasks * usage.quantity("average_task_execution_mins")
    yield from _instance_time(size, resource.region, minutes / 60)


def cloud_run_v2_worker_pool(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the time of a worker pool's instances, from the fewest to the most that its scaling allows."""
    attributes = resource.attributes
    scaling = attributes.block("scaling")
    low = scaling.known_number("manual_instance_count")
    high = low
    if low is None:
        low, high = scaling.known_number("min_instance_count"), scaling.known_number("max_instance_count")
    low = Decimal(1) if low is None else low
    size = _size(attributes.block("template").blocks("containers"), low)
    yield from _instance_time(size, resource.region, usage.hours * Quantity.between(low, low, max(low, high or low)))


def request_time(size: Container, region: str | None, requests: Requests, hours: Quantity) -> Iterator[Component]:
    """Yield what request-based billing charges: time of requests, idle minimum instances, requests.

    ``hours`` are those of the month.
    """
    active = requests.count * _charged_seconds(requests.duration_ms) * _share(requests.at_a_time)
    yield from _time("", "request_based", size, region, active)
    if size.min_instances:
        whole = hours * _SECONDS_PER_HOUR * size.min_instances
        yield from _time(" (idle minimum instances)", "min_instance", size, region, _remainder(whole, active))
    yield Component("Requests", requests.count, "requests", PriceKey("gcp/cloud_run/request", "global"))


def _service_requests(usage: Usage, most_at_a_time: Decimal | None) -> Requests:
    told = usage.quantity("concurrent_requests_per_instance")
    at_a_time = (
        told if told.is_known else Quantity.between(1, 1, max(most_at_a_time or _DEFAULT_CONCURRENCY, Decimal(1)))
    )
    return Requests(usage.quantity("monthly_requests"), usage.quantity("average_request_duration_ms"), at_a_time)


def _instance_time(size: Container, region: str | None, hours: Quantity) -> Iterator[Component]:
    yield from _time("", "instance_based", size, region, hours * _SECONDS_PER_HOUR)


def _time(suffix: str, billing: str, size: Container, region: str | None, seconds: Quantity) -> Iterator[Component]:
    key = PriceKey(f"gcp/cloud_run/{billing}/vcpu", region)
    yield Component(f"CPU allocation time{suffix}", seconds * size.vcpus, "vCPU-seconds", key)
    key = PriceKey(f"gcp/cloud_run/{billing}/memory", region)
    yield Component(f"Memory allocation time{suffix}", seconds * size.memory, "GiB-seconds", key)


def _gpu_time(template: Attributes, size: Container, region: str | None, hours: Quantity) -> Iterator[Component]:
    if not size.gpus:
        return
    gpu = template.block("node_selector").text("accelerator", "nvidia-l4") or "nvidia-l4"
    zones = "no_zonal_redundancy" if template.flag("gpu_zonal_redundancy_disabled") else "zonal_redundancy"
    key = PriceKey(f"gcp/cloud_run/gpu/{gpu}/{zones}", region)
    yield Component(f"GPU ({gpu})", hours * size.gpus, "hours", key)


def _instance_hours(size: Container, usage: Usage) -> Quantity:
    """Return the hours of all instances: as told of each, else those of the minimum instances, which always run."""
    if not usage.is_told("instance_hrs") and size.min_instances:
        return usage.hours * size.min_instances
    return usage.quantity("instance_hrs") * max(size.min_instances, Decimal(1))


def _charged_seconds(duration_ms: Quantity) -> Quantity:
    return duration_ms.each_end(lambda end: (end / _CHARGED_MS).to_integral_value(ROUND_CEILING) * _CHARGED_MS) / (
        _MS_PER_SECOND
    )


def _share(at_a_time: Quantity) -> Quantity:
    """Return the part of an instance's time that a request takes of it, if so many are served at a time."""
    ends = (at_a_time.high, at_a_time.expected, at_a_time.low)
    low, expected, high = (None if end is None else 1 / max(end, Decimal(1)) for end in ends)
    return Quantity(low, expected, high, at_a_time.basis, at_a_time.keys)


def _remainder(whole: Quantity, used: Quantity) -> Quantity:
    """Return what is left of a time, all of it where the use is not told: then it is the least that is charged."""
    if whole.expected is None or used.low is None or used.expected is None or used.high is None:
        return whole
    left = sorted(max(whole.expected - end, _NOTHING) for end in (used.low, used.high))
    expected = max(whole.expected - used.expected, _NOTHING)
    return Quantity(left[0], expected, left[1], used.basis, used.keys)


def _size(containers: Sequence[Attributes], min_instances: Decimal) -> Container:
    vcpus, memory, gpus = _NOTHING, _NOTHING, _NOTHING
    for container in containers or (Attributes(),):
        limits = container.block("resources").get("limits")
        if isinstance(limits, Unknown):
            raise UnknownUntilApplyError("containers.resources.limits")
        values = Attributes(limits if isinstance(limits, Mapping) else {})
        vcpus += _limit(values, "cpu", _DEFAULT_VCPUS)
        memory += _limit(values, "memory", _DEFAULT_GIB * _GIB) / _GIB
        gpus += _limit(values, _GPU, _NOTHING)
    return Container(vcpus, memory, gpus, min_instances)


def _limit(limits: Attributes, name: str, default: Decimal) -> Decimal:
    text = limits.text(name, "")
    found = amount(text) if text else None
    return default if found is None else found


def _is_always_allocated(container: Attributes) -> bool:
    """Whether instances are billed for their whole life: ``cpu_idle`` is true only where ``resources`` is absent."""
    resources = container.blocks("resources")
    return any(not block.flag("cpu_idle") for block in resources)


def _kept_instances(*scaled: Attributes) -> Decimal:
    counts = (
        block.block("scaling").known_number(name) or _NOTHING
        for block in scaled
        for name in ("manual_instance_count", "min_instance_count")
    )
    return max(counts, default=_NOTHING)


def _annotation(annotations: Sequence[Any], name: str) -> str:
    for values in annotations:
        if isinstance(values, Unknown):
            raise UnknownUntilApplyError("metadata.annotations")
        if isinstance(values, Mapping) and name in values:
            return Attributes(values).text(name, "") or ""
    return ""


SERVICE_USAGE_KEYS = (
    UsageKey("monthly_requests", "Requests a month", (10_000, 100_000, 1_000_000)),
    UsageKey("average_request_duration_ms", "Milliseconds that a request takes on average", (100, 300, 1000)),
    UsageKey("concurrent_requests_per_instance", "Requests that an instance serves at a time, on average"),
    UsageKey("instance_hrs", "Hours a month that each instance lives (if CPU is always allocated)", (10, 100, 730)),
)

TYPES = (
    ResourceType("google_cloud_run_service", "serverless", cloud_run_service, usage_keys=SERVICE_USAGE_KEYS),
    ResourceType("google_cloud_run_v2_service", "serverless", cloud_run_v2_service, usage_keys=SERVICE_USAGE_KEYS),
    ResourceType(
        "google_cloud_run_v2_job",
        "serverless",
        cloud_run_v2_job,
        usage_keys=(
            UsageKey("monthly_job_executions", "Executions of the job a month", (30, 100, 1000)),
            UsageKey("average_task_execution_mins", "Minutes that a task takes on average", (1, 5, 30)),
        ),
    ),
    ResourceType("google_cloud_run_v2_worker_pool", "serverless", cloud_run_v2_worker_pool),
)
