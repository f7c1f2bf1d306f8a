"""Amazon Timestream tables."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

USAGE = {
    "monthly_writes": 1_000_000,
    "memory_storage_gb": 2,
    "magnetic_storage_gb": 100,
    "monthly_data_scanned_gb": 50,
}

EXAMPLES = (Example("aws_timestreamwrite_table", {}, USAGE),)


def test_writes_both_stores_and_queries(cost_lines: CostLines) -> None:
    assert cost_lines("aws_timestreamwrite_table", {}, USAGE) == {
        "Writes": Decimal("0.50"),
        "Memory store": Decimal("52.56"),
        "Magnetic store": Decimal("3.00"),
        "Data scanned": Decimal("0.50"),
    }
