"""Virtual WAN hubs, gateways and connections."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

HUB = "azurerm_virtual_hub"
P2S = "azurerm_point_to_site_vpn_gateway"
CONNECTED = {"monthly_p2s_connections_hrs": 1000}

EXAMPLES = (
    Example(
        HUB,
        {"sku": "Standard", "virtual_router_auto_scale_min_capacity": 3},
        {"monthly_data_processed_gb": 90},
        grows=("virtual_router_auto_scale_min_capacity",),
    ),
    Example("azurerm_vpn_gateway", {"scale_unit": 2}, grows=("scale_unit",)),
    Example("azurerm_vpn_gateway_connection"),
    Example(P2S, {"scale_unit": 1}, CONNECTED, grows=("scale_unit",)),
    Example("azurerm_express_route_gateway", {"scale_units": 1}, grows=("scale_units",)),
    Example("azurerm_express_route_connection"),
)


@pytest.mark.parametrize("region", ["eastus", "westeurope"])
def test_a_hub_costs_hours_and_data(cost_lines: CostLines, region: str) -> None:
    lines = cost_lines(HUB, {"sku": "Standard"}, {"monthly_data_processed_gb": 90}, region=region)
    assert lines == {"Deployment": Decimal("182.50"), "Data processed": Decimal("1.80")}


def test_routing_units_beyond_two_cost_extra(cost_lines: CostLines) -> None:
    lines = cost_lines(HUB, {"virtual_router_auto_scale_min_capacity": 5})
    assert lines["Routing infrastructure units beyond 2"] == Decimal("219.00")


def test_a_basic_hub_is_free(cost_lines: CostLines) -> None:
    assert cost_lines(HUB, {"sku": "Basic"}) == {}


@pytest.mark.parametrize(
    ("kind", "attributes", "cost"),
    [
        ("azurerm_vpn_gateway", {}, "263.53"),
        ("azurerm_vpn_gateway", {"scale_unit": 2}, "527.06"),
        ("azurerm_express_route_gateway", {"scale_units": 4}, "1226.40"),
    ],
)
def test_gateways_cost_by_scale_unit(cost_lines: CostLines, kind: str, attributes: dict[str, int], cost: str) -> None:
    assert cost_lines(kind, attributes) == {"Scale units": Decimal(cost)}


def test_users_of_a_point_to_site_gateway_cost_while_connected(cost_lines: CostLines) -> None:
    lines = cost_lines(P2S, {"scale_unit": 5}, CONNECTED, region="westeurope")
    assert lines == {"Scale units": Decimal("1317.65"), "Point-to-site connections": Decimal("12.50")}


@pytest.mark.parametrize("kind", ["azurerm_vpn_gateway_connection", "azurerm_express_route_connection"])
def test_connections_cost_hours(cost_lines: CostLines, kind: str) -> None:
    assert cost_lines(kind, {}) == {"Connection": Decimal("36.50")}
