"""The cluster that a resource is meant for: its rates and node pools, as ``tollbar.yml`` says."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tollbar.component import Quantity, least_certain
from tollbar.inputs.kubernetes.settings import SERVERLESS
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from tollbar.resource import Attributes, Cloud, Resource

OWN_RATES = "custom/kubernetes"
"""What the paths of rates and node prices begin with that the user told."""

_EVERYWHERE = "global"
_MIB = Decimal(1) / 1024
_MIB_OF_EVICTION = 100
_SHARED_CORES = frozenset({"e2-micro", "e2-small", "e2-medium"})


class Size(NamedTuple):
    """Something by its vCPUs, GiB of memory and GPUs: a node, or what a pod requests."""

    vcpus: Decimal
    gib: Decimal
    gpus: Decimal = Decimal(0)


@dataclass(frozen=True)
class NodePool:
    """Equal nodes of a cluster; ``declared`` is the pool as it stands in ``tollbar.yml``."""

    declared: Attributes
    cloud: str | None
    region: str | None

    @cached_property
    def name(self) -> str:
        """Its name."""
        return self.declared.text("name", "") or ""

    @cached_property
    def instance_type(self) -> str:
        """Its instance type, "" of machines of one's own."""
        return self.declared.text("instance_type", "") or ""

    @cached_property
    def is_serverless(self) -> bool:
        """Whether its pods are billed by themselves, without nodes: Fargate and Autopilot."""
        return self.instance_type in SERVERLESS

    @cached_property
    def is_spot(self) -> bool:
        """Whether its nodes may be taken away, for which they cost less."""
        return self.declared.flag("spot")

    @cached_property
    def labels(self) -> dict[str, str]:
        """The labels that its nodes carry, those that a cloud sets by itself among them."""
        from tollbar.resources.kubernetes.node_labels import labels_of  # noqa: PLC0415 -- only where pods are placed

        return labels_of(self)

    @cached_property
    def capacity(self) -> Size | None:
        """What a node has, None where the machine type is not known."""
        vcpus, gib = self.declared.number("vcpus"), self.declared.number("memory_gib")
        known = self._machine_type()
        if known is not None:
            vcpus, gib = vcpus or known.vcpus, gib or known.gib
        gpus = self.declared.block("gpus").number("count") or (known.gpus if known else Decimal(0))
        return None if vcpus is None or gib is None else Size(vcpus, gib, gpus)

    @cached_property
    def allocatable(self) -> Size | None:
        """What of a node pods can take: its capacity less what is reserved for the system."""
        if self.capacity is None:
            return None
        vcpus, gib = self.declared.number("reserved_vcpus"), self.declared.number("reserved_gib")
        reserved = self._reserved(self.capacity)
        vcpus, gib = (vcpus if vcpus is not None else reserved.vcpus), (gib if gib is not None else reserved.gib)
        left = Size(self.capacity.vcpus - vcpus, self.capacity.gib - gib, self.capacity.gpus)
        return left if left.vcpus > 0 and left.gib > 0 else None

    @cached_property
    def nodes(self) -> Quantity | None:
        """How many nodes there are where that is told: a range where they are scaled by themselves."""
        low, most, usual = (self.declared.number(name) for name in ("min", "max", "nodes"))
        if low is None and usual is None:
            return None
        expected = usual if usual is not None else low or Decimal(0)
        return Quantity.between(
            low if low is not None else expected, expected, max(most if most is not None else expected, expected)
        )

    def _machine_type(self) -> Size | None:
        if not self.instance_type or self.cloud not in {"aws", "gcp", "azure"}:
            return None
        from tollbar.resources.machine_types import machine_type  # noqa: PLC0415 -- reads a table

        cloud: Cloud = self.cloud  # type: ignore[assignment]  # one of the three, as just checked
        known = machine_type(cloud, self.instance_type)
        if known is not None:
            return Size(known.vcpus, known.memory_gib, known.gpus)
        if cloud != "gcp":
            return None
        from tollbar.resources.gcp.machine import custom_type  # noqa: PLC0415 -- only for Google's custom types

        custom = custom_type(self.instance_type.lower())
        return None if custom is None else Size(custom.vcpus, custom.memory + custom.extended_memory)

    def _reserved(self, capacity: Size) -> Size:
        """Return what is reserved for the system and kept free for evictions.

        Sources: "Plan GKE Standard node sizes"; amazon-eks-ami (CPU as GKE, 255 MiB and 11 MiB for each pod);
        "Resource reservations" of AKS (since 1.29: 50 MB and 20 MB for each pod, a quarter at most).
        """
        eviction = _MIB_OF_EVICTION * _MIB
        pods = self.declared.number("max_pods", 110) or Decimal(110)
        if self.cloud == "aws":
            return Size(_cpu_of_gke(capacity.vcpus), (255 + 11 * pods) * _MIB + eviction)
        if self.cloud == "gcp":
            shared = self.instance_type.lower() in _SHARED_CORES
            vcpus = min(Decimal("1.06"), capacity.vcpus / 2) if shared else _cpu_of_gke(capacity.vcpus)
            return Size(vcpus, _memory_of_gke(capacity.gib) + eviction)
        if self.cloud == "azure":
            megabytes = (20 * pods + 50) * 10**6 / Decimal(1024) ** 3
            return Size(_cpu_of_aks(capacity.vcpus), min(megabytes, capacity.gib / 4) + eviction)
        return Size(Decimal(0), eviction)


