"""Azure Front Door: classic, firewall policies, profiles."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

CLASSIC, POLICY = "azurerm_frontdoor", "azurerm_frontdoor_firewall_policy"
PROFILE = "azurerm_cdn_frontdoor_profile"
ZONES = ("north_america_europe_africa", "asia_pacific", "south_america", "australia", "india", "us_gov")
OUTBOUND = {f"monthly_outbound_data_transfer_gb.{zone}": 1000 for zone in ZONES}
INBOUND = {"monthly_inbound_data_transfer_gb": 1000}
REQUESTS = {f"monthly_requests.{zone}": 1_000_000 for zone in ZONES}


def blocks(name: str, count: int) -> dict[str, Any]:
    return {name: [{"name": f"n{number}"} for number in range(count)]}


EXAMPLES = (
    Example(CLASSIC, {**blocks("routing_rule", 7), **blocks("frontend_endpoint", 102)}, {**OUTBOUND, **INBOUND}),
    Example(
        POLICY,
        {**blocks("custom_rule", 2), **blocks("managed_rule", 1)},
        {"monthly_custom_rule_requests": 1_000_000, "monthly_managed_ruleset_requests": 1_000_000},
    ),
    Example(PROFILE, {"sku_name": "Premium_AzureFrontDoor"}, {**OUTBOUND, **INBOUND, **REQUESTS}),
)


@pytest.mark.parametrize(("rules", "further"), [(1, None), (5, None), (7, "17.52")])
def test_routing_rules_cost_together_up_to_five(cost_lines: CostLines, rules: int, further: str | None) -> None:
    lines = cost_lines(CLASSIC, blocks("routing_rule", rules))
    assert lines["Routing rules (first 5)"] == Decimal("21.90")
    assert lines.get("Routing rules beyond 5") == (None if further is None else Decimal(further))


def test_a_hundred_domains_are_included(cost_lines: CostLines) -> None:
    assert "Domains beyond 100" not in cost_lines(CLASSIC, blocks("frontend_endpoint", 100))
    assert cost_lines(CLASSIC, blocks("frontend_endpoint", 102))["Domains beyond 100"] == Decimal("10.00")


def test_data_costs_by_the_visitors_zone(cost_lines: CostLines) -> None:
    lines = cost_lines(CLASSIC, {}, {**OUTBOUND, **INBOUND})
    assert lines == {
        "Routing rules (first 5)": Decimal("21.90"),
        "Inbound data transfer": Decimal("10.00"),
        "Outbound data transfer (North America, Europe and Africa)": Decimal("170.00"),
        "Outbound data transfer (Asia Pacific with Japan)": Decimal("250.00"),
        "Outbound data transfer (South America)": Decimal("500.00"),
        "Outbound data transfer (Australia)": Decimal("280.00"),
        "Outbound data transfer (India)": Decimal("340.00"),
        "Outbound data transfer (US Gov)": Decimal("213.00"),
    }


def test_a_policy_costs_by_its_rules(cost_lines: CostLines) -> None:
    attributes = {**blocks("custom_rule", 2), **blocks("managed_rule", 2)}
    usage = {"monthly_custom_rule_requests": 110_000, "monthly_managed_ruleset_requests": 1_000_000}
    assert cost_lines(POLICY, attributes, usage) == {
        "Policy": Decimal("5.00"),
        "Custom rules": Decimal("2.00"),
        "Custom rule requests": Decimal("0.07"),
        "Managed rule sets": Decimal("40.00"),
        "Managed rule set requests": Decimal("1.00"),
    }
    assert cost_lines(POLICY, {}) == {"Policy": Decimal("5.00")}


@pytest.mark.parametrize(("tier", "base", "requests"), [("Standard", "35.00", "0.90"), ("Premium", "330.00", "1.50")])
def test_profiles_cost_a_base_fee_requests_and_data(cost_lines: CostLines, tier: str, base: str, requests: str) -> None:
    lines = cost_lines(PROFILE, {"sku_name": f"{tier}_AzureFrontDoor"}, {**OUTBOUND, **INBOUND, **REQUESTS})
    assert lines[f"Base fee ({tier.lower()})"] == Decimal(base)
    assert lines["Data transfer to origins"] == Decimal("20.00")
    assert lines["Requests (North America, Europe and Africa)"] == Decimal(requests)
    assert lines["Outbound data transfer (South America)"] == Decimal("110.00")
