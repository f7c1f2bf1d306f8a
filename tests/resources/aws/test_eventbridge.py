"""EventBridge event buses."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (
    Example(
        "aws_cloudwatch_event_bus",
        {"name": "bus"},
        {
            "monthly_custom_events": 1_000_000,
            "monthly_third_party_events": 1_000_000,
            "monthly_archive_processing_gb": 100,
            "archive_storage_gb": 100,
            "monthly_schema_discovery_events": 1_000_000,
        },
    ),
)


def test_each_thing_a_bus_is_billed_for(cost_lines: CostLines) -> None:
    usage = {
        "monthly_custom_events": 1_000_000,
        "monthly_third_party_events": 2_000_000,
        "monthly_archive_processing_gb": 100,
        "archive_storage_gb": 200,
        "monthly_schema_discovery_events": 1_000_000,
    }
    assert cost_lines("aws_cloudwatch_event_bus", {}, usage) == {
        "Custom events published": Decimal("1.00"),
        "Third-party events published": Decimal("2.00"),
        "Archive processing": Decimal("10.00"),
        "Archive storage": Decimal("4.60"),
        "Schema discovery": Decimal("0.10"),
    }


def test_rare_features_are_not_assumed(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_cloudwatch_event_bus", {}, assumptions=True)
    assert lines.pop("Custom events published") == Decimal("0.10")
    assert set(lines.values()) == {"usage"}


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_cloudwatch_event_bus", {}, region="mars-north-1")
    assert all(str(line).startswith("price_not_found") for line in lines.values())
