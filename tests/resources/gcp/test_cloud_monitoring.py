"""Cloud Monitoring."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

METRIC = "google_monitoring_metric_descriptor"
TOLD = {"monthly_monitoring_data_mb": 500_000, "monthly_api_calls": 1_000_000}

EXAMPLES = (Example(METRIC, {"type": "custom.googleapis.com/stores/daily_sales"}, TOLD),)


def test_data_cost_in_tiers_and_calls_by_the_thousand(cost_lines: CostLines) -> None:
    assert cost_lines(METRIC, {}, TOLD) == {
        "Monitoring data": Decimal("63700.00"),  # 100k at $0.258, 150k at $0.151, 250k MiB at $0.061
        "API calls": Decimal("10.00"),
    }


def test_a_metric_is_assumed_to_have_a_few_time_series(cost_lines: CostLines) -> None:
    """One point a minute of one series is 0.35 MB a month."""
    assert cost_lines(METRIC, {}, assumptions=True) == {
        "Monitoring data": Decimal("2.58"),
        "API calls": Decimal("0.10"),
    }
