"""VPC endpoints."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example
from tollbar.resource import UNKNOWN, UNKNOWN_OR_UNSET

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (
    Example(
        "aws_vpc_endpoint",
        {"vpc_endpoint_type": "Interface", "subnet_ids": ["subnet-1", "subnet-2"]},
        {"monthly_data_processed_gb": 100},
    ),
    Example("aws_vpc_endpoint", {"vpc_endpoint_type": "GatewayLoadBalancer"}, {"monthly_data_processed_gb": 100}),
)


@pytest.mark.parametrize(
    ("subnets", "references", "cost"),
    [
        (None, (), "7.30"),
        ([], (), "7.30"),
        (UNKNOWN_OR_UNSET, (), "7.30"),
        (["subnet-1", "subnet-2"], (), "14.60"),
        ([UNKNOWN, UNKNOWN, "subnet-3"], ("aws_subnet.a", "aws_subnet.b"), "21.90"),
        (UNKNOWN, ("aws_subnet.a", "aws_subnet.b"), "14.60"),
    ],
)
def test_an_interface_endpoint_bills_one_interface_a_subnet(
    cost_lines: CostLines, subnets: object, references: tuple[str, ...], cost: str
) -> None:
    attributes = {"vpc_endpoint_type": "Interface", "subnet_ids": subnets}
    lines = cost_lines("aws_vpc_endpoint", attributes, references={"subnet_ids": references})
    assert lines == {"Endpoint (Interface)": Decimal(cost), "Data processed": "usage"}


def test_subnets_that_only_apply_tells_leave_the_hours_unpriced(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_vpc_endpoint", {"vpc_endpoint_type": "Interface", "subnet_ids": UNKNOWN})
    assert lines == {"unknown_until_apply": "subnet_ids is known only after apply", "Data processed": "usage"}


def test_data_is_tiered_by_the_petabyte(cost_lines: CostLines) -> None:
    usage = {"monthly_data_processed_gb": 7_000_000}
    lines = cost_lines("aws_vpc_endpoint", {"vpc_endpoint_type": "Interface"}, usage)
    # 1 PB at 0.01, 4 PB at 0.006, 2 PB at 0.004
    assert lines["Data processed"] == Decimal("42000.00")


def test_a_gateway_load_balancer_endpoint(cost_lines: CostLines) -> None:
    usage = {"monthly_data_processed_gb": 1000}
    lines = cost_lines("aws_vpc_endpoint", {"vpc_endpoint_type": "GatewayLoadBalancer"}, usage)
    assert lines == {"Endpoint (GatewayLoadBalancer)": Decimal("7.30"), "Data processed": Decimal("3.50")}


@pytest.mark.parametrize("attributes", [{}, {"vpc_endpoint_type": "Gateway"}])
def test_gateway_endpoints_are_free(cost_lines: CostLines, attributes: dict[str, object]) -> None:
    assert cost_lines("aws_vpc_endpoint", attributes) == {}


@pytest.mark.parametrize(
    ("attributes", "region"),
    [({"vpc_endpoint_type": "Resource"}, "us-east-1"), ({"vpc_endpoint_type": "Interface"}, "mars-north-1")],
)
def test_what_has_no_price_is_unpriced_not_free(
    cost_lines: CostLines, attributes: dict[str, object], region: str
) -> None:
    lines = cost_lines("aws_vpc_endpoint", attributes, region=region)
    assert all(str(line).startswith("price_not_found") for line in lines.values())
    assert len(lines) == 2
