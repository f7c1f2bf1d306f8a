"""Private endpoints."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

ENDPOINT = "azurerm_private_endpoint"
USAGE = {"monthly_inbound_data_processed_gb": 100, "monthly_outbound_data_processed_gb": 5_120_000}

EXAMPLES = (Example(ENDPOINT, {}, USAGE),)


def test_an_endpoint_costs_hours_and_data_either_way(cost_lines: CostLines) -> None:
    assert cost_lines(ENDPOINT, {}, USAGE) == {
        "Private endpoint": Decimal("7.30"),
        "Inbound data processed": Decimal("1.00"),
        "Outbound data processed": Decimal("34480.00"),
    }
    assert cost_lines(ENDPOINT, {})["Inbound data processed"] == "usage"
