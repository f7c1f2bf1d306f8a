"""What pods cost: by what they request at rates per hour, or as their share of the nodes they run on.

A node's price is shared out as OpenCost does: between vCPUs and memory in the proportion of its default prices.
What pods can take of a node is shared out, not what the node has: a full node costs what it costs. Where pods are
packed on nodes, what is left is shown; where they are not, a pod with GPUs takes as much of its node as the largest
of its requests does, since what it leaves is of little use to others.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from tollbar.component import Component, Quantity, Unpriced, only_after_apply
from tollbar.inputs.kubernetes.amount import EXPECTED, NotAQuantityError
from tollbar.resource import UnknownUntilApplyError
from tollbar.resources.kubernetes.cluster import Size, cluster_of
from tollbar.resources.kubernetes.node_labels import takes, wants_spot
from tollbar.resources.kubernetes.node_price import node_lines
from tollbar.resources.kubernetes.pod import (
    CPU,
    MEMORY,
    Requested,
    gpus,
    has_containers,
    limit_range_defaults,
    other_accelerators,
    requested,
)
from tollbar.resources.kubernetes.workload_types import (
    GIB_HOURS,
    GIB_WITHOUT_REQUEST,
    VCPU_HOURS,
    VCPUS_WITHOUT_REQUEST,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.resources.kubernetes.cluster import NodePool
    from tollbar.usage import Usage, UsageKey

_WEIGHTS = {"cpu": Decimal("0.031611"), "ram": Decimal("0.004237"), "gpu": Decimal("0.95")}
"""OpenCost's default prices of a core, GiB and GPU an hour (configs/default.json): how a node is shared out."""
_BYTES_PER_GIB = Decimal(1024) ** 3


class Taken(NamedTuple):
    """What the pods of a workload take of one thing in a month, in hours of its unit."""

    name: str
    what: str
    unit: str
    hours: Quantity


class _Measure(NamedTuple):
    """CPU or memory: how it is called, and the usage keys that tell what was not requested."""

    resource: str
    what: str
    unit: str
    name: str
    each: UsageKey
    all_pods: UsageKey
    per_unit: Decimal


_MEASURES = (
    _Measure(CPU, "cpu", "vCPU-hours", "CPU", VCPUS_WITHOUT_REQUEST, VCPU_HOURS, Decimal(1)),
    _Measure(MEMORY, "ram", "GiB-hours", "Memory", GIB_WITHOUT_REQUEST, GIB_HOURS, _BYTES_PER_GIB),
)


class Pod:
    """The pods of a workload, all alike."""

    def __init__(self, resource: Resource, spec: Attributes, usage: Usage, inventory: Inventory) -> None:
        self.spec = spec
        self.usage = usage
        declared = resource.attributes.get("cluster")
        self.cluster = inventory.once(("cluster", id(declared), resource.region), lambda: cluster_of(resource))
        self._defaults = limit_range_defaults(resource, inventory)
        self._requested: dict[str, Requested] = {}

    def taken(self, pod_hours: Quantity) -> Iterator[Taken | Unpriced]:
        """Yield what the pods take together in so many hours; what cannot be told ends one thing, not all."""
        for measure in _MEASURES:
            yield from _readable(partial(self._taken_of, measure, pod_hours))
        yield from _readable(lambda: self._gpus_taken(pod_hours))

    def size(self) -> Size:
        """Return what one pod requests of a node, which is all that the scheduler looks at.

        Raises:
            NotAQuantityError, UnknownUntilApplyError: A request is none, or known only after apply.
        """
        vcpus, gib = (self._told(measure).amount / measure.per_unit for measure in _MEASURES)
        return Size(vcpus, gib, sum(self.gpus.values(), Decimal(0)))

    @cached_property
    def gpus(self) -> dict[str, Decimal]:
        """The GPUs that a pod requests, by the name of the device."""
        return gpus(self.spec)

    @cached_property
    def accelerators(self) -> list[str]:
        """The other accelerators that it requests."""
        return other_accelerators(self.spec)

    def pools(self) -> Iterator[NodePool]:
        """Yield the pools whose nodes take the pods, in order.

        Raises:
            NotAQuantityError, UnknownUntilApplyError: What it requests or selects cannot be told.
        """
        size = self.size()
        devices = (*self.gpus, *self.accelerators)
        for pool in self.cluster.pools:
            room = pool.allocatable
            fits = pool.is_serverless or room is None or all(own <= most for own, most in zip(size, room, strict=True))
            if fits and takes(pool, self.spec, devices):
                yield pool

    def readable_pools(self) -> list[NodePool] | Unpriced:
        """Return the pools whose nodes take the pods, one at least, or why there is none."""
        try:
            found = list(self.pools())
        except NotAQuantityError as wrong:
            return Unpriced("price_not_found", f"{wrong}. {EXPECTED}")
        except UnknownUntilApplyError as unknown:
            return only_after_apply(unknown.attribute)
        return found or Unpriced("price_not_found", f"no node pool takes its pods: {_wanted(self)}")

    def given(self, pool: NodePool, pod_hours: Quantity) -> Iterator[Component | Unpriced]:
        """Yield what pods are billed for that run without nodes."""
        from tollbar.resources.kubernetes.serverless import serverless_lines  # noqa: PLC0415 -- few have such pools

        try:
            yield from serverless_lines(pool, self.spec, pod_hours, self._defaults)
        except NotAQuantityError as wrong:
            yield Unpriced("price_not_found", f"{wrong}. {EXPECTED}")
        except UnknownUntilApplyError as unknown:
            yield only_after_apply(unknown.attribute)

    def _told(self, measure: _Measure) -> Requested:
        """Return what is requested of CPU or memory."""
        if measure.resource not in self._requested:
            self._requested[measure.resource] = requested(self.spec, measure.resource, self._defaults)
        return self._requested[measure.resource]

    def _taken_of(self, measure: _Measure, pod_hours: Quantity) -> Iterator[Taken]:
        told = self._told(measure)
        amount = told.amount / measure.per_unit
        if amount:
            yield Taken(f"{measure.name} requests", measure.what, measure.unit, pod_hours * amount)
        if not told.without:
            return
        if self.usage.is_told(measure.all_pods.name):
            hours = self.usage.quantity(measure.all_pods.name).above((pod_hours * amount).expected or 0)
        else:
            hours = self.usage.quantity(measure.each.name) * told.without * pod_hours
        yield Taken(f"{measure.name} of containers without a request", measure.what, measure.unit, hours)

    def _gpus_taken(self, pod_hours: Quantity) -> Iterator[Taken | Unpriced]:
        for name, count in self.gpus.items():
            yield Taken(f"GPU requests, {name}", "gpu", "GPU-hours", pod_hours * count)
        for name in self.accelerators:
            yield Unpriced("price_not_found", f"{name}: accelerators other than GPUs have no rate")
        for claim in self.spec.blocks("resourceClaims"):
            name = claim.text("name", "") or "?"
            yield Unpriced("price_not_found", f"resourceClaims {name}: devices that are claimed have no rate")


