"""Elastic IP addresses."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example
from tollbar.resource import UNKNOWN_OR_UNSET

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (Example("aws_eip", {"domain": "vpc"}),)


@pytest.mark.parametrize(
    "attributes", [{}, {"instance": "i-1"}, {"public_ipv4_pool": "amazon"}, {"public_ipv4_pool": UNKNOWN_OR_UNSET}]
)
def test_an_address_is_billed_attached_or_not(cost_lines: CostLines, attributes: dict[str, object]) -> None:
    assert cost_lines("aws_eip", attributes) == {"Public IPv4 address": Decimal("3.65")}


def test_it_costs_the_same_everywhere(cost_lines: CostLines) -> None:
    assert cost_lines("aws_eip", {}, region="ap-south-2") == {"Public IPv4 address": Decimal("3.65")}


@pytest.mark.parametrize(
    "attributes", [{"public_ipv4_pool": "ipv4pool-ec2-012345"}, {"customer_owned_ipv4_pool": "ipv4pool-coip-1"}]
)
def test_addresses_of_the_customers_own_are_free(cost_lines: CostLines, attributes: dict[str, object]) -> None:
    assert cost_lines("aws_eip", attributes) == {}
