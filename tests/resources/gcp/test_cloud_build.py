"""Cloud Build."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

TRIGGER, POOL = "google_cloudbuild_trigger", "google_cloudbuild_worker_pool"
TOLD = {"monthly_build_minutes": 1000}

EXAMPLES = (
    Example(TRIGGER, {"build": [{"options": [{"machine_type": "E2_HIGHCPU_8"}]}]}, TOLD),
    Example(POOL, {"worker_config": [{"machine_type": "e2-medium"}]}, TOLD),
)


@pytest.mark.parametrize(
    ("attributes", "name", "cost"),
    [
        ({}, "Build minutes (e2-standard-2)", "6.00"),
        ({"build": [{"options": [{"machine_type": "UNSPECIFIED"}]}]}, "Build minutes (e2-standard-2)", "6.00"),
        ({"build": [{"options": [{"machine_type": "E2_HIGHCPU_8"}]}]}, "Build minutes (e2-highcpu-8)", "16.00"),
        ({"build": [{"options": [{"machine_type": "N1_HIGHCPU_32"}]}]}, "Build minutes (n1-highcpu-32)", "64.00"),
    ],
)
def test_minutes_cost_by_machine(cost_lines: CostLines, attributes: dict[str, Any], name: str, cost: str) -> None:
    assert cost_lines(TRIGGER, attributes, TOLD) == {name: Decimal(cost)}


def test_a_private_pool_has_a_machine_type(cost_lines: CostLines) -> None:
    lines = cost_lines(POOL, {"worker_config": [{"machine_type": "e2-medium"}]}, TOLD)
    assert lines == {"Build minutes (e2-medium)": Decimal("3.00")}
