"""DDoS network protection plans."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

PLAN = "azurerm_network_ddos_protection_plan"

EXAMPLES = (Example(PLAN, {}, {"overage_amount": 5}),)


def test_a_plan_costs_hours_and_resources_beyond_a_hundred(cost_lines: CostLines) -> None:
    assert cost_lines(PLAN, {}, {"overage_amount": 5}) == {
        "Protection plan": Decimal("2943.55"),
        "Protected resources beyond 100": Decimal("147.20"),
    }
    assert cost_lines(PLAN, {})["Protected resources beyond 100"] == "usage"
