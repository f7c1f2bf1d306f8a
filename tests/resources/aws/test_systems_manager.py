"""Systems Manager parameters and activations."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example
from tollbar.resource import UNKNOWN_OR_UNSET

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (
    Example(
        "aws_ssm_parameter",
        {"tier": "Advanced"},
        {"api_throughput_limit": "standard", "monthly_api_interactions": 100_000, "parameter_storage_hrs": 300},
    ),
    Example("aws_ssm_activation", {"registration_limit": 5000}, {"instance_tier": "advanced", "instances": 100}),
)


def test_an_advanced_parameter(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_ssm_parameter", {"tier": "Advanced"}, {"monthly_api_interactions": 100_000})
    assert lines == {"Parameter storage (advanced)": Decimal("0.05"), "API interactions": Decimal("0.50")}


def test_a_parameter_kept_for_a_part_of_the_month(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_ssm_parameter", {"tier": "Advanced"}, {"parameter_storage_hrs": 365})
    assert lines == {"Parameter storage (advanced)": Decimal("0.03"), "API interactions": "usage"}


@pytest.mark.parametrize("tier", [None, "Standard", "Intelligent-Tiering", UNKNOWN_OR_UNSET])
def test_a_standard_parameter_is_free_unless_its_throughput_is_higher(cost_lines: CostLines, tier: object) -> None:
    assert cost_lines("aws_ssm_parameter", {"tier": tier}, {"monthly_api_interactions": 100_000}) == {}
    usage = {"api_throughput_limit": "higher", "monthly_api_interactions": 100_000}
    assert cost_lines("aws_ssm_parameter", {"tier": tier}, usage) == {"API interactions": Decimal("0.50")}


@pytest.mark.parametrize(
    ("attributes", "usage", "expected"),
    [
        ({"registration_limit": 1001}, {}, "usage"),
        ({"registration_limit": 1001}, {"instances": 100}, Decimal("507.35")),
        ({}, {"instances": 100, "instance_tier": "advanced"}, Decimal("507.35")),
        ({"registration_limit": 1001}, {"instances": 100, "instance_tier": "standard"}, None),
        ({"registration_limit": 1000}, {"instances": 100}, None),
        ({}, {}, None),
    ],
)
def test_managed_nodes_are_billed_in_the_advanced_tier(
    cost_lines: CostLines, attributes: dict[str, object], usage: dict[str, object], expected: object
) -> None:
    lines = cost_lines("aws_ssm_activation", attributes, usage)
    assert lines.get("On-premises managed instances (advanced)") == expected


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_ssm_parameter", {"tier": "Advanced"}, region="mars-north-1")
    assert all(str(line).startswith("price_not_found") for line in lines.values())
