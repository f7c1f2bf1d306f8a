"""Workspaces of Azure Databricks."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

WORKSPACE = "azurerm_databricks_workspace"
USAGE = {
    "monthly_all_purpose_compute_dbu_hrs": 1000,
    "monthly_jobs_compute_dbu_hrs": 2000,
    "monthly_jobs_light_compute_dbu_hrs": 4000,
}

EXAMPLES = (Example(WORKSPACE, {"sku": "standard"}, USAGE), Example(WORKSPACE, {"sku": "premium"}, USAGE))


@pytest.mark.parametrize(
    ("sku", "all_purpose", "jobs", "light"),
    [("standard", "400.00", "300.00", "280.00"), ("premium", "550.00", "600.00", "880.00")],
)
def test_units_cost_by_tier_and_work(cost_lines: CostLines, sku: str, all_purpose: str, jobs: str, light: str) -> None:
    assert cost_lines(WORKSPACE, {"sku": sku}, USAGE) == {
        "All-purpose compute DBUs": Decimal(all_purpose),
        "Jobs compute DBUs": Decimal(jobs),
        "Jobs light compute DBUs": Decimal(light),
    }


def test_a_trial_costs_no_units(cost_lines: CostLines) -> None:
    assert cost_lines(WORKSPACE, {"sku": "trial"}, USAGE) == {}
