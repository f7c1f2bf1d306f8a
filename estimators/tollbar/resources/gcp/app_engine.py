"""App Engine: instances of the standard environment by class, machines of the flexible one.

Source: "App Engine pricing"; defaults from the ``app.yaml`` reference: class F1 (B2 with basic or manual scaling), and
for the flexible environment 1 vCPU, 0.6 GB, 10 GB of disk and two instances. The free hours are per project.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_DEFAULT_INSTANCES = 2
_DEFAULT_GIB = Decimal("0.6")
_OVERHEAD_GIB = Decimal("0.4")
"""What the runtime takes for each vCPU; it is billed with what is asked for."""
_DEFAULT_DISK_GB = 10


def standard_version(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of a version's instances, by their class."""
    attributes = resource.attributes
    scaled_otherwise = attributes.blocks("basic_scaling") or attributes.blocks("manual_scaling")
    default = "B2" if scaled_otherwise else "F1"
    instance_class = (attributes.text("instance_class", default) or default).lower()
    hours = usage.quantity("instance_hrs")
    running = attributes.block("manual_scaling").known_number("instances")
    if not hours.is_known and running is not None:
        hours = usage.hours * running
    key = PriceKey(f"gcp/app_engine/standard/{instance_class}", resource.region)
    yield Component(f"Instances ({instance_class.upper()})", hours, "hours", key)


def flexible_version(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the vCPU and memory hours and the disks of a version's machines, as few and as many as may run."""
    attributes = resource.attributes
    instances = _instances(attributes)
    yield from as_far_as_known(lambda: _machines(attributes.block("resources"), resource.region, usage, instances))


def _machines(
    resources: Attributes, region: str | None, usage: Usage, instances: Quantity
) -> Iterator[Component | Unpriced]:
    vcpus = resources.number("cpu", 1) or Decimal(1)
    memory = (resources.known_number("memory_gb") or _DEFAULT_GIB) + _OVERHEAD_GIB * vcpus
    disk = resources.known_number("disk_gb") or Decimal(_DEFAULT_DISK_GB)
    hours = usage.hours * instances
    yield Component("vCPU", hours * vcpus, "vCPU-hours", PriceKey("gcp/app_engine/flexible/vcpu", region))
    yield Component("Memory", hours * memory, "GiB-hours", PriceKey("gcp/app_engine/flexible/memory", region))
    key = PriceKey("gcp/app_engine/flexible/persistent_disk", region)
    yield Component("Persistent disk", instances * disk, "GB-months", key)


def _instances(attributes: Attributes) -> Quantity:
    manual = attributes.block("manual_scaling").known_number("instances")
    if manual is not None:
        return Quantity.fixed(manual)
    scaling = attributes.block("automatic_scaling")
    low = scaling.known_number("min_total_instances") or Decimal(_DEFAULT_INSTANCES)
    return Quantity.between(low, low, max(low, scaling.known_number("max_total_instances") or low))


TYPES = (
    ResourceType("google_app_engine_flexible_app_version", "serverless", flexible_version),
    ResourceType(
        "google_app_engine_standard_app_version",
        "serverless",
        standard_version,
        usage_keys=(UsageKey("instance_hrs", "Hours a month that all instances run together", (50, 730, 2190)),),
        size_attribute="instance_class",
    ),
)
