"""The section ``kubernetes`` of ``tollbar.yml``: where the cluster runs, and what its nodes cost.

Shape::

    kubernetes:
      cloud: aws                  # aws, gcp, azure or onprem
      region: eu-west-1
      allocation: bin_pack        # by_request where nothing is said
      node_pools:                 # a pod belongs to the first pool that takes it
        - {name: general, instance_type: m6i.large, min: 2, max: 10}
        - {name: gpu, instance_type: g5.xlarge, spot: true, taints: ["nvidia.com/gpu:NoSchedule"]}
        - {name: serverless, instance_type: fargate}   # or autopilot: no nodes, pods are billed by themselves
        - {name: metal, vcpus: 32, memory_gib: 128, hourly_price: 0.80}
      rates: {cpu_hour: 0.02, gib_hour: 0.003, gpu_hour: 0.9, storage_gib_month: 0.05, as_of: 2026-11-01}
      storage_classes: {fast: gp3}
      opencost: allocation.json   # an export of the allocation API, beside this file
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator

from tollbar.yaml_model import Section

ClusterCloud = Literal["aws", "gcp", "azure", "onprem"]
Allocation = Literal["by_request", "bin_pack"]

RATES = {
    "cpu_hour": ("cpu", "vCPU-hours"),
    "gib_hour": ("ram", "GiB-hours"),
    "gpu_hour": ("gpu", "GPU-hours"),
    "storage_gib_month": ("storage", "GiB-months"),
}
"""The rates by what they are the price of, and by its unit."""

SERVERLESS = {"fargate": "aws", "autopilot": "gcp"}
"""Instance types that are no machines: their pods are billed by themselves. By the cloud that has them."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TAINT = re.compile(r"[^=:]+(?:=[^=:]*)?:(?:NoSchedule|PreferNoSchedule|NoExecute)")


def _iso_date(value: object) -> object:
    if isinstance(value, str) and _DAY.fullmatch(value):
        return date.fromisoformat(value)
    raise ValueError(f"{value!r} is not a date; write it as 2026-11-01")


def _not_a_switch(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("expected a number")  # noqa: TRY004 -- pydantic tells ValueErrors with their place
    return value


Number = Annotated[Decimal, BeforeValidator(_not_a_switch), Field(ge=0, le=10**9)]
Positive = Annotated[Decimal, BeforeValidator(_not_a_switch), Field(gt=0, le=10**6)]
Count = Annotated[int, BeforeValidator(_not_a_switch), Field(ge=0, le=100_000)]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$", max_length=63)]


class Gpus(Section):
    """GPUs of each node: those attached to a Google Cloud machine, or those of machines of one's own."""

    type: str = ""
    count: Annotated[int, BeforeValidator(_not_a_switch), Field(gt=0, le=64)]


class NodePool(Section):
    """Equal nodes. They are a cloud's instance type, or machines of one's own by vCPUs, memory and hourly price.

    ``vcpus`` and ``memory_gib`` are what a node has; what of it is reserved for the system is worked out as the
    cloud does, unless ``reserved_vcpus`` and ``reserved_gib`` say. ``nodes`` is how many run as a rule.
    """

    name: Name
    instance_type: str | None = Field(default=None, min_length=1)
    os: Literal["linux", "windows"] = "linux"
    spot: bool = False
    min: Count | None = None
    max: Count | None = None
    nodes: Count | None = None
    labels: dict[str, str] = Field(default_factory=dict)
    taints: tuple[str, ...] = ()
    max_pods: Annotated[int, BeforeValidator(_not_a_switch), Field(gt=0, le=1000)] = 110
    vcpus: Positive | None = None
    memory_gib: Positive | None = None
    gpus: Gpus | None = None
    reserved_vcpus: Number | None = None
    reserved_gib: Number | None = None
    hourly_price: Number | None = None

    @field_validator("labels", mode="before")
    @classmethod
    def _labels_as_text(cls, labels: object) -> object:
        if not isinstance(labels, dict):
            return labels
        return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in labels.items()}

    @field_validator("taints")
    @classmethod
    def _are_taints(cls, taints: tuple[str, ...]) -> tuple[str, ...]:
        for taint in taints:
            if not _TAINT.fullmatch(taint):
                raise ValueError(f"{taint!r} is no taint; write it as key=value:NoSchedule")
        return taints

    @model_validator(mode="after")
    def _is_a_machine(self) -> Self:
        own = (self.vcpus, self.memory_gib, self.hourly_price)
        if self.instance_type is None and None in own:
            raise ValueError("expected instance_type, or vcpus, memory_gib and hourly_price of a machine of your own")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"min {self.min} is more than max {self.max}")
        if self.nodes is not None and not (self.min or 0) <= self.nodes <= (self.max or self.nodes):
            raise ValueError(f"nodes {self.nodes} is not between min and max")
        return self


class Rates(Section):
    """What the cluster costs by what is requested of it, in USD."""

    cpu_hour: Number | None = None
    gib_hour: Number | None = None
    gpu_hour: Number | None = None
    storage_gib_month: Number | None = None
    as_of: Annotated[date, BeforeValidator(_iso_date)] | None = None


class KubernetesConfig(Section):
    """The cluster that manifests are meant for. With nothing set, OpenCost's default rates hold."""

    cloud: ClusterCloud | None = None
    region: str | None = Field(default=None, min_length=1)
    allocation: Allocation = "by_request"
    node_pools: tuple[NodePool, ...] = ()
    rates: Rates = Rates()
    storage_classes: dict[str, str] = Field(default_factory=dict)
    opencost: str | None = Field(default=None, min_length=1)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        names = [pool.name for pool in self.node_pools]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise ValueError(f"two node pools are called {twice!r}")
        if self.allocation == "bin_pack" and not self.node_pools:
            raise ValueError("allocation: bin_pack needs node_pools, the nodes to pack pods on")
        for pool in self.node_pools:
            if (where := SERVERLESS.get(pool.instance_type or "")) not in {None, self.cloud}:
                raise ValueError(f"node pool {pool.name!r}: {pool.instance_type} needs cloud: {where}")
        listed = [pool for pool in self.node_pools if pool.hourly_price is None]
        if listed and self.cloud in {None, "onprem"}:
            raise ValueError(f"node pool {listed[0].name!r} needs an hourly_price, or cloud: aws, gcp or azure")
        if listed and self.region is None:
            raise ValueError("region is missing: instance types are priced by region")
        return self

    def as_attributes(self, told_rates: frozenset[str], *, are_prices_told: bool) -> dict[str, Any]:
        """Return what every resource carries as ``cluster``; ``told_rates`` names the rates of one's own."""
        return {
            "cloud": self.cloud,
            "region": self.region,
            "allocation": self.allocation,
            "told_rates": sorted(told_rates),
            "are_prices_told": are_prices_told,
            "storage_classes": self.storage_classes,
            "node_pools": [pool.model_dump(exclude_none=True) for pool in self.node_pools],
        }
