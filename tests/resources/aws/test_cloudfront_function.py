"""CloudFront functions."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (Example("aws_cloudfront_function", {"runtime": "cloudfront-js-2.0"}, {"monthly_requests": 1_000_000}),)


def test_invocations_cost_the_same_at_every_edge(cost_lines: CostLines) -> None:
    usage = {"monthly_requests": 200_000_000}
    assert cost_lines("aws_cloudfront_function", {}, usage) == {"Invocations": Decimal("20.00")}
    assert cost_lines("aws_cloudfront_function", {}, usage, region=None) == {"Invocations": Decimal("20.00")}


def test_without_usage_the_cost_is_unknown(cost_lines: CostLines) -> None:
    assert cost_lines("aws_cloudfront_function", {}) == {"Invocations": "usage"}
