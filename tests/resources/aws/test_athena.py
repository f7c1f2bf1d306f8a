"""Amazon Athena."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (
    Example("aws_athena_workgroup", {}, {"monthly_data_scanned_tb": 2}),
    Example("aws_athena_capacity_reservation", {"target_dpus": 24}, grows=("target_dpus",)),
)


def test_queries_are_billed_by_what_they_scan(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_athena_workgroup", {}, {"monthly_data_scanned_tb": 2})
    assert lines == {"Data scanned": Decimal("10.00")}


def test_reserved_capacity_is_billed_by_the_hour(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_athena_capacity_reservation", {"target_dpus": 24})
    assert lines == {"Provisioned capacity": Decimal("5256.00")}
    assert list(cost_lines("aws_athena_capacity_reservation", {})) == ["unknown_until_apply"]
