"""VPN gateways and private service connections."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EGRESS = "monthly_egress_data_transfer_gb"
PLACES = {
    f"{EGRESS}.same_region": 250,
    f"{EGRESS}.us_or_canada": 100,
    f"{EGRESS}.europe": 70,
    f"{EGRESS}.asia": 50,
    f"{EGRESS}.south_america": 100,
    f"{EGRESS}.oceania": 50,
    f"{EGRESS}.worldwide": 200,
}
OUTSIDE = {f"{EGRESS}.worldwide": 12500, f"{EGRESS}.china": 8500, f"{EGRESS}.australia": 250}

EXAMPLES = (
    Example("google_compute_ha_vpn_gateway", {}, PLACES),
    Example("google_compute_vpn_gateway", {}, PLACES),
    Example("google_compute_external_vpn_gateway", {}, OUTSIDE),
    Example("google_compute_vpn_tunnel"),
    Example("google_service_networking_connection", {}, PLACES),
)


@pytest.mark.parametrize(
    ("type_name", "what"),
    [
        ("google_compute_ha_vpn_gateway", "IPSec traffic"),
        ("google_compute_vpn_gateway", "IPSec traffic"),
        ("google_service_networking_connection", "Traffic"),
    ],
)
def test_data_between_regions_cost_by_how_far_they_go(cost_lines: CostLines, type_name: str, what: str) -> None:
    assert cost_lines(type_name, {}, PLACES) == {
        f"Network egress: {what} within the same region": Decimal("5.00"),
        f"Network egress: {what} within the US or Canada": Decimal("2.00"),
        f"Network egress: {what} within Europe": Decimal("1.40"),
        f"Network egress: {what} within Asia": Decimal("4.00"),
        f"Network egress: {what} within South America": Decimal("14.00"),
        f"Network egress: {what} to/from Indonesia and Oceania": Decimal("5.00"),
        f"Network egress: {what} between continents (excludes Oceania)": Decimal("16.00"),
    }


def test_data_to_outside_cost_in_tiers(cost_lines: CostLines) -> None:
    named = "Network egress: IPSec traffic to"
    assert cost_lines("google_compute_external_vpn_gateway", {}, OUTSIDE) == {
        f"{named} worldwide excluding China, Australia but including Hong Kong": Decimal("1317.44"),
        f"{named} China excluding Hong Kong": Decimal("1880.24"),
        f"{named} Australia": Decimal("47.50"),
    }


def test_a_tunnel_costs_by_the_hour(cost_lines: CostLines) -> None:
    assert cost_lines("google_compute_vpn_tunnel", {}) == {"VPN tunnel": Decimal("36.50")}


def test_nothing_told_is_unknown(cost_lines: CostLines) -> None:
    assert set(cost_lines("google_compute_ha_vpn_gateway", {}).values()) == {"usage"}
