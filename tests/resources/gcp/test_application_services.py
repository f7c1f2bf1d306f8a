"""Cloud Scheduler, Cloud Tasks, Workflows, API Gateway."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (
    Example("google_cloud_scheduler_job", {"schedule": "0 * * * *"}),
    Example("google_cloud_tasks_queue", {}, {"monthly_operations": 1_000_000}),
    Example("google_workflows_workflow", {}, {"monthly_internal_steps": 10_000, "monthly_external_steps": 10_000}),
    Example("google_api_gateway_gateway", {}, {"monthly_api_calls": 5_000_000}),
)


def test_a_job_costs_by_the_month(cost_lines: CostLines) -> None:
    assert cost_lines("google_cloud_scheduler_job", {}) == {"Job": Decimal("0.10")}


def test_tasks_cost_by_the_million(cost_lines: CostLines) -> None:
    lines = cost_lines("google_cloud_tasks_queue", {}, {"monthly_operations": 10_000_000})
    assert lines == {"Operations": Decimal("4.00")}


def test_steps_cost_by_the_thousand(cost_lines: CostLines) -> None:
    told = {"monthly_internal_steps": 100_000, "monthly_external_steps": 100_000}
    assert cost_lines("google_workflows_workflow", {}, told) == {
        "Internal steps": Decimal("1.00"),
        "External steps": Decimal("2.50"),
    }


def test_the_first_two_million_calls_are_free(cost_lines: CostLines) -> None:
    lines = cost_lines("google_api_gateway_gateway", {}, {"monthly_api_calls": 5_000_000})
    assert lines == {"API calls": Decimal("9.00")}
