"""Stores of App Configuration with their replicas."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

STORE = "azurerm_app_configuration"
USAGE = {"monthly_additional_requests": 30_000}
REPLICA = {"name": "us", "location": "West US"}

EXAMPLES = (
    Example(STORE, {"sku": "standard"}, USAGE),
    Example(STORE, {"sku": "standard", "replica": [REPLICA]}, USAGE),
)


@pytest.mark.parametrize(("sku", "replicas"), [(None, 0), ("free", 0), ("free", 3)])
def test_a_free_store_costs_nothing(cost_lines: CostLines, sku: str | None, replicas: int) -> None:
    assert cost_lines(STORE, {"sku": sku, "replica": [REPLICA] * replicas}, USAGE) == {}


@pytest.mark.parametrize(
    ("replicas", "expected"),
    [(0, {}), (1, {"Replicas": Decimal("36.00")}), (3, {"Replicas": Decimal("108.00")})],
)
def test_each_replica_costs_as_much_as_the_store(
    cost_lines: CostLines, replicas: int, expected: dict[str, Decimal]
) -> None:
    assert cost_lines(STORE, {"sku": "standard", "replica": [REPLICA] * replicas}, USAGE) == {
        "Store": Decimal("36.00"),
        **expected,
        "Requests beyond 200,000 a day": Decimal("0.18"),
    }
