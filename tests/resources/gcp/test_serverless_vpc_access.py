"""Serverless VPC Access."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

CONNECTOR = "google_vpc_access_connector"

EXAMPLES = (
    Example(
        CONNECTOR, {"machine_type": "e2-standard-4", "min_instances": 2, "max_instances": 3}, grows=("min_instances",)
    ),
    Example(CONNECTOR, {"min_throughput": 300}, grows=("min_throughput",)),
)


@pytest.mark.parametrize(
    ("attributes", "name", "cost"),
    [
        ({}, "e2-micro", "12.23"),
        ({"min_throughput": 300, "max_throughput": 1000}, "e2-micro", "18.34"),
        ({"machine_type": "e2-standard-4", "min_instances": 3}, "e2-standard-4", "293.51"),
    ],
)
def test_a_connector_costs_its_machines(
    cost_lines: CostLines, attributes: dict[str, Any], name: str, cost: str
) -> None:
    assert cost_lines(CONNECTOR, attributes) == {f"Instance usage (Linux/UNIX, on-demand, {name})": Decimal(cost)}
