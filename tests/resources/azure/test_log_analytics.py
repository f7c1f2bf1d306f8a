"""Log Analytics workspaces, with and without Sentinel."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

_WORKSPACE = "azurerm_log_analytics_workspace"
_SOLUTION = declared(
    "azurerm_log_analytics_solution",
    {"solution_name": "SecurityInsights"},
    references={"workspace_resource_id": (f"{_WORKSPACE}.this",)},
)
_BY_USE = {
    "monthly_log_data_export_gb": 40,
    "monthly_basic_log_data_ingestion_gb": 50,
    "monthly_basic_log_search_gb": 60,
    "monthly_archive_data_gb": 70,
    "monthly_archive_data_restored_gb": 80,
    "monthly_archive_data_searched_gb": 90,
}
EXAMPLES = (
    Example(
        _WORKSPACE,
        {"sku": "PerGB2018", "retention_in_days": 100},
        {
            "monthly_log_data_ingestion_gb": 20,
            "monthly_sentinel_data_ingestion_gb": 20,
            "monthly_additional_log_data_retention_gb": 30,
            **_BY_USE,
        },
        others=(_SOLUTION,),
    ),
    Example(_WORKSPACE, {"sku": "CapacityReservation", "reservation_capacity_in_gb_per_day": 100}, _BY_USE),
)


def test_each_use_has_its_line(cost_lines: CostLines) -> None:
    usage = {"monthly_log_data_ingestion_gb": 20, "monthly_additional_log_data_retention_gb": 30, **_BY_USE}
    lines = cost_lines(_WORKSPACE, {"sku": "PerGB2018", "retention_in_days": 33}, usage, region="westeurope")
    assert lines == {
        "Log data ingestion": Decimal("59.80"),
        "Log data retention": Decimal("3.90"),
        "Log data export": Decimal("5.20"),
        "Basic log data ingestion": Decimal("32.50"),
        "Basic log search queries": Decimal("0.39"),
        "Archive data": Decimal("1.82"),
        "Archive data restored": Decimal("10.40"),
        "Archive data searched": Decimal("0.59"),
    }


def test_a_month_of_retention_is_free(cost_lines: CostLines) -> None:
    assert "Log data retention" not in cost_lines(_WORKSPACE, {"retention_in_days": 31})
    assert "Log data retention" not in cost_lines(_WORKSPACE, {"retention_in_days": 90}, others=[_SOLUTION])


def test_a_commitment_is_billed_by_the_day(cost_lines: CostLines) -> None:
    attributes = {"sku": "CapacityReservation", "reservation_capacity_in_gb_per_day": 100}
    lines = cost_lines(_WORKSPACE, attributes, others=[_SOLUTION])
    assert lines["Log data ingestion (100 GB a day)"] == Decimal("5961.67")
    assert lines["Sentinel data analysis (100 GB a day)"] == Decimal("3041.67")
    assert "unknown_until_apply" in cost_lines(_WORKSPACE, {"sku": "CapacityReservation"})


@pytest.mark.parametrize(
    "kind", ["azurerm_sentinel_data_connector_office_365", "azurerm_sentinel_log_analytics_workspace_onboarding"]
)
def test_what_sentinel_analyses_is_billed_where_the_project_has_it(cost_lines: CostLines, kind: str) -> None:
    part = declared(kind, {}, references={"log_analytics_workspace_id": (f"{_WORKSPACE}.this",)})
    usage = {"monthly_sentinel_data_ingestion_gb": 40}
    assert cost_lines(_WORKSPACE, {}, usage, others=[part])["Sentinel data analysis"] == Decimal("80.00")
    assert "Sentinel data analysis" not in cost_lines(_WORKSPACE, {}, usage)


def test_a_solution_may_name_its_workspace(cost_lines: CostLines) -> None:
    solution = declared(
        "azurerm_log_analytics_solution", {"solution_name": "SecurityInsights", "workspace_name": "logs"}
    )
    assert "Sentinel data analysis" in cost_lines(_WORKSPACE, {"name": "logs"}, others=[solution])
    assert "Sentinel data analysis" not in cost_lines(_WORKSPACE, {"name": "other"}, others=[solution])


def test_legacy_tiers_are_not_priced_and_the_free_one_is_free(cost_lines: CostLines) -> None:
    assert list(cost_lines(_WORKSPACE, {"sku": "PerNode"})) == ["price_not_found"]
    assert cost_lines(_WORKSPACE, {"sku": "Free"}) == {}
