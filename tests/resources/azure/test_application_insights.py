"""Application Insights and web tests."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

_INSIGHTS, _WEB_TEST = "azurerm_application_insights", "azurerm_application_insights_web_test"
_STANDARD = "azurerm_application_insights_standard_web_test"
EXAMPLES = (
    Example(_INSIGHTS, {"retention_in_days": 120}, {"monthly_data_ingested_gb": 1_000}),
    Example(_WEB_TEST, {"kind": "multistep", "enabled": True}),
    Example(_STANDARD, {"geo_locations": ["a", "b"], "frequency": 600}),
)


def test_data_is_kept_for_ninety_days_without_charge(cost_lines: CostLines) -> None:
    assert cost_lines(_INSIGHTS, {}, {"monthly_data_ingested_gb": 1_000}) == {"Data ingested": Decimal("2300.00")}
    assert cost_lines(_INSIGHTS, {"retention_in_days": 120}, {"monthly_data_ingested_gb": 1_000}) == {
        "Data ingested": Decimal("2300.00"),
        "Data retention (120 days)": Decimal("100.00"),
    }


def test_only_multi_step_tests_that_are_enabled_cost_anything(cost_lines: CostLines) -> None:
    assert cost_lines(_WEB_TEST, {"kind": "multistep", "enabled": True}) == {"Multi-step web test": Decimal("10.00")}
    assert cost_lines(_WEB_TEST, {"kind": "multistep"}) == {}
    assert cost_lines(_WEB_TEST, {"kind": "ping", "enabled": True}) == {}


def test_standard_tests_are_billed_by_the_run(cost_lines: CostLines) -> None:
    lines = cost_lines(_STANDARD, {"geo_locations": ["a"]}, region="westeurope")
    assert lines == {"Standard web test (300 second frequency)": Decimal("5.65")}
    lines = cost_lines(_STANDARD, {"geo_locations": ["a", "b", "c"], "frequency": "900"})
    assert lines == {"Standard web test (900 second frequency)": Decimal("4.38")}
    assert cost_lines(_STANDARD, {"geo_locations": ["a"], "enabled": False}) == {}
