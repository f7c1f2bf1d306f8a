"""Notification Hubs namespaces."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

_NAMESPACE = "azurerm_notification_hub_namespace"
EXAMPLES = (
    Example(_NAMESPACE, {"sku_name": "Standard"}, {"monthly_pushes": 90_000_000}),
    Example(_NAMESPACE, {"sku_name": "Basic"}, {"monthly_pushes": 20_000_000}),
    Example(_NAMESPACE, {"sku_name": "Free"}),
)


def test_ten_million_pushes_are_included(cost_lines: CostLines) -> None:
    assert cost_lines(_NAMESPACE, {"sku_name": "Basic"}, {"monthly_pushes": 20_000_000}) == {
        "Namespace usage (basic)": Decimal("10.00"),
        "Pushes": Decimal("10.00"),
    }
    assert cost_lines(_NAMESPACE, {"sku_name": "Standard"}, {"monthly_pushes": 130_000_000}) == {
        "Namespace usage (standard)": Decimal("200.00"),
        "Pushes": Decimal("975.00"),
    }


def test_free_namespaces_have_no_lines(cost_lines: CostLines) -> None:
    assert cost_lines(_NAMESPACE, {"sku_name": "Free"}, {"monthly_pushes": 100}) == {}
