"""Power BI Embedded capacities."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (Example("azurerm_powerbi_embedded", {"sku_name": "A1"}),)


def test_a_capacity_is_billed_by_the_hour(cost_lines: CostLines) -> None:
    assert cost_lines("azurerm_powerbi_embedded", {"sku_name": "A1"}) == {"Node usage (A1)": Decimal("735.91")}
    lines = cost_lines("azurerm_powerbi_embedded", {"sku_name": "A5"}, region="westeurope")
    assert lines == {"Node usage (A5)": Decimal("11768.33")}
