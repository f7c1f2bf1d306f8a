"""API Management services."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

_SERVICE = "azurerm_api_management"
EXAMPLES = (
    Example(_SERVICE, {"sku_name": "Consumption_0"}, {"monthly_api_calls": 1_000_000}),
    Example(_SERVICE, {"sku_name": "Premium_2"}, {"self_hosted_gateway_count": 1}),
    Example(_SERVICE, {"sku_name": "StandardV2_2"}, {"monthly_api_calls": 60_000_000}),
    Example(
        _SERVICE,
        {"sku_name": "Premium_1", "additional_location": [{"location": "East US 2", "capacity": 1}]},
        {"self_hosted_gateway_count": 0},
        grows=("additional_location.capacity",),
    ),
)


def test_classic_tiers_bill_every_unit_alike(cost_lines: CostLines) -> None:
    assert cost_lines(_SERVICE, {"sku_name": "Developer_1"}) == {"API management (developer)": Decimal("48.03")}
    assert cost_lines(_SERVICE, {"sku_name": "Standard_3"}) == {"API management (standard)": Decimal("2060.13")}
    assert cost_lines(_SERVICE, {"sku_name": "Premium_4"}, {"self_hosted_gateway_count": 5}) == {
        "API management (premium)": Decimal("11180.68"),
        "Self-hosted gateway": Decimal("1250.00"),
    }


def test_v2_tiers_bill_further_units_and_calls_apart(cost_lines: CostLines) -> None:
    lines = cost_lines(_SERVICE, {"sku_name": "StandardV2_3"}, {"monthly_api_calls": 60_000_000}, region="westeurope")
    assert lines == {
        "API management (standard_v2)": Decimal("700.00"),
        "API management (standard_v2, further units)": Decimal("1000.00"),
        "API calls (standard_v2)": Decimal("25.00"),
    }


def test_consumption_bills_calls(cost_lines: CostLines) -> None:
    lines = cost_lines(_SERVICE, {"sku_name": "Consumption_0"}, {"monthly_api_calls": 10_000_000})
    assert lines == {"API management (consumption)": Decimal("35.00")}


def test_units_in_further_regions_are_billed_there(cost_lines: CostLines) -> None:
    attributes = {"sku_name": "Premium_1", "additional_location": [{"location": "West Europe", "capacity": 2}]}
    assert cost_lines(_SERVICE, attributes, {"self_hosted_gateway_count": 0}) == {
        "API management (premium)": Decimal("2795.17"),
        "additional_location[westeurope]: API management units": Decimal("5590.34"),
        "Self-hosted gateway": Decimal("0.00"),
    }
