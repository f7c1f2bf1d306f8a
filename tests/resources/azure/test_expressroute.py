"""ExpressRoute circuits and ports."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.example import Example
from tollbar.resources.azure.expressroute import expressroute_zone

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

CIRCUIT, PORT = "azurerm_express_route_circuit", "azurerm_express_route_port"
USAGE = {"monthly_outbound_data_transfer_gb": 1000}


def circuit(mbps: int, tier: str = "Standard", family: str = "MeteredData") -> dict[str, Any]:
    return {"sku": [{"tier": tier, "family": family}], "bandwidth_in_mbps": mbps}


EXAMPLES = (
    Example(CIRCUIT, circuit(50), USAGE),
    Example(CIRCUIT, circuit(1000, family="UnlimitedData")),
    Example(PORT, {"bandwidth_in_gbps": 10}),
)


@pytest.mark.parametrize(
    ("mbps", "speed", "cost"), [(50, "50 mbps", "55.00"), (500, "500 mbps", "290.00"), (1000, "1 gbps", "436.00")]
)
def test_a_metered_circuit_costs_by_speed_and_data(cost_lines: CostLines, mbps: int, speed: str, cost: str) -> None:
    assert cost_lines(CIRCUIT, circuit(mbps), USAGE) == {
        f"Circuit (standard, metered, {speed})": Decimal(cost),
        "Outbound data transfer": Decimal("25.00"),
    }


def test_an_unlimited_circuit_has_its_data_included(cost_lines: CostLines) -> None:
    lines = cost_lines(CIRCUIT, circuit(1000, family="UnlimitedData"), USAGE)
    assert lines == {"Circuit (standard, unlimited, 1 gbps)": Decimal("5700.00")}


def test_what_has_no_price_is_not_guessed(cost_lines: CostLines) -> None:
    premium = cost_lines(CIRCUIT, circuit(50, tier="Premium"))
    assert str(premium["Circuit (premium, metered, 50 mbps)"]).startswith("price_not_found")
    far_away = cost_lines(CIRCUIT, circuit(50), region="japaneast")
    assert str(far_away["Circuit (standard, metered, 50 mbps)"]).startswith("price_not_found")
    assert list(cost_lines(CIRCUIT, {"sku": [{"tier": "Standard"}]})) == ["unknown_until_apply"]


@pytest.mark.parametrize(("gbps", "cost"), [(10, "6000.00"), (100, "51300.00")])
def test_ports_cost_a_month_by_speed(cost_lines: CostLines, gbps: int, cost: str) -> None:
    assert cost_lines(PORT, {"bandwidth_in_gbps": gbps}) == {f"Port pair ({gbps} Gbps)": Decimal(cost)}
    assert list(cost_lines(PORT, {})) == ["unknown_until_apply"]


@pytest.mark.parametrize(
    ("region", "zone"),
    [("westeurope", "zone_1"), ("japaneast", "zone_2"), ("brazilsouth", "zone_3"), (None, "zone_1")],
)
def test_zones(region: str | None, zone: str) -> None:
    assert expressroute_zone(region) == zone
