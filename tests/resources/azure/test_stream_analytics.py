"""Jobs of Stream Analytics."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.resource import Inventory
from tollbar.resources.azure.stream_analytics import TYPES
from tollbar.resources.registry import bill
from tollbar.usage import Usage

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


@pytest.mark.parametrize(("declared_units", "units"), [(3, "0.33"), (7, "0.67"), (10, "1.00"), (60, "6.00")])
def test_units_of_the_second_generation_are_numbered_by_tens(declared_units: int, units: str) -> None:
    resource = declared(JOB, {"sku_name": "StandardV2", "streaming_units": declared_units})
    (line,) = bill(resource, Usage({}, TYPES[0].usage_key_by_name), Inventory((resource,))).components
    assert round((line.quantity.expected or Decimal(0)) / 730, 2) == Decimal(units)


def test_a_job_on_a_cluster_costs_nothing_of_its_own(cost_lines: CostLines) -> None:
    assert cost_lines(JOB, {"streaming_units": 3, "stream_analytics_cluster_id": "/cluster"}) == {}


def test_an_edge_job_costs_its_devices(cost_lines: CostLines) -> None:
    assert list(cost_lines(JOB, {"type": "Edge"})) == ["Edge devices"]
