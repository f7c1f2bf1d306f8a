"""Cloud Logging."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

OWNERS = ("billing_account", "folder", "organization", "project")
SINKS = tuple(f"google_logging_{owner}_sink" for owner in OWNERS)
BUCKETS = tuple(f"google_logging_{owner}_bucket_config" for owner in OWNERS)
TOLD = {"monthly_logging_data_gb": 100}

EXAMPLES = (
    *(Example(name, {}, TOLD) for name in SINKS),
    *(Example(name, {"retention_days": 90}, TOLD, grows=("retention_days",)) for name in BUCKETS),
)


@pytest.mark.parametrize("name", [*SINKS, *BUCKETS])
def test_log_data_cost_by_the_gb(cost_lines: CostLines, name: str) -> None:
    assert cost_lines(name, {"retention_days": 30}, TOLD) == {"Logging data": Decimal("50.00")}
    assert cost_lines(name, {}) == {"Logging data": "usage"}


@pytest.mark.parametrize("name", BUCKETS)
def test_keeping_longer_than_30_days_costs_more(cost_lines: CostLines, name: str) -> None:
    assert cost_lines(name, {"retention_days": 90}, TOLD) == {
        "Logging data": Decimal("50.00"),
        "Log retention": Decimal("2.00"),  # 100 GB of each of two further months at $0.01
    }
