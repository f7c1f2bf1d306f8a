"""Amazon Lightsail: a plan's monthly price is that of 744 hours."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

import pytest

EXAMPLES = (
    Example("aws_lightsail_instance", {"bundle_id": "small_win_2_0"}),
    Example("aws_lightsail_database", {"bundle_id": "small_ha_2_0"}),
    Example("aws_lightsail_container_service", {"power": "micro", "scale": 2}, grows=("scale",)),
    Example("aws_lightsail_bucket", {"bundle_id": "small_1_0"}),
    Example("aws_lightsail_distribution", {"bundle_id": "medium_1_0"}),
    Example("aws_lightsail_lb"),
    Example("aws_lightsail_disk", {"size_in_gb": 64}, grows=("size_in_gb",)),
)


@pytest.mark.parametrize(
    ("type_name", "attributes", "name", "monthly"),
    [
        ("aws_lightsail_instance", {"bundle_id": "medium_3_0"}, "Virtual server (Linux/UNIX, medium_3_0)", "23.55"),
        ("aws_lightsail_instance", {"bundle_id": "small_win_2_0"}, "Virtual server (Windows, small_win_2_0)", "21.59"),
        ("aws_lightsail_database", {"bundle_id": "small_ha_2_0"}, "Database (small_ha_2_0)", "58.87"),
        ("aws_lightsail_container_service", {"power": "micro", "scale": 2}, "Container service (micro)", "19.62"),
        ("aws_lightsail_bucket", {"bundle_id": "small_1_0"}, "Bucket (small_1_0)", "1.00"),
        ("aws_lightsail_distribution", {"bundle_id": "medium_1_0"}, "Distribution (medium_1_0)", "10.00"),
        ("aws_lightsail_lb", {}, "Load balancer", "17.66"),
        ("aws_lightsail_disk", {"size_in_gb": 64}, "Block storage", "6.40"),
    ],
)
def test_plans(cost_lines: CostLines, type_name: str, attributes: dict[str, object], name: str, monthly: str) -> None:
    assert cost_lines(type_name, attributes) == {name: Decimal(monthly)}


@pytest.mark.parametrize("type_name", ["aws_lightsail_instance", "aws_lightsail_database", "aws_lightsail_disk"])
def test_an_undeclared_plan_is_unpriced(cost_lines: CostLines, type_name: str) -> None:
    assert list(cost_lines(type_name, {})) == ["unknown_until_apply"]


def test_a_plan_that_is_not_sold_is_unpriced_not_free(cost_lines: CostLines) -> None:
    (line,) = cost_lines("aws_lightsail_instance", {"bundle_id": "colossal_9_0"}).values()
    assert str(line).startswith("price_not_found")