def pod_lines(
    resource: Resource, spec: Attributes, pod_hours: Quantity, usage: Usage, inventory: Inventory
) -> Iterator[Component | Unpriced]:
    """Yield what the pods of a workload cost that run ``pod_hours`` together in a month."""
    if not has_containers(spec):
        yield Unpriced("unknown_until_apply", "the pods' containers are not told")
        return
    pod = Pod(resource, spec, usage, inventory)
    if not pod.cluster.pools:
        yield from rate_lines(pod, pod_hours)
        return
    pools = pod.readable_pools()
    if isinstance(pools, Unpriced):
        yield pools
    else:
        yield from share_lines(pod, pools[0], pod_hours)


def rate_lines(pod: Pod, pod_hours: Quantity) -> Iterator[Component | Unpriced]:
    """Yield what pods take at the cluster's rates."""
    spot = wants_spot(pod.spec)
    for taken in pod.taken(pod_hours):
        if isinstance(taken, Unpriced):
            yield taken
            continue
        quantity = pod.cluster.at_rate(taken.hours, taken.what)
        yield Component(taken.name, quantity, taken.unit, pod.cluster.rate(taken.what, spot=spot))


def share_lines(
    pod: Pod, pool: NodePool, pod_hours: Quantity, part: str | None = None
) -> Iterator[Component | Unpriced]:
    """Yield what pods take of a pool's nodes, at the price of the nodes; or, without nodes, what they are given."""
    if pool.is_serverless:
        yield from pod.given(pool, pod_hours)
        return
    for share in shares(pod, pool, pod_hours):
        if isinstance(share, Unpriced):
            yield share
        else:
            name, node_hours = share
            yield from node_lines(pool, node_hours, pod.usage.hours_per_month, name, part)


def shares(pod: Pod, pool: NodePool, pod_hours: Quantity) -> Iterator[tuple[str, Quantity] | Unpriced]:
    """Yield what pods take of a pool's nodes, as hours of a whole node by what they take it with."""
    room = pool.allocatable
    if room is None:
        detail = "leaves no room for pods" if pool.capacity else "is not known; give vcpus and memory_gib of its nodes"
        yield Unpriced("price_not_found", f"node pool {pool.name}: {pool.instance_type or 'its machine'} {detail}")
        return
    found = list(pod.taken(pod_hours))
    yield from (entry for entry in found if isinstance(entry, Unpriced))
    taken = [entry for entry in found if isinstance(entry, Taken)]
    whole = {"cpu": room.vcpus, "ram": room.gib, "gpu": room.gpus}
    if not pod.cluster.packs and any(entry.what == "gpu" for entry in taken):
        name = next(entry.name for entry in taken if entry.what == "gpu")
        yield name, Quantity.largest([_of_a_node(taken, what, most) for what, most in whole.items() if most])
        return
    weight = sum((most * _WEIGHTS[what] for what, most in whole.items()), Decimal(0))
    for entry in taken:
        yield entry.name, entry.hours * _WEIGHTS[entry.what] / weight


def _of_a_node(taken: Iterable[Taken], what: str, most: Decimal) -> Quantity:
    hours = (entry.hours for entry in taken if entry.what == what)
    return sum(hours, Quantity.fixed(0)) / most


def _wanted(pod: Pod) -> str:
    """Return what a pod asks of a node."""
    size = pod.size()
    wanted = [f"{size.vcpus.normalize():f} vCPU", f"{round(size.gib, 2).normalize():f} GiB"]
    wanted += [f"{round(count, 2).normalize():f} x {name}" for name, count in pod.gpus.items()]
    selector: Mapping[str, object] = pod.spec.block("nodeSelector").values
    wanted += [f"{name}={value}" for name, value in selector.items()]
    return ", ".join(wanted)


def _readable(lines: Callable[[], Iterator[Taken | Unpriced]]) -> Iterator[Taken | Unpriced]:
    """Yield what is taken of one thing; a request that is no quantity, or is known only after apply, ends it."""
    try:
        yield from lines()
    except NotAQuantityError as wrong:
        yield Unpriced("price_not_found", f"{wrong}. {EXPECTED}")
    except UnknownUntilApplyError as unknown:
        yield only_after_apply(unknown.attribute)