@dataclass(frozen=True)
class Cluster:
    """A cluster; ``declared`` is the attribute ``cluster`` of what runs in it."""

    declared: Attributes
    region: str | None

    @cached_property
    def cloud(self) -> str | None:
        """The cloud it runs in, ``onprem``, or None where nobody told."""
        return self.declared.text("cloud", "") or None

    @cached_property
    def pools(self) -> tuple[NodePool, ...]:
        """Its node pools in the order in which pods are given to them."""
        return tuple(NodePool(pool, self.cloud, self.region) for pool in self.declared.blocks("node_pools"))

    @property
    def packs(self) -> bool:
        """Whether pods are packed on nodes, instead of paying for what they request alone."""
        return self.declared.text("allocation", "") == "bin_pack"

    @property
    def storage_classes(self) -> Attributes:
        """The disk types of storage classes, as told."""
        return self.declared.block("storage_classes")

    def has_own_rate(self, what: str) -> bool:
        """Whether the user told what an hour of it costs."""
        return what in self.declared.texts("told_rates")

    def rate(self, what: str, *, spot: bool = False) -> PriceKey:
        """Return the price of a core, GiB or GPU: the user's own, else OpenCost's default for the cloud."""
        if self.has_own_rate(what):
            return PriceKey(f"{OWN_RATES}/{what}", self.region or _EVERYWHERE)
        option = f"spot/{what}" if spot and what in {"cpu", "ram"} else what
        return PriceKey(f"kubernetes/{self.cloud or 'onprem'}/{option}", self.region or _EVERYWHERE)

    def at_rate(self, quantity: Quantity, what: str) -> Quantity:
        """Return a quantity; assumed where the rate is nobody's: OpenCost's defaults are no offer of a vendor."""
        if self.has_own_rate(what) or self.declared.flag("are_prices_told") or not quantity.is_known:
            return quantity
        basis = least_certain((quantity.basis, "assumed"))
        return Quantity(quantity.low, quantity.expected, quantity.high, basis, quantity.keys)


def cluster_of(resource: Resource) -> Cluster:
    """Return the cluster that a resource is meant for."""
    return Cluster(resource.attributes.block("cluster"), resource.region)


def _in_steps(size: Decimal, steps: tuple[tuple[str, str], ...], beyond: str) -> Decimal:
    """Return the sum of shares of a size: of its first part, of the next one, and of what is beyond them."""
    total = Decimal(0)
    for width, share in steps:
        part = min(size, Decimal(width))
        total += part * Decimal(share)
        size -= part
    return total + size * Decimal(beyond)


def _cpu_of_gke(vcpus: Decimal) -> Decimal:
    return _in_steps(vcpus, (("1", "0.06"), ("1", "0.01"), ("2", "0.005")), "0.0025")


def _memory_of_gke(gib: Decimal) -> Decimal:
    if gib < 1:
        return 255 * _MIB
    return _in_steps(gib, (("4", "0.25"), ("4", "0.2"), ("8", "0.1"), ("112", "0.06")), "0.02")


def _cpu_of_aks(vcpus: Decimal) -> Decimal:
    return _in_steps(vcpus, (("1", "0.06"), ("1", "0.04"), ("2", "0.02")), "0.01")
