"""Direct Connect."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

TYPE = "aws_dx_connection"
PORT = {"bandwidth": "1Gbps", "location": "EqDC2"}
BY_REGION = "monthly_outbound_from_region_to_dx_connection_location"
HERE = "monthly_outbound_region_to_dx_location_gb"
EXAMPLES = (
    Example(TYPE, PORT, {HERE: 200}),
    Example(
        TYPE,
        {"bandwidth": "10Gbps", "location": "EqDC2"},
        {"dx_connection_type": "hosted", "dx_virtual_interface_type": "public", f"{BY_REGION}.eu_west_1": 10},
    ),
)


@pytest.mark.parametrize(
    ("bandwidth", "kind", "region", "cost"),
    [
        ("1Gbps", None, "us-east-1", "219.00"),
        ("100Gbps", "dedicated", "us-east-1", "16425.00"),
        ("500Mbps", "hosted", "us-east-1", "146.00"),
        ("1Gbps", None, "ap-northeast-1", "208.05"),  # Japan has prices of its own
    ],
)
def test_a_port_bills_its_hours(
    cost_lines: CostLines, bandwidth: str, kind: str | None, region: str, cost: str
) -> None:
    usage = {} if kind is None else {"dx_connection_type": kind}
    lines = cost_lines(TYPE, {**PORT, "bandwidth": bandwidth}, usage, region=region)
    assert lines["DX connection"] == Decimal(cost)


def test_data_out_of_the_connections_own_region(cost_lines: CostLines) -> None:
    assert cost_lines(TYPE, PORT, {HERE: 200}) == {
        "DX connection": Decimal("219.00"),
        "Outbound data transfer (from us-east-1, to EqDC2)": Decimal("4.00"),
    }


def test_data_that_stays_on_a_continent_has_a_price_of_its_own(cost_lines: CostLines) -> None:
    lines = cost_lines(TYPE, {**PORT, "location": "EqFR5"}, {f"{BY_REGION}.eu_west_1": 1000}, region="eu-central-1")
    assert lines["Outbound data transfer (from eu-west-1, to EqFR5)"] == Decimal("20.00")


def test_data_out_by_region_takes_the_place_of_that(cost_lines: CostLines) -> None:
    usage = {HERE: 100, f"{BY_REGION}.eu_west_1": 1000, f"{BY_REGION}.ap_east_1": 3000}
    assert cost_lines(TYPE, PORT, usage) == {
        "DX connection": Decimal("219.00"),
        "Outbound data transfer (from eu-west-1, to EqDC2)": Decimal("28.20"),
        "Outbound data transfer (from ap-east-1, to EqDC2)": Decimal("270.00"),
    }


def test_a_region_that_is_none_is_reported(cost_lines: CostLines) -> None:
    lines = cost_lines(TYPE, PORT, {f"{BY_REGION}.mars_north_1": 1})
    assert lines == {
        "DX connection": Decimal("219.00"),
        "price_not_found": f"{BY_REGION}.mars_north_1: mars_north_1 is no region of AWS",
    }


def test_a_bandwidth_that_only_apply_tells_leaves_the_data(cost_lines: CostLines) -> None:
    lines = cost_lines(TYPE, {**PORT, "bandwidth": UNKNOWN}, {HERE: 200})
    assert lines == {
        "unknown_until_apply": "bandwidth is known only after apply",
        "Outbound data transfer (from us-east-1, to EqDC2)": Decimal("4.00"),
    }
