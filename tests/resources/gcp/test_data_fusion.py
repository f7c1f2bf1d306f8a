"""Cloud Data Fusion."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

INSTANCE = "google_data_fusion_instance"

EXAMPLES = (Example(INSTANCE, {"type": "BASIC"}),)


@pytest.mark.parametrize(
    ("edition", "cost"), [("DEVELOPER", "255.50"), ("BASIC", "1314.00"), ("ENTERPRISE", "3066.00")]
)
def test_editions(cost_lines: CostLines, edition: str, cost: str) -> None:
    assert cost_lines(INSTANCE, {"type": edition}) == {f"Instance ({edition.lower()})": Decimal(cost)}


def test_an_absent_type_is_unpriced(cost_lines: CostLines) -> None:
    assert cost_lines(INSTANCE, {}) == {"unknown_until_apply": "type is not given"}
