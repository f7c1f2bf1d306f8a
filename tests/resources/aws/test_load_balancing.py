"""Load balancers: hours, capacity units, classic data.

Half cents are rounded to even by the fixture: 730 h at 0.0225 are 16.425.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.resources.example import Example
from tollbar.component import Component, Quantity
from tollbar.resource import UNKNOWN
from tollbar.resources.aws.load_balancing import LOAD_BALANCER_KEYS, load_balancer_lines
from tollbar.usage import Usage, UsageKey

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (
    Example(
        "aws_lb",
        {"load_balancer_type": "application"},
        {"new_connections": 100, "active_connections": 1000, "processed_bytes_gb": 1000, "rule_evaluations": 100},
    ),
    Example("aws_alb", {"load_balancer_type": "network"}, {"processed_bytes_gb": 1000}),
    Example("aws_elb", {}, {"monthly_data_processed_gb": 1000}),
)


@pytest.mark.parametrize(
    ("usage", "capacity_units"),
    [
        # 10,000 / 25 = 400 LCU all month at 0.008
        ({"new_connections": 10_000, "active_connections": 1000, "processed_bytes_gb": 1000}, "2336.00"),
        ({"active_connections": 30_000}, "58.40"),
        ({"processed_bytes_gb": 1000}, "8.00"),
        ({"rule_evaluations": 5000}, "29.20"),
        ({"new_connections": 0}, "0.00"),
    ],
)
def test_the_highest_dimension_of_an_application_load_balancer_is_billed(
    cost_lines: CostLines, usage: dict[str, int], capacity_units: str
) -> None:
    lines = cost_lines("aws_lb", {"load_balancer_type": "application"}, usage)
    assert lines == {
        "Application Load Balancer": Decimal("16.43"),
        "Load balancer capacity units (LCU)": Decimal(capacity_units),
    }


def test_a_network_load_balancer_covers_more_connections(cost_lines: CostLines) -> None:
    usage = {"new_connections": 10_000, "active_connections": 1000, "processed_bytes_gb": 1000, "rule_evaluations": 9}
    lines = cost_lines("aws_lb", {"load_balancer_type": "network"}, usage)
    assert lines == {
        "Network Load Balancer": Decimal("16.43"),
        "Load balancer capacity units (NLCU)": Decimal("54.75"),
    }


def test_a_gateway_load_balancer(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_lb", {"load_balancer_type": "gateway"}, {"processed_bytes_gb": 1000})
    assert lines == {"Gateway Load Balancer": Decimal("9.13"), "Load balancer capacity units (GLCU)": Decimal("4.00")}


def test_the_type_is_application_if_not_told(cost_lines: CostLines) -> None:
    expected = {"Application Load Balancer": Decimal("16.43"), "Load balancer capacity units (LCU)": "usage"}
    assert cost_lines("aws_alb", {}) == expected
    assert cost_lines("aws_lb", {}) == expected


def test_an_unknown_type_is_not_guessed(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_lb", {"load_balancer_type": UNKNOWN})
    assert lines == {"unknown_until_apply": "load_balancer_type is known only after apply"}
    assert "price_not_found" in cost_lines("aws_lb", {"load_balancer_type": "teleport"})


def test_the_irish_price_differs(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_lb", {}, {"processed_bytes_gb": 100}, region="eu-west-1")
    assert lines == {
        "Application Load Balancer": Decimal("18.40"),
        "Load balancer capacity units (LCU)": Decimal("0.80"),
    }


def test_a_classic_load_balancer(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_elb", {}, {"monthly_data_processed_gb": 10_000})
    assert lines == {"Classic Load Balancer": Decimal("18.25"), "Data processed": Decimal("80.00")}
    assert cost_lines("aws_elb", {})["Data processed"] == "usage"


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    line = str(cost_lines("aws_elb", {}, region="mars-north-1")["Classic Load Balancer"])
    assert line.startswith("price_not_found: Classic Load Balancer: no price for aws/load_balancing/hours/classic")


def test_keys_may_carry_a_prefix() -> None:
    keys = {f"lb.{key.name}": UsageKey(f"lb.{key.name}", key.description) for key in LOAD_BALANCER_KEYS}
    usage = Usage({"lb.processed_bytes_gb": 50}, keys)
    lines = [
        line for line in load_balancer_lines("application", "us-east-1", usage, "lb.") if isinstance(line, Component)
    ]
    assert lines[1].quantity == Quantity(Decimal(50), Decimal(50), Decimal(50), "usage")


RATES = st.integers(min_value=0, max_value=10**6)


@given(told=st.dictionaries(st.sampled_from([key.name for key in LOAD_BALANCER_KEYS]), RATES, min_size=1), more=RATES)
def test_telling_more_use_never_lowers_the_capacity_units(told: dict[str, int], more: int) -> None:
    before = _lcu_hours(told)
    after = _lcu_hours({**told, "processed_bytes_gb": told.get("processed_bytes_gb", 0) + more})
    assert before.expected is not None
    assert after.expected is not None
    assert after.expected >= before.expected
    assert after.expected >= more


def _lcu_hours(told: dict[str, int]) -> Quantity:
    usage = Usage(told, {key.name: key for key in LOAD_BALANCER_KEYS}, assumptions=False)
    *_, line = load_balancer_lines("application", "us-east-1", usage)
    assert isinstance(line, Component)
    return line.quantity
