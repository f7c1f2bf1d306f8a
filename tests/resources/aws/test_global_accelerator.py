"""Global Accelerator."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

GROUP = "aws_globalaccelerator_endpoint_group"
IN, OUT = "monthly_inbound_data_transfer_gb", "monthly_outbound_data_transfer_gb"
EXAMPLES = (
    Example("aws_globalaccelerator_accelerator", {"enabled": False}),
    Example("aws_globalaccelerator_custom_routing_accelerator"),
    Example(GROUP, {"endpoint_group_region": "eu-west-1"}, {f"{OUT}.us": 100}),
    Example(
        "aws_globalaccelerator_custom_routing_endpoint_group",
        {"endpoint_group_region": "us-west-2"},
        {f"{OUT}.asia_pacific": 10},
    ),
)


def test_an_accelerator_bills_its_hours(cost_lines: CostLines) -> None:
    assert cost_lines("aws_globalaccelerator_accelerator", {}, region="eu-west-1") == {"Fixed fee": Decimal("18.25")}


def test_only_the_direction_with_more_data_is_billed(cost_lines: CostLines) -> None:
    usage = {f"{IN}.europe": 2000, f"{IN}.asia_pacific": 2000, f"{OUT}.europe": 5000, f"{OUT}.asia_pacific": 1000}
    assert cost_lines(GROUP, {"endpoint_group_region": "us-west-1"}, usage) == {
        "Europe: Outbound DT-premium fee": Decimal("75.00"),
        "Asia Pacific: Outbound DT-premium fee": Decimal("35.00"),
    }


def test_the_premium_depends_on_where_both_ends_are(cost_lines: CostLines) -> None:
    usage = {f"{IN}.south_africa": 1000, f"{IN}.europe": 1000, f"{OUT}.europe": 100}
    assert cost_lines(GROUP, {"endpoint_group_region": "eu-central-1"}, usage) == {
        "Europe: Inbound DT-premium fee": Decimal("15.00"),
        "South Africa, Kenya: Inbound DT-premium fee": Decimal("67.00"),
    }


def test_use_that_is_not_told_is_of_the_us(cost_lines: CostLines) -> None:
    assert cost_lines(GROUP, {}) == {"US, Mexico, Canada: Outbound DT-premium fee": "usage"}


@pytest.mark.parametrize("region", ["sa-east-1"])
def test_a_pair_without_a_price_is_reported(cost_lines: CostLines, region: str) -> None:
    lines = cost_lines(GROUP, {"endpoint_group_region": region}, {f"{OUT}.us": 1})
    assert str(lines["US, Mexico, Canada: Outbound DT-premium fee"]).startswith("price_not_found: Outbound DT-premium")


def test_a_region_that_only_apply_tells_is_reported(cost_lines: CostLines) -> None:
    lines = cost_lines(GROUP, {"endpoint_group_region": UNKNOWN}, {f"{OUT}.us": 1})
    assert lines == {"unknown_until_apply": "endpoint_group_region is known only after apply"}
