"""ECR repositories."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (Example("aws_ecr_repository", {"name": "images"}, {"storage_gb": 100}),)


def test_stored_images(cost_lines: CostLines) -> None:
    assert cost_lines("aws_ecr_repository", {}, {"storage_gb": 10}) == {"Storage": Decimal("1.00")}


def test_storage_is_unknown_when_nobody_told_the_use(cost_lines: CostLines) -> None:
    assert cost_lines("aws_ecr_repository", {}) == {"Storage": "usage"}
    assert cost_lines("aws_ecr_repository", {}, assumptions=True) == {"Storage": Decimal("1.00")}


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    assert str(cost_lines("aws_ecr_repository", {}, region="mars-north-1")["Storage"]).startswith("price_not_found")
