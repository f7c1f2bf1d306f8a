"""Cloud TPU."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

NODE, VM = "google_tpu_node", "google_tpu_v2_vm"

EXAMPLES = (
    Example(NODE, {"accelerator_type": "v3-8"}),
    Example(VM, {"accelerator_type": "v5litepod-16"}, {"monthly_hrs": 100}),
)


@pytest.mark.parametrize(
    ("accelerator", "region", "name", "cost"),
    [
        ("v2-8", "us-central1", "TPU (v2-8, on-demand)", "3285.00"),
        ("v3-8", "us-central1", "TPU (v3-8, on-demand)", "5840.00"),
        ("v4-8", "us-central2", "TPU chips (v4, 4, on-demand)", "9402.40"),
        ("v5litepod-16", "us-central1", "TPU chips (v5e, 16, on-demand)", "14016.00"),
        ("v5p-8", "us-east5", "TPU chips (v5p, 4, on-demand)", "12264.00"),
        ("v6e-8", "us-east1", "TPU chips (v6e, 8, on-demand)", "15768.00"),
    ],
)
def test_chips_cost_by_version(cost_lines: CostLines, accelerator: str, region: str, name: str, cost: str) -> None:
    assert cost_lines(VM, {"accelerator_type": accelerator}, region=region) == {name: Decimal(cost)}


def test_a_topology_names_its_chips(cost_lines: CostLines) -> None:
    config = [{"type": "V4", "topology": "2x2x4"}]
    lines = cost_lines(VM, {"accelerator_config": config}, region="us-central2")
    assert lines == {"TPU chips (v4, 16, on-demand)": Decimal("37609.60")}


def test_it_runs_as_long_as_told(cost_lines: CostLines) -> None:
    assert cost_lines(NODE, {"accelerator_type": "v2-8"}, {"monthly_hrs": 10}) == {
        "TPU (v2-8, on-demand)": Decimal("45.00")
    }


def test_a_spot_price_is_not_that_of_on_demand(cost_lines: CostLines) -> None:
    lines = cost_lines(VM, {"accelerator_type": "v5litepod-4", "scheduling_config": [{"spot": True}]})
    assert str(lines["TPU chips (v5e, 4, spot)"]).startswith("price_not_found")


def test_an_absent_type_is_unpriced(cost_lines: CostLines) -> None:
    assert list(cost_lines(VM, {})) == ["unknown_until_apply"]
