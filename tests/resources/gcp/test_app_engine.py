"""App Engine."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

STANDARD, FLEXIBLE = "google_app_engine_standard_app_version", "google_app_engine_flexible_app_version"

EXAMPLES = (
    Example(STANDARD, {"instance_class": "F2"}, {"instance_hrs": 730}),
    Example(
        FLEXIBLE,
        {"resources": [{"cpu": 2, "memory_gb": 4, "disk_gb": 20}], "manual_scaling": [{"instances": 2}]},
        grows=("resources.cpu", "resources.memory_gb", "resources.disk_gb", "manual_scaling.instances"),
    ),
)


@pytest.mark.parametrize(
    ("attributes", "name", "cost"),
    [
        ({}, "Instances (F1)", "36.50"),
        ({"instance_class": "F4_1G"}, "Instances (F4_1G)", "219.00"),
        ({"basic_scaling": [{"max_instances": 5}]}, "Instances (B2)", "73.00"),
    ],
)
def test_instances_cost_by_class(cost_lines: CostLines, attributes: dict[str, Any], name: str, cost: str) -> None:
    assert cost_lines(STANDARD, attributes, {"instance_hrs": 730}) == {name: Decimal(cost)}


def test_manual_scaling_runs_all_the_time(cost_lines: CostLines) -> None:
    lines = cost_lines(STANDARD, {"manual_scaling": [{"instances": 2}], "instance_class": "B1"})
    assert lines == {"Instances (B1)": Decimal("73.00")}
    assert cost_lines(STANDARD, {}) == {"Instances (F1)": "usage"}


def test_a_flexible_version_costs_its_machines(cost_lines: CostLines) -> None:
    assert cost_lines(FLEXIBLE, {"automatic_scaling": [{"min_total_instances": 2, "max_total_instances": 10}]}) == {
        "vCPU": Decimal("76.80"),  # 2 x 730 h x $0.0526
        "Memory": Decimal("10.37"),  # 1 GiB each, of which the runtime takes 0.4
        "Persistent disk": Decimal("0.80"),
    }
