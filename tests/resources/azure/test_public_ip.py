"""Public IP addresses and prefixes of Azure, and NAT gateways."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (
    Example("azurerm_public_ip", {"allocation_method": "Static", "sku": "Standard"}),
    Example("azurerm_public_ip_prefix", {"prefix_length": 28}),
    Example("azurerm_nat_gateway", {}, {"monthly_data_processed_gb": 10}),
)


@pytest.mark.parametrize(
    ("attributes", "name", "cost"),
    [
        ({"allocation_method": "Static"}, "IP address (static, regional)", "3.65"),
        ({"allocation_method": "Static", "sku": "Basic"}, "IP address (static, regional)", "2.63"),
        ({"allocation_method": "Dynamic"}, "IP address (dynamic, regional)", "2.92"),
        ({"allocation_method": "Static", "sku_tier": "Global"}, "IP address (static, global)", "7.30"),
    ],
)
def test_addresses_cost_by_sku(cost_lines: CostLines, attributes: dict[str, Any], name: str, cost: str) -> None:
    assert cost_lines("azurerm_public_ip", attributes, region="westeurope") == {name: Decimal(cost)}


@pytest.mark.parametrize(("length", "addresses", "cost"), [(31, 2, "8.76"), (28, 16, "70.08"), (None, 16, "70.08")])
def test_a_prefix_costs_every_address_in_it(
    cost_lines: CostLines, length: int | None, addresses: int, cost: str
) -> None:
    lines = cost_lines("azurerm_public_ip_prefix", {"prefix_length": length})
    assert lines == {f"IP prefix ({addresses} addresses)": Decimal(cost)}


def test_a_prefix_that_cannot_be_is_unpriced(cost_lines: CostLines) -> None:
    assert list(cost_lines("azurerm_public_ip_prefix", {"prefix_length": 33})) == ["unknown_until_apply"]


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    lines = cost_lines("azurerm_public_ip", {"allocation_method": "Static"}, region="marsnorth")
    assert str(lines["IP address (static, regional)"]).startswith("price_not_found")


def test_nat_gateways_bill_hours_and_data(cost_lines: CostLines) -> None:
    lines = cost_lines("azurerm_nat_gateway", {}, {"monthly_data_processed_gb": 10}, region="westeurope")
    assert lines == {"NAT gateway": Decimal("32.85"), "Data processed": Decimal("0.45")}
