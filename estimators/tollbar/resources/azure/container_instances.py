"""Container Instances: the vCPUs and the memory of a container group while it runs.

Source: "Container Instances pricing". A group is billed for what its containers ask for, from the start to the end of
the group; Windows costs a licence for each vCPU. Spot and confidential groups have prices of their own, and so have
groups with GPUs.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Quantity, Unpriced
    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_PATH = "azure/container_instances"
_SECONDS_PER_HOUR = 3600


def container_group(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the vCPU-hours and the GB-hours of a group's containers, its GPUs and the licence of Windows."""
    told = usage.quantity("monthly_hours")
    hours = told if told.is_known else usage.hours
    containers = resource.attributes.blocks("container")
    gpus = [gpu for container in containers for gpu in container.blocks("gpu")]
    if gpus:
        yield from as_far_as_known(lambda: _with_gpus(containers, gpus, hours, resource.region), "container")
        return
    path = f"{_PATH}/{_meter(resource.attributes)}"
    for name, attribute, unit, meter in (
        ("vCPUs", "cpu", "vCPU-hours", "vcpu_duration"),
        ("Memory", "memory", "GB-hours", "memory_duration"),
    ):
        amount = _sum(containers, attribute)
        yield Component(name, hours * amount, unit, PriceKey(f"{path}/{meter}", resource.region))
    if (resource.attributes.text("os_type") or "").lower() == "windows":
        seconds = hours * _sum(containers, "cpu") * _SECONDS_PER_HOUR
        key = PriceKey(f"{_PATH}/standard/windows_software_duration", resource.region)
        yield Component("Windows licence", seconds, "seconds", key)


def _meter(group: Attributes) -> str:
    """Return the product that a group is billed as; Linux groups of the Standard SKU are the usual ones."""
    sku = (group.text("sku", "Standard") or "Standard").lower()
    if sku == "confidential":
        return "confidential_containers_aci"
    if sku != "standard":
        return sku
    return "standard_spot" if (group.text("priority", "Regular") or "").lower() == "spot" else "linux"


def _sum(containers: tuple[Attributes, ...], attribute: str) -> Decimal:
    return sum((container.number(attribute, 0) or Decimal(0) for container in containers), Decimal(0))


def _with_gpus(
    containers: tuple[Attributes, ...], gpus: list[Attributes], hours: Quantity, region: str | None
) -> Iterator[Component]:
    """Yield the lines of a group with GPUs, which all are of one kind and are billed by the second."""
    path = f"{_PATH}/with_gpu/{(gpus[0].text('sku') or '').lower()}"
    seconds = hours * _SECONDS_PER_HOUR
    for name, amount, unit, meter in (
        ("GPUs", _sum(tuple(gpus), "count"), "seconds", "vgpu_duration"),
        ("vCPUs", _sum(containers, "cpu"), "vCPU-seconds", "vcpu_duration"),
        ("Memory", _sum(containers, "memory"), "GB-seconds", "memory_duration"),
    ):
        yield Component(name, seconds * amount, unit, PriceKey(f"{path}/{meter}", region))


TYPES = (
    ResourceType(
        "azurerm_container_group",
        "container",
        container_group,
        (UsageKey("monthly_hours", "Hours a month that the group runs: all of them unless told"),),
    ),
)
