"""Integration service environments of Logic Apps: the hours of the base unit and of each scale unit.

Source: "Logic Apps pricing". The SKU's name tells the edition and the scale units; the Developer edition has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_PATH = "azure/logic_apps/integration_service_environment"


def environment(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of an environment's base unit and of its scale units; the provider's default is Developer_0."""
    edition, _, units = (resource.attributes.text("sku_name", "Developer_0") or "").lower().partition("_")
    path = f"{_PATH}_developer" if edition == "developer" else _PATH
    yield Component(f"Base unit ({edition})", usage.hours, "hours", PriceKey(f"{path}/base/unit", resource.region))
    if units.isdigit() and int(units) > 0:
        key = PriceKey(f"{path}/scale/unit", resource.region)
        yield Component("Scale units", usage.hours * int(units), "hours", key)


TYPES = (ResourceType("azurerm_integration_service_environment", "other", environment, (), "sku_name"),)
