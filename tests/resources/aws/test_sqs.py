"""SQS queues."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (
    Example("aws_sqs_queue", {"fifo_queue": True}, {"monthly_requests": 1_000_000, "request_size_kb": 100}),
    Example("aws_sqs_queue", {}, {"monthly_requests": 1_000_000, "request_size": 64}),
)


@pytest.mark.parametrize(
    ("attributes", "size_kb", "expected"),
    [
        ({}, None, {"Requests (standard)": Decimal("0.40")}),
        ({"fifo_queue": False}, 64, {"Requests (standard)": Decimal("0.40")}),
        ({"fifo_queue": False}, 65, {"Requests (standard)": Decimal("0.80")}),
        ({"fifo_queue": True}, 63, {"Requests (FIFO)": Decimal("0.50")}),
        ({"fifo_queue": True}, 256, {"Requests (FIFO)": Decimal("2.00")}),
    ],
)
def test_each_64_kb_is_a_request(
    cost_lines: CostLines, attributes: dict[str, object], size_kb: int | None, expected: dict[str, object]
) -> None:
    usage = {"monthly_requests": 1_000_000, "request_size_kb": size_kb}
    assert cost_lines("aws_sqs_queue", attributes, usage) == expected


def test_the_older_key_of_the_size_counts_where_the_other_is_not_told(cost_lines: CostLines) -> None:
    usage = {"monthly_requests": 1_000_000, "request_size": 128}
    assert cost_lines("aws_sqs_queue", {}, usage) == {"Requests (standard)": Decimal("0.80")}
    usage["request_size_kb"] = 64
    assert cost_lines("aws_sqs_queue", {}, usage) == {"Requests (standard)": Decimal("0.40")}


def test_without_usage_the_cost_is_unknown(cost_lines: CostLines) -> None:
    assert cost_lines("aws_sqs_queue", {}) == {"Requests (standard)": "usage"}


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    line = str(cost_lines("aws_sqs_queue", {}, region="mars-north-1")["Requests (standard)"])
    assert line.startswith("price_not_found: Requests (standard): no price for aws/sqs/requests/standard")
