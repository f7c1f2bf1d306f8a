"""CloudTrail trails."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.example import Example
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

TYPE = "aws_cloudtrail"
FULL: dict[str, Any] = {
    "event_selector": [{"data_resource": [{"type": "AWS::S3::Object"}]}],
    "insight_selector": [{"insight_type": "ApiCallRateInsight"}],
}
USE = {
    "monthly_additional_management_events": 100_000,
    "monthly_data_events": 200_000,
    "monthly_insight_events": 300_000,
}
EXAMPLES = (Example(TYPE, {}, {"monthly_additional_management_events": 100_000}), Example(TYPE, FULL, USE))
MANAGEMENT, DATA, INSIGHTS = "Management events (additional copies)", "Data events", "Insight events"


def test_every_line(cost_lines: CostLines) -> None:
    lines = cost_lines(TYPE, FULL, USE)
    assert lines == {MANAGEMENT: Decimal("2.00"), DATA: Decimal("0.20"), INSIGHTS: Decimal("1.05")}


@pytest.mark.parametrize(
    ("attributes", "lines"),
    [
        ({}, {MANAGEMENT}),
        ({"event_selector": [{"include_management_events": False}]}, set()),
        ({"advanced_event_selector": [{"field_selector": [{"field": "eventCategory"}]}]}, {MANAGEMENT, DATA}),
        ({"insight_selector": [{}]}, {MANAGEMENT, INSIGHTS}),
    ],
)
def test_only_what_is_selected_is_billed(cost_lines: CostLines, attributes: dict[str, Any], lines: set[str]) -> None:
    assert cost_lines(TYPE, attributes) == dict.fromkeys(lines, "usage")


def test_what_only_apply_tells_ends_its_part(cost_lines: CostLines) -> None:
    lines = cost_lines(TYPE, {"insight_selector": UNKNOWN})
    assert lines == {MANAGEMENT: "usage", "unknown_until_apply": "insight_selector is known only after apply"}
