"""What a pod requests: its containers, sidecars and init containers taken together as the scheduler does.

Sources: "Resource Management for Pods and Containers", "Sidecar Containers" (resource sharing within containers),
"Limit Ranges" and "Pod Overhead" of the Kubernetes documentation.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from tollbar.inputs.kubernetes.amount import NotAQuantityError, amount
from tollbar.inputs.kubernetes.kinds import plain_type
from tollbar.resource import Attributes, Unknown, UnknownUntilApplyError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tollbar.resource import Inventory, Resource

CPU = "cpu"
MEMORY = "memory"
_GPUS = re.compile(r"(?:nvidia\.com/gpu(?:\.shared)?|amd\.com/gpu|gpu\.intel\.com/.+)")
_SLICES = re.compile(r"nvidia\.com/mig-(\d+)g\..+")
_SLICES_OF_A_GPU = 7
"""NVIDIA's Multi-Instance GPU: an A100, H100 or H200 is seven slices."""
_ACCELERATORS = re.compile(r"google\.com/tpu|aws\.amazon\.com/neuron.*|habana\.ai/gaudi")
_NOTHING = Decimal(0)
_CRON_JOB = "kubernetes_cron_job"
_POD = "kubernetes_pod"


class Requested(NamedTuple):
    """What a pod requests of CPU (cores) or memory (bytes), and how many containers request nothing of it."""

    amount: Decimal
    without: int


def pod_spec(resource: Resource) -> Attributes:
    """Return the specification of the pods that a workload runs."""
    spec = resource.attributes.block("spec")
    kind = plain_type(resource)
    if kind == _POD:
        return spec
    if kind == _CRON_JOB:
        spec = spec.block("jobTemplate").block("spec")
    return spec.block("template").block("spec")


def has_containers(pod: Attributes) -> bool:
    """Whether it is told what the pod consists of."""
    return bool(pod.blocks("containers"))


def requested(pod: Attributes, name: str, defaults: Mapping[str, object]) -> Requested:
    """Return what a pod requests of CPU or memory.

    Init containers run one after the other before the rest; sidecars (init containers that restart always) run on
    beside them. So a pod takes the larger of what runs in the end, and of each init container with the sidecars
    that were started before it. A request of 0 is none.

    Raises:
        NotAQuantityError: A request is no quantity, or below 0.
        UnknownUntilApplyError: Something of it is known only after apply.
    """
    overhead = _positive(pod.block("overhead").get(name), name) or _NOTHING
    of_pod = _request(pod, name, {})
    if of_pod:
        return Requested(of_pod + overhead, 0)
    sidecars, highest, without = _NOTHING, _NOTHING, 0
    for container in pod.blocks("initContainers"):
        own = _request(container, name, defaults)
        if container.text("restartPolicy", "") == "Always":
            sidecars += own or _NOTHING
            without += own is None
            highest = max(highest, sidecars)
        else:
            highest = max(highest, sidecars + (own or _NOTHING))
    running = [_request(container, name, defaults) for container in pod.blocks("containers")]
    without += running.count(None)
    together = sidecars + sum((own for own in running if own is not None), _NOTHING)
    return Requested(max(together, highest) + overhead, without)


def gpus(pod: Attributes) -> dict[str, Decimal]:
    """Return the GPUs that a pod requests, by the name of the device; a slice counts as its part of a GPU.

    Raises:
        NotAQuantityError, UnknownUntilApplyError: As of :func:`requested`.
    """
    found = {}
    for name in _devices(pod):
        slices = _SLICES.fullmatch(name)
        if slices or _GPUS.fullmatch(name):
            share = Decimal(min(int(slices[1]), _SLICES_OF_A_GPU)) / _SLICES_OF_A_GPU if slices else Decimal(1)
            found[name] = requested(pod, name, {}).amount * share
    return {name: count for name, count in found.items() if count}


def other_accelerators(pod: Attributes) -> list[str]:
    """Return the accelerators besides GPUs that a pod requests: TPUs, Neuron devices."""
    return [name for name in _devices(pod) if _ACCELERATORS.fullmatch(name)]


def limit_range_defaults(resource: Resource, inventory: Inventory) -> dict[str, object]:
    """Return what containers of the resource's namespace request where they say nothing, by its limit ranges.

    As the API server fills in a limit range: ``defaultRequest``, else ``default``, else ``max``, else ``min``.
    """
    defaults: dict[str, object] = {}
    for address in resource.references.get("limitRange", ()):
        limits = inventory.by_address[address].attributes.block("spec").blocks("limits")
        for limit in (entry for entry in limits if entry.text("type", "") == "Container"):
            for source in ("defaultRequest", "default", "max", "min"):
                for name, value in limit.block(source).values.items():
                    defaults.setdefault(name, value)
    return defaults


def _devices(pod: Attributes) -> list[str]:
    containers = (*pod.blocks("containers"), *pod.blocks("initContainers"))
    return sorted({name for container in containers for name in _names(container) if "/" in name})


def _names(container: Attributes) -> Iterable[str]:
    resources = container.block("resources")
    return (str(name) for kind in ("requests", "limits") for name in resources.block(kind).values)


def _request(container: Attributes, name: str, defaults: Mapping[str, object]) -> Decimal | None:
    """Return what a container requests: its request, else its limit, else the default; None where it is nothing."""
    resources = container.block("resources")
    for kind in ("requests", "limits"):
        _require_known(resources, kind)
        value = resources.block(kind).values.get(name)
        if value is not None:
            return _positive(value, name)
    return _positive(defaults.get(name), name)


def _require_known(resources: Attributes, kind: str) -> None:
    value = resources.get(kind)
    if isinstance(value, Unknown) and value.is_set:
        raise UnknownUntilApplyError(f"resources.{kind}")


def _positive(value: object, name: str) -> Decimal | None:
    if value is None:
        return None
    if isinstance(value, Unknown):
        raise UnknownUntilApplyError(name)
    found = amount(value)
    if found < 0:
        raise NotAQuantityError(value)
    return found or None
