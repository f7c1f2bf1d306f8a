"""Transit Gateway attachments."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (
    Example("aws_ec2_transit_gateway_vpc_attachment", {"vpc_id": "vpc-1"}, {"monthly_data_processed_gb": 100}),
    Example("aws_ec2_transit_gateway_peering_attachment", {"peer_region": "eu-west-1"}),
    Example("aws_dx_gateway_association", {"associated_gateway_id": "tgw-1"}, {"monthly_data_processed_gb": 100}),
)
ATTACHED = {"Transit gateway attachment": Decimal("36.50"), "Data processed": "usage"}


@pytest.mark.parametrize("type_name", ["aws_ec2_transit_gateway_vpc_attachment", "aws_dx_gateway_association"])
def test_an_attachment_bills_hours_and_what_it_sends(cost_lines: CostLines, type_name: str) -> None:
    assert cost_lines(type_name, {}) == ATTACHED
    used = cost_lines(type_name, {}, {"monthly_data_processed_gb": 100})
    assert used == {"Transit gateway attachment": Decimal("36.50"), "Data processed": Decimal("2.00")}


def test_what_comes_over_a_peering_was_billed_before(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_ec2_transit_gateway_peering_attachment", {})
    assert lines == {"Transit gateway attachment": Decimal("36.50")}


def test_a_vpn_gateway_is_associated_for_free(cost_lines: CostLines) -> None:
    assert cost_lines("aws_dx_gateway_association", {"associated_gateway_id": "vgw-1"}) == {}
    lines = cost_lines(
        "aws_dx_gateway_association",
        {"associated_gateway_id": UNKNOWN},
        others=[declared("aws_vpn_gateway", {})],
        references={"associated_gateway_id": ("aws_vpn_gateway.this",)},
    )
    assert lines == {}
