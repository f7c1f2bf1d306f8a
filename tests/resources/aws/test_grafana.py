"""Managed Grafana."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

TYPE = "aws_grafana_workspace"
EXAMPLES = (Example(TYPE, {}, {"editors_administrator_licenses": 2, "viewer_licenses": 3}),)


def test_one_user_at_least_administers(cost_lines: CostLines) -> None:
    assert cost_lines(TYPE, {}) == {"Editor/administrator licenses": Decimal("9.00"), "Viewer licenses": "usage"}


def test_users_that_are_told(cost_lines: CostLines) -> None:
    lines = cost_lines(TYPE, {}, {"editors_administrator_licenses": 2, "viewer_licenses": 3})
    assert lines == {"Editor/administrator licenses": Decimal("18.00"), "Viewer licenses": Decimal("15.00")}
