"""Pods without nodes of one's own: EKS on Fargate and GKE Autopilot, which bill what a pod is given.

Sources: "Understand Fargate Pod configuration details" of EKS (256 MB are added, then the next of the combinations
on sale is taken); "Resource requests in Autopilot" of GKE (general purpose: what a container gets that requests
nothing, the least of a pod, and 1 to 6.5 GiB for a vCPU); AWS Fargate and GKE pricing.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, NamedTuple

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.kubernetes.pod import CPU, MEMORY, gpus, requested

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tollbar.resource import Attributes
    from tollbar.resources.kubernetes.cluster import NodePool

FARGATE = "fargate"

_GIB = Decimal(1024) ** 3
_STORAGE = "ephemeral-storage"


class _Step(NamedTuple):
    """A number of vCPUs that Fargate sells, with the memory it sells for it."""

    vcpus: str
    low: int
    high: int
    step: int


_FARGATE = (
    _Step("0.5", 1, 4, 1),
    _Step("1", 2, 8, 1),
    _Step("2", 4, 16, 1),
    _Step("4", 8, 30, 1),
    _Step("8", 16, 60, 4),
    _Step("16", 32, 120, 8),
)
_FARGATE_SMALLEST = (Decimal("0.5"), Decimal(1), Decimal(2))
"""The memory that a quarter of a vCPU is sold with."""
_FARGATE_SYSTEM = Decimal("0.25")
_DEFAULTS = {CPU: Decimal("0.5"), MEMORY: Decimal(2) * _GIB, _STORAGE: _GIB}
"""What a container gets in Autopilot that requests nothing."""
_LEAST_VCPUS = Decimal("0.05")
_LEAST_GIB = Decimal(52) / 1024
_MOST_GIB_PER_VCPU = Decimal("6.5")


def serverless_lines(
    pool: NodePool, pod: Attributes, pod_hours: Quantity, defaults: Mapping[str, object]
) -> Iterator[Component | Unpriced]:
    """Yield what pods are billed for that run ``pod_hours`` together in a month.

    Raises:
        NotAQuantityError, UnknownUntilApplyError: A request is none, or known only after apply.
    """
    for device in gpus(pod):
        yield Unpriced("price_not_found", f"{device}: what GPUs cost with {pool.instance_type} is not known")
    if pool.instance_type == FARGATE:
        yield from _fargate_lines(pool, pod, pod_hours, defaults)
    else:
        yield from _autopilot_lines(pool, pod, pod_hours, defaults)


def _fargate_lines(
    pool: NodePool, pod: Attributes, pod_hours: Quantity, defaults: Mapping[str, object]
) -> Iterator[Component | Unpriced]:
    vcpus = requested(pod, CPU, defaults).amount
    memory = requested(pod, MEMORY, defaults).amount / _GIB
    size = fargate_size(vcpus, memory + _FARGATE_SYSTEM if vcpus or memory else memory)
    if size is None:
        yield Unpriced("price_not_found", f"Fargate sells no pod of {vcpus.normalize():f} vCPU and {memory:.1f} GiB")
        return
    for name, unit, what, amount in (
        ("vCPU (Fargate)", "vCPU-hours", "vcpu", size[0]),
        ("Memory (Fargate)", "GB-hours", "memory", size[1]),
    ):
        key = PriceKey(f"aws/fargate/linux/x86_64/on_demand/{what}", pool.region)
        yield Component(name, pod_hours * amount, unit, key)


def fargate_size(vcpus: Decimal, gib: Decimal) -> tuple[Decimal, Decimal] | None:
    """Return the smallest vCPUs and GB on sale that hold a pod, None where none does."""
    if vcpus <= Decimal("0.25") and gib <= _FARGATE_SMALLEST[-1]:
        return Decimal("0.25"), next(memory for memory in _FARGATE_SMALLEST if gib <= memory)
    for step in _FARGATE:
        if vcpus <= Decimal(step.vcpus) and gib <= step.high:
            steps = (max(gib - step.low, Decimal(0)) / step.step).to_integral_value(ROUND_CEILING)
            return Decimal(step.vcpus), step.low + steps * step.step
    return None


def _autopilot_lines(
    pool: NodePool, pod: Attributes, pod_hours: Quantity, defaults: Mapping[str, object]
) -> Iterator[Component | Unpriced]:
    vcpus, memory, storage = (_given(pod, name, defaults) for name in (CPU, MEMORY, _STORAGE))
    gib = max(memory / _GIB, _LEAST_GIB)
    vcpus = max(vcpus, _LEAST_VCPUS, gib / _MOST_GIB_PER_VCPU)
    option = "spot/" if pool.is_spot else ""
    for name, unit, what, amount in (
        ("Autopilot vCPU", "vCPU-hours", f"{option}vcpu", vcpus),
        ("Autopilot memory", "GiB-hours", f"{option}memory", max(gib, vcpus)),
        ("Autopilot ephemeral storage", "GiB-hours", "ephemeral_storage", storage / _GIB),
    ):
        yield Component(name, pod_hours * amount, unit, PriceKey(f"gcp/gke/autopilot/{what}", pool.region))


def _given(pod: Attributes, name: str, defaults: Mapping[str, object]) -> Decimal:
    told = requested(pod, name, defaults)
    return told.amount + told.without * _DEFAULTS[name]
