"""Virtual network gateways and the connections of VPN gateways."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines
    from tollbar.resource import Resource

GATEWAY, CONNECTION = "azurerm_virtual_network_gateway", "azurerm_virtual_network_gateway_connection"
OWN = {"virtual_network_gateway_id": (f"{GATEWAY}.this",)}
TUNNEL = "Site-to-site tunnel beyond the first 10"


def tunnels(count: int) -> list[Resource]:
    return [declared(CONNECTION, {}, name=f"a{number}", references=OWN) for number in range(count)]


EXAMPLES = (
    Example(GATEWAY, {"type": "Vpn", "sku": "VpnGw1"}, {"p2s_connection": 150, "monthly_data_transfer_gb": 20}),
    Example(GATEWAY, {"type": "ExpressRoute", "sku": "ErGw1AZ"}),
    Example(
        CONNECTION,
        {"type": "IPsec"},
        others=(declared(GATEWAY, {"type": "Vpn", "sku": "VpnGw2"}), *tunnels(10)),
        references=OWN,
    ),
)


@pytest.mark.parametrize(
    ("sku", "cost"),
    [
        ("Basic", "26.28"),
        ("VpnGw1", "138.70"),
        ("VpnGw1AZ", "153.30"),
        ("VpnGw2AZ", "394.20"),
        ("VpnGw3", "912.50"),
        ("VpnGw5AZ", "2934.60"),
    ],
)
def test_a_vpn_gateway_costs_by_sku(cost_lines: CostLines, sku: str, cost: str) -> None:
    usage = {"p2s_connection": 150, "monthly_data_transfer_gb": 20}
    assert cost_lines(GATEWAY, {"type": "Vpn", "sku": sku}, usage) == {
        f"VPN gateway ({sku})": Decimal(cost),
        "Point-to-site connections beyond 128": Decimal("160.60"),
        "Data transfer to networks of other regions": Decimal("0.70"),
    }


def test_128_point_to_site_connections_are_included(cost_lines: CostLines) -> None:
    attributes = {"type": "Vpn", "sku": "VpnGw1"}
    lines = cost_lines(GATEWAY, attributes, {"p2s_connection": 128})
    assert lines["Point-to-site connections beyond 128"] == Decimal(0)
    assert cost_lines(GATEWAY, attributes)["Point-to-site connections beyond 128"] == "usage"


@pytest.mark.parametrize(
    ("sku", "cost"),
    [
        ("Standard", "138.70"),
        ("HighPerformance", "357.70"),
        ("UltraPerformance", "1365.10"),
        ("ErGw1AZ", "263.53"),
        ("ErGw3AZ", "1570.23"),
        ("ErGwScale", "153.30"),
    ],
)
def test_an_expressroute_gateway_costs_by_sku(cost_lines: CostLines, sku: str, cost: str) -> None:
    lines = cost_lines(GATEWAY, {"type": "ExpressRoute", "sku": sku})
    assert lines == {f"ExpressRoute gateway ({sku})": Decimal(cost)}


@pytest.mark.parametrize(("others", "cost"), [(9, "0.00"), (10, "10.95")])
@pytest.mark.parametrize("sku", ["VpnGw1", "VpnGw2AZ"])
def test_ten_tunnels_of_a_gateway_are_included(cost_lines: CostLines, others: int, cost: str, sku: str) -> None:
    gateway = declared(GATEWAY, {"type": "Vpn", "sku": sku})
    lines = cost_lines(CONNECTION, {"type": "IPsec"}, others=[gateway, *tunnels(others)], references=OWN)
    assert lines == {TUNNEL: Decimal(cost)}


def test_an_expressroute_connection_is_free(cost_lines: CostLines) -> None:
    assert cost_lines(CONNECTION, {"type": "ExpressRoute"}) == {}


def test_what_is_not_known_is_not_guessed(cost_lines: CostLines) -> None:
    assert list(cost_lines(CONNECTION, {"type": "IPsec"})) == ["unknown_until_apply"]
    gateway = declared(GATEWAY, {"type": "Vpn", "sku": UNKNOWN})
    lines = cost_lines(CONNECTION, {"type": "IPsec"}, others=[gateway], references=OWN)
    assert lines == {"unknown_until_apply": "sku is known only after apply"}
