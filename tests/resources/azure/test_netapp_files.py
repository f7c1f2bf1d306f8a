"""Capacity pools of Azure NetApp Files."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

POOL = "azurerm_netapp_pool"

EXAMPLES = (Example(POOL, {"service_level": "Premium", "size_in_tb": 4}, grows=("size_in_tb",)),)


@pytest.mark.parametrize(("level", "cost"), [("Standard", "604.00"), ("Premium", "1205.00"), ("Ultra", "1608.66")])
def test_a_pool_costs_its_provisioned_size(cost_lines: CostLines, level: str, cost: str) -> None:
    lines = cost_lines(POOL, {"service_level": level, "size_in_tb": 4})
    assert lines == {f"Capacity ({level.lower()})": Decimal(cost)}
    assert list(cost_lines(POOL, {"service_level": level})) == ["unknown_until_apply"]
