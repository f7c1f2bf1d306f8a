"""IoT hubs."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (
    Example("azurerm_iothub", {"sku": [{"name": "S2", "capacity": 3}]}, grows=("sku.capacity",)),
    Example("azurerm_iothub_dps", {}, {"monthly_operations": 10_000}),
)


def test_units_are_billed_by_the_month(cost_lines: CostLines) -> None:
    assert cost_lines("azurerm_iothub", {"sku": [{"name": "S1", "capacity": 4}]}) == {"IoT Hub (S1)": Decimal("100.00")}
    assert cost_lines("azurerm_iothub", {"sku": [{"name": "F1", "capacity": 1}]}) == {}


def test_registrations_of_devices_are_billed(cost_lines: CostLines) -> None:
    lines = cost_lines("azurerm_iothub_dps", {}, {"monthly_operations": 10_000})
    assert lines == {"Device provisioning": Decimal("1.00")}
