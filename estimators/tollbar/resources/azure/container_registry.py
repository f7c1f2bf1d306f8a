"""Container registries: days by SKU, further regions, storage beyond what is included, and builds.

Source: "Container Registry pricing". Basic includes 10 GB, Standard 100, Premium 500. Days are billed as 30 a month,
as the vendor's calculator does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Unpriced
    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_DAYS = Quantity.fixed(30)
_SECONDS_PER_HOUR = 3600
_INCLUDED_GB = {"basic": 10, "standard": 100, "premium": 500}


def container_registry(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a registry's days, those of its replications, the GB beyond what is included and the time of builds."""
    sku = resource.attributes.text("sku") or "Basic"
    path, region = f"azure/container_registry/{sku.lower()}", resource.region
    yield Component(f"Registry ({sku})", _DAYS, "days", PriceKey(f"{path}/registry_unit", region))
    yield from as_far_as_known(lambda: _replications(resource, path))
    stored = usage.quantity("storage_gb").above(_INCLUDED_GB.get(sku.lower(), 0))
    yield Component("Storage beyond what is included", stored, "GB-months", PriceKey(f"{path}/data_stored", region))
    building = usage.quantity("monthly_build_vcpu_hrs") * _SECONDS_PER_HOUR
    yield Component("Build vCPU", building, "vCPU-seconds", PriceKey(f"{path}/task_vcpu_duration", region))


def _replications(registry: Resource, path: str) -> Iterator[Component]:
    attributes = registry.attributes
    further = len(attributes.blocks("georeplications")) or len(attributes.texts("georeplication_locations"))
    if further:
        key = PriceKey(f"{path}/registry_replication_unit", registry.region)
        yield Component(f"Geo-replication ({further} more)", _DAYS * further, "days", key)


TYPES = (
    ResourceType(
        "azurerm_container_registry",
        "container",
        container_registry,
        (
            UsageKey("storage_gb", "GB of images stored", (1, 10, 100)),
            UsageKey("monthly_build_vcpu_hrs", "vCPU-hours of builds (tasks) a month", (0, 1, 100)),
        ),
    ),
)
