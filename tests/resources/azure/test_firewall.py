"""Azure Firewall."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

FIREWALL = "azurerm_firewall"
USAGE = {"monthly_data_processed_gb": 1000}

EXAMPLES = tuple(
    Example(FIREWALL, {"sku_name": place, "sku_tier": tier}, USAGE)
    for place in ("AZFW_VNet", "AZFW_Hub")
    for tier in ("Basic", "Standard", "Premium")
)


@pytest.mark.parametrize("place", ["AZFW_VNet", "AZFW_Hub"])
@pytest.mark.parametrize(
    ("tier", "hours", "data"),
    [("Basic", "288.35", "65.00"), ("Standard", "912.50", "16.00"), ("Premium", "1277.50", "16.00")],
)
def test_firewalls_cost_hours_and_data(cost_lines: CostLines, place: str, tier: str, hours: str, data: str) -> None:
    where = ", secured virtual hub" if place == "AZFW_Hub" else ""
    assert cost_lines(FIREWALL, {"sku_name": place, "sku_tier": tier}, USAGE) == {
        f"Deployment ({tier.lower()}{where})": Decimal(hours),
        "Data processed": Decimal(data),
    }


def test_data_that_is_not_told_is_not_zero(cost_lines: CostLines) -> None:
    assert cost_lines(FIREWALL, {})["Data processed"] == "usage"
