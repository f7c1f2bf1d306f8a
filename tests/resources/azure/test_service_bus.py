"""Service Bus namespaces."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

_NAMESPACE = "azurerm_servicebus_namespace"
EXAMPLES = (
    Example(_NAMESPACE, {"sku": "Premium", "capacity": 2, "premium_messaging_partitions": 1}, grows=("capacity",)),
    Example(
        _NAMESPACE,
        {"sku": "Standard"},
        {"monthly_messaging_operations": 20_000_000, "monthly_brokered_connections": 2_000},
    ),
    Example(_NAMESPACE, {"sku": "Basic"}, {"monthly_messaging_operations": 1_000_000}),
)


def test_the_messaging_units_of_all_partitions_are_the_capacity(cost_lines: CostLines) -> None:
    for partitions in (None, 1, 2):
        attributes = {"sku": "Premium", "capacity": 2, "premium_messaging_partitions": partitions}
        assert cost_lines(_NAMESPACE, attributes) == {"Messaging units": Decimal("1354.15")}
    assert cost_lines(_NAMESPACE, {"sku": "Premium", "premium_messaging_partitions": 4}) == {
        "Messaging units": Decimal("2708.30")
    }
    assert cost_lines(_NAMESPACE, {"sku": "Premium", "capacity": 0}) == {"Messaging units": Decimal("677.08")}


def test_standard_includes_operations_and_connections(cost_lines: CostLines) -> None:
    usage = {"monthly_messaging_operations": 113_000_000, "monthly_brokered_connections": 1_100}
    assert cost_lines(_NAMESPACE, {"sku": "Standard"}, usage) == {
        "Base charge": Decimal("9.81"),
        "Messaging operations": Decimal("76.10"),
        "Brokered connections": Decimal("3.00"),
    }


def test_basic_has_only_operations(cost_lines: CostLines) -> None:
    usage = {"monthly_messaging_operations": 1_000_000_000}
    assert cost_lines(_NAMESPACE, {"sku": "Basic"}, usage) == {"Messaging operations": Decimal("50.00")}
    assert cost_lines(_NAMESPACE, {"sku": "Basic"}) == {"Messaging operations": "usage"}
