"""CDN endpoints."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.resources.azure.content_delivery import cdn_zone

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines
    from tollbar.resource import Resource

ENDPOINT, PROFILE = "azurerm_cdn_endpoint", "azurerm_cdn_profile"
OWN = {"profile_name": (f"{PROFILE}.this",)}
RULES = {"delivery_rule": [{"name": f"r{number}"} for number in range(7)], "global_delivery_rule": [{}]}
OUTBOUND = "Outbound data transfer"


def profile(sku: str) -> Resource:
    return declared(PROFILE, {"sku": sku})


EXAMPLES = (
    Example(
        ENDPOINT,
        RULES,
        {"monthly_outbound_gb": 20_000, "monthly_rules_engine_requests": 1_000_000},
        others=(profile("Standard_Microsoft"),),
        references=OWN,
    ),
    Example(
        ENDPOINT,
        {"optimization_type": "DynamicSiteAcceleration"},
        {"monthly_outbound_gb": 20_000},
        others=(profile("Standard_Verizon"),),
        references=OWN,
    ),
)


@pytest.mark.parametrize(
    ("sku", "gb", "cost"),
    [
        ("Standard_Microsoft", 10_000, "810.00"),
        ("Standard_Akamai", 700_000, "27960.00"),
        ("Standard_Verizon", 60_000, "4370.00"),
        ("Premium_Verizon", 50_000, "7180.00"),
    ],
)
def test_what_leaves_costs_by_kind_and_amount(cost_lines: CostLines, sku: str, gb: int, cost: str) -> None:
    lines = cost_lines(ENDPOINT, {}, {"monthly_outbound_gb": gb}, others=[profile(sku)], references=OWN)
    assert lines == {OUTBOUND: Decimal(cost)}


def test_rules_beyond_five_and_their_requests(cost_lines: CostLines) -> None:
    usage = {"monthly_outbound_gb": 10_000, "monthly_rules_engine_requests": 10_000_000}
    lines = cost_lines(ENDPOINT, RULES, usage, others=[profile("Standard_Microsoft")], references=OWN)
    assert lines == {
        OUTBOUND: Decimal("810.00"),
        "Rules beyond 5": Decimal("3.00"),
        "Rules engine requests": Decimal("6.00"),
    }
    few: dict[str, Any] = {"delivery_rule": [{}]}
    lines = cost_lines(ENDPOINT, few, usage, others=[profile("Standard_Microsoft")], references=OWN)
    assert list(lines) == [OUTBOUND, "Rules engine requests"]


def test_acceleration_costs_on_top(cost_lines: CostLines) -> None:
    attributes = {"optimization_type": "DynamicSiteAcceleration"}
    usage = {"monthly_outbound_gb": 60_000}
    lines = cost_lines(ENDPOINT, attributes, usage, others=[profile("Standard_Verizon")], references=OWN)
    assert lines == {OUTBOUND: Decimal("4370.00"), "Acceleration of dynamic sites": Decimal("10430.00")}


def test_what_is_not_known_is_not_guessed(cost_lines: CostLines) -> None:
    assert list(cost_lines(ENDPOINT, {"profile_name": "elsewhere"})) == ["unknown_until_apply"]
    lines = cost_lines(ENDPOINT, {}, others=[profile("Standard_Microsoft")], references=OWN, region="japaneast")
    assert str(lines[OUTBOUND]).startswith("price_not_found")


@pytest.mark.parametrize(
    ("region", "zone"),
    [
        ("westeurope", 1),
        ("southafricanorth", 1),
        ("southeastasia", 2),
        ("brazilsouth", 3),
        ("australiaeast", 4),
        ("centralindia", 5),
        (None, 1),
    ],
)
def test_zones(region: str | None, zone: int) -> None:
    assert cdn_zone(region) == f"zone_{zone}"
