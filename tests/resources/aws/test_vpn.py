"""Site-to-site and client VPN."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (
    Example("aws_vpn_connection", {"vpn_gateway_id": "vgw-1"}),
    Example(
        "aws_vpn_connection",
        {"transit_gateway_id": "tgw-1", "enable_acceleration": True},
        {"monthly_data_processed_gb": 100},
    ),
    Example("aws_ec2_client_vpn_endpoint"),
    Example("aws_ec2_client_vpn_network_association"),
)


def test_a_connection_to_a_vpn_gateway_bills_its_hours(cost_lines: CostLines) -> None:
    assert cost_lines("aws_vpn_connection", {"vpn_gateway_id": "vgw-1"}) == {"VPN connection": Decimal("36.50")}


@pytest.mark.parametrize("gateway", ["tgw-1", UNKNOWN])
def test_a_connection_to_a_transit_gateway_is_an_attachment_too(cost_lines: CostLines, gateway: object) -> None:
    lines = cost_lines("aws_vpn_connection", {"transit_gateway_id": gateway}, {"monthly_data_processed_gb": 100})
    assert lines == {
        "VPN connection": Decimal("36.50"),
        "Transit gateway attachment": Decimal("36.50"),
        "Data processed": Decimal("2.00"),
    }


def test_an_accelerated_connection_has_two_accelerators(cost_lines: CostLines) -> None:
    # 2 x 730 h at 0.025
    lines = cost_lines("aws_vpn_connection", {"vpn_gateway_id": "vgw-1", "enable_acceleration": True})
    assert lines == {"VPN connection": Decimal("36.50"), "Accelerators": Decimal("36.50")}


def test_acceleration_that_only_apply_tells_is_reported(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_vpn_connection", {"vpn_gateway_id": "vgw-1", "enable_acceleration": UNKNOWN})
    assert lines == {
        "VPN connection": Decimal("36.50"),
        "unknown_until_apply": "enable_acceleration is known only after apply",
    }


def test_client_vpn(cost_lines: CostLines) -> None:
    assert cost_lines("aws_ec2_client_vpn_endpoint", {}) == {"Connection": Decimal("36.50")}
    assert cost_lines("aws_ec2_client_vpn_network_association", {}) == {"Endpoint association": Decimal("73.00")}
