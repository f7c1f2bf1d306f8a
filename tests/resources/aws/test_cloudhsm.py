"""CloudHSM."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (Example("aws_cloudhsm_v2_hsm", {"subnet_id": "subnet-1"}, {"monthly_hrs": 100}),)


def test_a_module_runs_all_month_unless_told(cost_lines: CostLines) -> None:
    assert cost_lines("aws_cloudhsm_v2_hsm", {}) == {"HSM usage": Decimal("1168.00")}
    assert cost_lines("aws_cloudhsm_v2_hsm", {}, {"monthly_hrs": 100}) == {"HSM usage": Decimal("160.00")}
