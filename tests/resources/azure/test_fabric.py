"""Capacities of Microsoft Fabric."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

CAPACITY = "azurerm_fabric_capacity"
EXAMPLES = (Example(CAPACITY, {"sku": [{"name": "F64", "tier": "Fabric"}]}),)


@pytest.mark.parametrize(("size", "cost"), [("F2", "262.80"), ("F64", "8409.60"), ("F2048", "269107.20")])
def test_a_capacity_costs_the_units_that_its_sku_names(cost_lines: CostLines, size: str, cost: str) -> None:
    assert cost_lines(CAPACITY, {"sku": [{"name": size}]}) == {f"Capacity units ({size})": Decimal(cost)}


def test_another_size_is_unpriced(cost_lines: CostLines) -> None:
    assert list(cost_lines(CAPACITY, {"sku": [{"name": "P1"}]})) == ["price_not_found"]
