"""Directory Service."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.example import Example
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

TYPE = "aws_directory_service_directory"
STANDARD = {"type": "MicrosoftAD", "edition": "Standard"}
EXAMPLES = (
    Example(TYPE, {"type": "SimpleAD", "size": "Small"}, {"additional_domain_controllers": 3}),
    Example(
        TYPE,
        {**STANDARD, "desired_number_of_domain_controllers": 3},
        {"shared_accounts": 8},
        grows=("desired_number_of_domain_controllers",),
    ),
)


@pytest.mark.parametrize(
    ("attributes", "name", "cost"),
    [
        ({}, "Simple AD, Large", "219.00"),
        ({"type": "SimpleAD", "size": "Small"}, "Simple AD, Small", "73.00"),
        ({"type": "ADConnector", "size": "Small"}, "AD Connector, Small", "73.00"),
        ({"type": "ADConnector"}, "AD Connector, Large", "219.00"),
    ],
)
def test_a_directory_bills_two_controllers(
    cost_lines: CostLines, attributes: dict[str, Any], name: str, cost: str
) -> None:
    assert cost_lines(TYPE, attributes) == {f"Directory service ({name})": Decimal(cost)}


@pytest.mark.parametrize(
    ("attributes", "name", "cost"),
    [
        ({"type": "MicrosoftAD"}, "Microsoft AD, Enterprise", "292.00"),
        (STANDARD, "Microsoft AD, Standard", "87.60"),
        ({**STANDARD, "desired_number_of_domain_controllers": 4}, "Microsoft AD, Standard", "175.20"),
    ],
)
def test_a_microsoft_ad_bills_the_controllers_it_declares(
    cost_lines: CostLines, attributes: dict[str, Any], name: str, cost: str
) -> None:
    lines = cost_lines(TYPE, attributes)
    assert lines == {f"Directory service ({name})": Decimal(cost)}


def test_controllers_and_accounts_that_are_told(cost_lines: CostLines) -> None:
    assert cost_lines(TYPE, STANDARD, {"additional_domain_controllers": 4, "shared_accounts": 8}) == {
        "Directory service (Microsoft AD, Standard)": Decimal("87.60"),
        "Additional domain controllers": Decimal("175.20"),
        "Directory sharing": Decimal("105.12"),
    }


def test_a_type_that_only_apply_tells_is_reported(cost_lines: CostLines) -> None:
    assert cost_lines(TYPE, {"type": UNKNOWN}) == {"unknown_until_apply": "type is known only after apply"}
