"""Integration service environments by edition and scale."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

ENVIRONMENT = "azurerm_integration_service_environment"

EXAMPLES = (Example(ENVIRONMENT, {"sku_name": "Premium_3"}), Example(ENVIRONMENT, {"sku_name": "Developer_0"}))


@pytest.mark.parametrize(
    ("sku", "expected"),
    [
        ("Premium_3", {"Base unit (premium)": "4847.20", "Scale units": "7270.80"}),
        ("Premium_0", {"Base unit (premium)": "4847.20"}),
        ("Developer_0", {"Base unit (developer)": "749.71"}),
        (None, {"Base unit (developer)": "749.71"}),
    ],
)
def test_units_cost_by_edition(cost_lines: CostLines, sku: str | None, expected: dict[str, str]) -> None:
    lines = cost_lines(ENVIRONMENT, {"sku_name": sku})
    assert lines == {name: Decimal(cost) for name, cost in expected.items()}
