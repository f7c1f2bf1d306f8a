"""The machines that models of one's own run on: their hours, and what is told of the model.

Sources: the clouds' instance prices, GPU clouds' price lists.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.estimate import MachineLearning
from tollbar.price import PriceKey
from tollbar.resources.machine_types import machine_types
from tollbar.spelling import nearest_or_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Cloud, Resource
    from tollbar.usage import Usage

_MACHINES: dict[Cloud, str] = {
    "aws": "aws/ec2/instance/linux/shared",
    "azure": "azure/virtual_machines/linux",
    "gcp": "gcp/compute/instance",
}


def machine_hours(resource: Resource, hours: Quantity) -> Iterator[Component | Unpriced]:
    """Yield so many hours of the machine that a resource names: a type, a GPU of a cloud, or a price of a GPU cloud."""
    attributes = resource.attributes
    listed = attributes.text("gpu_price")
    if listed is not None:
        gpus = attributes.number("gpus", 1) or Decimal(1)
        yield Component(f"GPU hours ({listed})", hours * gpus, "GPU-hours", PriceKey(f"gpu/{listed}", "global"))
        return
    cloud = _cloud(attributes)
    size = attributes.text("instance_type") or (_machine_with(attributes, cloud) if cloud else None)
    if cloud is None or size is None:
        yield Unpriced("price_not_found", _no_machine(attributes, cloud))
        return
    term = "spot" if attributes.flag("spot") else "on_demand"
    key = PriceKey(f"{_MACHINES[cloud]}/{term}/{size.lower()}", resource.region)
    yield Component(f"Machine hours ({size}, {term.replace('_', '-')})", hours, "hours", key)


def machine_learning(resource: Resource, usage: Usage) -> MachineLearning | None:
    """Return what is told of a model of one's own, None where nothing is."""
    attributes = resource.attributes
    told = MachineLearning(
        task_type=attributes.text("task_type"),
        precision=attributes.text("precision"),
        accuracy=attributes.number("accuracy"),
        previous_accuracy=attributes.number("previous_accuracy"),
        runs_per_month=usage.quantity("runs_per_month").expected if "runs_per_month" in usage.keys else None,
        drift=attributes.number("drift"),
    )
    return None if told == MachineLearning() else told


def _cloud(attributes: Attributes) -> Cloud | None:
    named = attributes.text("cloud", "aws")
    return next((cloud for cloud in _MACHINES if cloud == named), None)


def _no_machine(attributes: Attributes, cloud: Cloud | None) -> str:
    """Return why no machine is known: the GPU that no machine of the cloud has, with the nearest that one has."""
    gpu = attributes.text("gpu")
    if gpu is None or cloud is None:
        return "neither instance_type, gpu_price nor a known gpu of a cloud is told"
    known = sorted({machine.gpu for machine in machine_types(cloud).values() if machine.gpu})
    count = attributes.number("gpus", 1) or Decimal(1)
    if gpu.lower() in known:
        return f"no machine of {cloud} has {count:f} {gpu} GPUs"
    return f"no machine of {cloud} has a GPU {gpu!r}. {nearest_or_all(gpu.lower(), known)}"


def _machine_with(attributes: Attributes, cloud: Cloud) -> str | None:
    """Return the smallest machine type with the GPUs that are asked for, None where there is none."""
    gpu, count = (attributes.text("gpu") or "").lower(), attributes.number("gpus", 1) or Decimal(1)
    fitting = [
        machine for machine in machine_types(cloud).values() if gpu and machine.gpu == gpu and machine.gpus >= count
    ]
    return min(fitting, key=lambda machine: (machine.gpus, machine.vcpus, machine.name)).name if fitting else None
