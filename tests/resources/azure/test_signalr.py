"""SignalR Service and Web PubSub."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

_STANDARD = {"sku": [{"name": "Standard_S1", "capacity": 5}]}
_USE = {"monthly_additional_messages": 1_234_567}
EXAMPLES = (
    Example("azurerm_signalr_service", _STANDARD, _USE, grows=("sku.capacity",)),
    Example("azurerm_web_pubsub", {"sku": "Standard_S1", "capacity": 1}, _USE, grows=("capacity",)),
)


def test_units_are_billed_by_the_day(cost_lines: CostLines) -> None:
    assert cost_lines("azurerm_signalr_service", _STANDARD, _USE) == {
        "Service usage (standard)": Decimal("244.85"),
        "Additional messages (standard)": Decimal("1.23"),
    }
    premium = {"sku": [{"name": "Premium_P1", "capacity": 1}]}
    assert cost_lines("azurerm_signalr_service", premium) == {
        "Service usage (premium)": Decimal("60.83"),
        "Additional messages (premium)": "usage",
    }
    assert cost_lines("azurerm_web_pubsub", {"sku": "Standard_S1"}, {"monthly_additional_messages": 0}) == {
        "Service usage (standard)": Decimal("48.97"),
        "Additional messages (standard)": Decimal("0.00"),
    }


def test_free_units_have_no_lines(cost_lines: CostLines) -> None:
    assert cost_lines("azurerm_signalr_service", {"sku": [{"name": "Free_F1", "capacity": 1}]}) == {}
    assert cost_lines("azurerm_web_pubsub", {"sku": "Free_F1"}) == {}
