"""Network Firewall."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.example import Example
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

TYPE = "aws_networkfirewall_firewall"
SUBNETS = [{"subnet_id": "subnet-1"}, {"subnet_id": "subnet-2"}]
EXAMPLES = (Example(TYPE, {"subnet_mapping": SUBNETS}, {"monthly_data_processed_gb": 100}),)


@pytest.mark.parametrize(
    ("attributes", "cost"),
    [
        ({}, "288.35"),
        ({"subnet_mapping": SUBNETS[:1]}, "288.35"),
        ({"subnet_mapping": [{"subnet_id": UNKNOWN}, {"subnet_id": UNKNOWN}]}, "576.70"),
        ({"availability_zone_mapping": [{"availability_zone_id": "use1-az1"}] * 3}, "865.05"),
    ],
)
def test_there_is_an_endpoint_in_each_subnet_or_zone(
    cost_lines: CostLines, attributes: dict[str, Any], cost: str
) -> None:
    lines = cost_lines(TYPE, attributes)
    assert lines == {"Network Firewall endpoint": Decimal(cost), "Data processed": "usage"}


def test_the_data_it_processes(cost_lines: CostLines) -> None:
    assert cost_lines(TYPE, {}, {"monthly_data_processed_gb": 100})["Data processed"] == Decimal("6.50")


def test_subnets_that_only_apply_tells_leave_the_data(cost_lines: CostLines) -> None:
    lines = cost_lines(TYPE, {"subnet_mapping": UNKNOWN}, {"monthly_data_processed_gb": 100})
    assert lines == {
        "unknown_until_apply": "subnet_mapping is known only after apply",
        "Data processed": Decimal("6.50"),
    }
