"""Data transfer that a usage file tells of."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

TYPE = "aws_data_transfer"
USE = {
    "monthly_intra_region_gb": 1000,
    "monthly_outbound_us_east_to_us_east_gb": 500,
    "monthly_outbound_other_regions_gb": 750,
    "monthly_outbound_internet_gb": 57_000,
}
EXAMPLES = (Example(TYPE, {}, USE),)


def test_every_line(cost_lines: CostLines) -> None:
    assert cost_lines(TYPE, {}, USE) == {
        "Intra-region data transfer": Decimal("20.00"),  # each GB on both sides
        "Outbound data transfer to US East regions": Decimal("5.00"),
        "Outbound data transfer to other regions": Decimal("15.00"),
        # 10,240 GB at 0.09, 40,960 at 0.085 and 5,800 at 0.07
        "Outbound data transfer to Internet": Decimal("4809.20"),
    }


def test_nothing_told_is_nothing_to_price(cost_lines: CostLines) -> None:
    assert cost_lines(TYPE, {}) == {}


@pytest.mark.parametrize(
    ("region", "cost"),
    [("af-south-1", "147.00"), ("us-gov-west-1", "30.00"), ("eu-west-1", "20.00"), ("ap-southeast-5", "80.00")],
)
def test_other_regions_cost_by_where_data_leaves(cost_lines: CostLines, region: str, cost: str) -> None:
    lines = cost_lines(TYPE, {}, {"monthly_outbound_other_regions_gb": 1000}, region=region)
    assert lines == {"Outbound data transfer to other regions": Decimal(cost)}
