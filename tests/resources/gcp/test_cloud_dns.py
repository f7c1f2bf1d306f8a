"""Cloud DNS."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (
    Example("google_dns_managed_zone", {"dns_name": "example.com."}),
    Example("google_dns_record_set", {"type": "A"}, {"monthly_queries": 100_000}),
)


def test_a_zone_costs_by_the_month(cost_lines: CostLines) -> None:
    assert cost_lines("google_dns_managed_zone", {}, region=None) == {"Managed zone": Decimal("0.20")}


def test_queries_cost_by_the_million(cost_lines: CostLines) -> None:
    assert cost_lines("google_dns_record_set", {}, {"monthly_queries": 100_000}) == {"Queries": Decimal("0.04")}
    above = cost_lines("google_dns_record_set", {}, {"monthly_queries": 1_500_000_000})
    assert above == {"Queries": Decimal("500.00")}  # a billion at $0.40, the rest at $0.20 a million
