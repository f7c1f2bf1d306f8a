"""Spanner."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

SPANNER = "google_spanner_instance"
CONFIG = {"config": "projects/p/instanceConfigs/regional-us-central1"}

EXAMPLES = (
    Example(SPANNER, {**CONFIG, "num_nodes": 2}, {"storage_gb": 100}, grows=("num_nodes",)),
    Example(
        SPANNER,
        {**CONFIG, "processing_units": 500, "edition": "ENTERPRISE"},
        {"storage_gb": 100},
        grows=("processing_units",),
    ),
)


@pytest.mark.parametrize(
    ("attributes", "name", "cost"),
    [
        ({"num_nodes": 2}, "Nodes (standard edition)", "1314.00"),
        ({"processing_units": 100}, "Nodes (standard edition)", "65.70"),
        ({}, "Nodes (standard edition)", "657.00"),
        ({"num_nodes": 1, "edition": "ENTERPRISE"}, "Nodes (enterprise edition)", "897.90"),
        ({"num_nodes": 1, "edition": "ENTERPRISE_PLUS"}, "Nodes (enterprise plus edition)", "1248.30"),
    ],
)
def test_nodes_cost_by_edition(cost_lines: CostLines, attributes: dict[str, Any], name: str, cost: str) -> None:
    lines = cost_lines(SPANNER, {**CONFIG, **attributes}, {"storage_gb": 100}, region=None)
    assert lines == {name: Decimal(cost), "Storage (SSD)": Decimal("30.00")}


def test_autoscaling_keeps_at_least_its_minimum(cost_lines: CostLines) -> None:
    limits = [{"min_processing_units": 1000, "max_processing_units": 5000}]
    lines = cost_lines(SPANNER, {**CONFIG, "autoscaling_config": [{"autoscaling_limits": limits}]})
    assert lines["Nodes (standard edition)"] == Decimal("657.00")


def test_a_trial_instance_is_free(cost_lines: CostLines) -> None:
    assert cost_lines(SPANNER, {**CONFIG, "instance_type": "FREE_INSTANCE"}) == {}
