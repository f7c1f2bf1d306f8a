"""Event Grid topics."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = tuple(
    Example(name, {}, {"monthly_operations": 820_000})
    for name in ("azurerm_eventgrid_topic", "azurerm_eventgrid_system_topic", "azurerm_eventgrid_domain")
)


def test_operations_are_billed(cost_lines: CostLines) -> None:
    lines = cost_lines("azurerm_eventgrid_topic", {}, {"monthly_operations": 10_000_000}, region="westeurope")
    assert lines == {"Operations": Decimal("6.00")}
    assert cost_lines("azurerm_eventgrid_system_topic", {}) == {"Operations": "usage"}
