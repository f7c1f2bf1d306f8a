"""IoT Hub and its Device Provisioning Service. Source: "IoT Hub pricing"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage


def iot_hub(resource: Resource, _usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the months of the hub's units, whatever messages they take."""
    sku = resource.attributes.block("sku")
    edition = (sku.text("name") or "").lower()
    if edition == "f1":
        return
    units = Quantity.fixed(sku.number("capacity") or 1)
    key = PriceKey(f"azure/iot_hub/{edition}/unit", resource.region)
    yield Component(f"IoT Hub ({edition.upper()})", units, "months", key)


def device_provisioning(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the registrations of devices."""
    key = PriceKey("azure/iot_hub/device_provisioning/operations", resource.region)
    yield Component("Device provisioning", usage.quantity("monthly_operations"), "operations", key)


TYPES = (
    ResourceType("azurerm_iothub", "messaging", iot_hub),
    ResourceType(
        "azurerm_iothub_dps",
        "messaging",
        device_provisioning,
        usage_keys=(UsageKey("monthly_operations", "Registrations of devices a month", (100, 1_000, 100_000)),),
    ),
)
