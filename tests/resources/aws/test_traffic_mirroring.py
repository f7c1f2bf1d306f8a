"""Traffic mirroring."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (Example("aws_ec2_traffic_mirror_session", {"session_number": 1}),)


def test_a_session_bills_its_hours(cost_lines: CostLines) -> None:
    assert cost_lines("aws_ec2_traffic_mirror_session", {}) == {"Traffic mirror": Decimal("10.95")}
