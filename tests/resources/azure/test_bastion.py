"""Azure Bastion."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

BASTION = "azurerm_bastion_host"
USAGE = {"monthly_outbound_data_gb": 1100}

EXAMPLES = (
    Example(BASTION, {}, USAGE),
    Example(BASTION, {"sku": "Standard", "scale_units": 4}, USAGE, grows=("scale_units",)),
)


@pytest.mark.parametrize(
    ("sku", "name", "cost"),
    [(None, "basic", "138.70"), ("Standard", "standard", "211.70"), ("Premium", "premium", "328.50")],
)
def test_a_bastion_costs_hours_and_what_leaves(cost_lines: CostLines, sku: str | None, name: str, cost: str) -> None:
    lines = cost_lines(BASTION, {"sku": sku, "scale_units": 2}, USAGE)
    assert lines == {f"Bastion ({name})": Decimal(cost), "Outbound data transfer": Decimal("87.00")}


@pytest.mark.parametrize(("sku", "cost"), [("Standard", "204.40"), ("Premium", "321.20")])
def test_instances_beyond_two_cost_extra(cost_lines: CostLines, sku: str, cost: str) -> None:
    assert cost_lines(BASTION, {"sku": sku, "scale_units": 4})["Instances beyond 2"] == Decimal(cost)


def test_the_developer_sku_is_free(cost_lines: CostLines) -> None:
    assert cost_lines(BASTION, {"sku": "Developer"}, USAGE) == {}
