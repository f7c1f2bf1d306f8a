"""Step Functions state machines."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (
    Example("aws_sfn_state_machine", {"type": "STANDARD"}, {"monthly_transitions": 100_000}),
    Example(
        "aws_sfn_state_machine",
        {"type": "EXPRESS"},
        {"monthly_requests": 1_000_000, "memory_mb": 100, "workflow_duration_ms": 500},
    ),
)


@pytest.mark.parametrize(
    ("region", "cost"),
    [("us-east-1", "25.00"), ("eu-central-1", "25.00"), ("us-west-1", "27.90"), ("sa-east-1", "37.50")],
)
def test_standard_workflows_bill_transitions(cost_lines: CostLines, region: str, cost: str) -> None:
    lines = cost_lines("aws_sfn_state_machine", {}, {"monthly_transitions": 1_000_000}, region=region)
    assert lines == {"State transitions": Decimal(cost)}


@pytest.mark.parametrize(
    ("requests", "memory_mb", "duration_ms", "duration_cost"),
    [
        # 64 MB x 200 ms x 100k = 347.2 GB-h
        (100_000, 0, 123, "0.02"),
        # 512 MB x 800 ms x 10M = 1,111.1 GB-h: 1,000 at 0.060012, the rest at 0.029988
        (10_000_000, 512, 800, "63.34"),
        # 1,216 MB x 900 ms x 100M = 29,687.5 GB-h
        (100_000_000, 1200, 801, "585.23"),
    ],
)
def test_express_workflows_bill_started_64_mb_and_100_ms(
    cost_lines: CostLines, requests: int, memory_mb: int, duration_ms: int, duration_cost: str
) -> None:
    usage = {"monthly_requests": requests, "memory_mb": memory_mb, "workflow_duration_ms": duration_ms}
    lines = cost_lines("aws_sfn_state_machine", {"type": "EXPRESS"}, usage)
    assert lines == {
        "Requests (express)": (Decimal(requests) / 1_000_000).quantize(Decimal("0.01")),
        "Duration (express)": Decimal(duration_cost),
    }


def test_without_usage_the_cost_is_unknown(cost_lines: CostLines) -> None:
    assert cost_lines("aws_sfn_state_machine", {"type": "STANDARD"}) == {"State transitions": "usage"}
    assert set(cost_lines("aws_sfn_state_machine", {"type": "EXPRESS"}).values()) == {"usage"}


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    line = str(cost_lines("aws_sfn_state_machine", {}, region="mars-north-1")["State transitions"])
    assert line.startswith("price_not_found: State transitions: no price for aws/step_functions/transitions")
