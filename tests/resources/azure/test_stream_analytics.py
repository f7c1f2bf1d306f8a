"""Jobs of Stream Analytics."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

JOB = "azurerm_stream_analytics_job"

EXAMPLES = (
    Example(JOB, {"streaming_units": 3}, region="westeurope", grows=("streaming_units",)),
    Example(JOB, {"streaming_units": 3}, {"monthly_hours": 100}, "westeurope"),
)


def test_a_job_costs_its_units_while_it_runs(cost_lines: CostLines) -> None:
    attributes = {"streaming_units": 3, "sku_name": "Standard"}
    assert cost_lines(JOB, attributes, region="westeurope") == {"Streaming units": Decimal("262.80")}
    lines = cost_lines(JOB, attributes, {"monthly_hours": 100}, region="westeurope")
    assert lines == {"Streaming units": Decimal("36.00")}


def test_an_edge_job_costs_its_devices(cost_lines: CostLines) -> None:
    assert list(cost_lines(JOB, {"type": "Edge"})) == ["Edge devices"]
