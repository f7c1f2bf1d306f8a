"""Azure Automation."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

_JOBS = {"monthly_job_run_mins": 500}
_NODES = {"non_azure_config_node_count": 5}
EXAMPLES = (
    Example("azurerm_automation_account", {}, {**_JOBS, **_NODES}),
    Example("azurerm_automation_dsc_configuration", {}, _NODES),
    Example("azurerm_automation_dsc_nodeconfiguration", {}, _NODES),
    Example("azurerm_automation_job_schedule", {}, _JOBS),
    Example("azurerm_automation_watcher", {}, {"monthly_hrs": 100}),
)


def test_jobs_and_nodes_are_billed_without_the_subscriptions_free_amounts(cost_lines: CostLines) -> None:
    assert cost_lines("azurerm_automation_account", {}, {**_JOBS, **_NODES}) == {
        "Job run time": Decimal("1.00"),
        "Non-Azure configuration nodes": Decimal("30.00"),
    }
    assert cost_lines("azurerm_automation_job_schedule", {}) == {"Job run time": "usage"}


def test_a_watcher_watches_all_the_time_unless_told(cost_lines: CostLines) -> None:
    assert cost_lines("azurerm_automation_watcher", {}) == {"Watcher": Decimal("1.46")}
    assert cost_lines("azurerm_automation_watcher", {}, {"monthly_hrs": 100}) == {"Watcher": Decimal("0.20")}
