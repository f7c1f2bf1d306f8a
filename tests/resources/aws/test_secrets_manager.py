"""Secrets Manager secrets."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (Example("aws_secretsmanager_secret", {"name": "s"}, {"monthly_requests": 100_000}),)


def test_a_secret_and_its_calls(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_secretsmanager_secret", {}, {"monthly_requests": 100_000})
    assert lines == {"Secret": Decimal("0.40"), "API requests": Decimal("0.50")}


def test_a_replica_is_billed_as_a_secret(cost_lines: CostLines) -> None:
    attributes = {"replica": [{"region": "eu-west-1"}, {"region": "eu-central-1"}]}
    lines = cost_lines("aws_secretsmanager_secret", attributes)
    assert lines == {"Secret": Decimal("0.40"), "Replica secrets": Decimal("0.80"), "API requests": "usage"}


def test_it_costs_the_same_everywhere(cost_lines: CostLines) -> None:
    assert cost_lines("aws_secretsmanager_secret", {}, region="eu-south-2")["Secret"] == Decimal("0.40")
