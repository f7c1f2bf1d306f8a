"""Azure DNS: zones, records, the private resolver."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example
from tollbar.resources.azure.dns import TYPES

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

RECORDS = [kind.name for kind in TYPES if kind.name.endswith("_record")]

EXAMPLES = tuple(
    Example(kind.name, {}, {"monthly_queries": 2_000_000_000} if kind.name in RECORDS else {}) for kind in TYPES
)


@pytest.mark.parametrize("kind", ["azurerm_dns_zone", "azurerm_private_dns_zone"])
@pytest.mark.parametrize("region", ["eastus", "marsnorth", None])
def test_a_zone_costs_the_same_everywhere(cost_lines: CostLines, kind: str, region: str | None) -> None:
    assert cost_lines(kind, {}, region=region) == {"Hosted zone": Decimal("0.50")}


def test_there_are_nine_kinds_of_public_and_seven_of_private_records() -> None:
    assert len(RECORDS) == 9 + 7


@pytest.mark.parametrize("kind", RECORDS)
def test_queries_get_cheaper_beyond_a_billion(cost_lines: CostLines, kind: str) -> None:
    assert cost_lines(kind, {}, {"monthly_queries": 1_500_000_000}) == {"DNS queries": Decimal("500.00")}
    assert cost_lines(kind, {}) == {"DNS queries": "usage"}


@pytest.mark.parametrize(
    ("kind", "name", "cost"),
    [
        ("inbound_endpoint", "Inbound endpoint", "180.00"),
        ("outbound_endpoint", "Outbound endpoint", "180.00"),
        ("dns_forwarding_ruleset", "Forwarding ruleset", "2.50"),
    ],
)
def test_the_private_resolver_costs_by_part(cost_lines: CostLines, kind: str, name: str, cost: str) -> None:
    assert cost_lines(f"azurerm_private_dns_resolver_{kind}", {}) == {name: Decimal(cost)}
