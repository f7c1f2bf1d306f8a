"""NAT gateways."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (Example("aws_nat_gateway", {"subnet_id": "subnet-1"}, {"monthly_data_processed_gb": 100}),)


def test_hours_and_processed_data(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_nat_gateway", {}, {"monthly_data_processed_gb": 100})
    assert lines == {"NAT gateway": Decimal("32.85"), "Data processed": Decimal("4.50")}


def test_data_is_unknown_when_nobody_told_the_use(cost_lines: CostLines) -> None:
    assert cost_lines("aws_nat_gateway", {}) == {"NAT gateway": Decimal("32.85"), "Data processed": "usage"}


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    line = str(cost_lines("aws_nat_gateway", {}, region="mars-north-1")["NAT gateway"])
    assert line.startswith("price_not_found: NAT gateway: no price for aws/nat_gateway/hours in mars-north-1; known in")
