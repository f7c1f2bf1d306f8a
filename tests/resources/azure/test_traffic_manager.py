"""Traffic Manager profiles and endpoints."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

PROFILE = "azurerm_traffic_manager_profile"
ENDPOINTS = {
    "azurerm_traffic_manager_azure_endpoint": ("0.36", "1.00"),
    "azurerm_traffic_manager_external_endpoint": ("0.54", "2.00"),
    "azurerm_traffic_manager_nested_endpoint": ("0.36", "1.00"),
}
FAST = declared(PROFILE, {"monitor_config": [{"interval_in_seconds": 10}]})
OWN = {"profile_id": (FAST.address,)}

EXAMPLES = (
    Example(
        PROFILE,
        {"profile_status": "Enabled", "traffic_view_enabled": True},
        {"monthly_dns_queries": 1_500_000_000, "monthly_traffic_view_data_points": 1_000_000},
    ),
    *(Example(kind, {"enabled": True}, others=(FAST,), references=OWN) for kind in ENDPOINTS),
)


def test_a_profile_bills_queries_and_its_view(cost_lines: CostLines) -> None:
    usage = {"monthly_dns_queries": 1_500_000_000, "monthly_traffic_view_data_points": 2_000_000}
    assert cost_lines(PROFILE, {"traffic_view_enabled": True}, usage) == {
        "DNS queries": Decimal("727.50"),
        "Traffic View": Decimal("4.00"),
    }
    assert cost_lines(PROFILE, {}) == {"DNS queries": "usage"}


@pytest.mark.parametrize(("kind", "checks", "fast"), [(kind, *costs) for kind, costs in ENDPOINTS.items()])
def test_an_endpoint_bills_its_checks(cost_lines: CostLines, kind: str, checks: str, fast: str) -> None:
    slow = declared(PROFILE, {"monitor_config": [{"interval_in_seconds": 30}]})
    lines = {"Health checks": Decimal(checks)}
    assert cost_lines(kind, {}) == lines
    assert cost_lines(kind, {}, others=[slow], references=OWN) == lines
    faster = {**lines, "Health checks every 10 seconds": Decimal(fast)}
    assert cost_lines(kind, {}, others=[FAST], references=OWN) == faster


@pytest.mark.parametrize("kind", ENDPOINTS)
def test_what_is_disabled_costs_nothing(cost_lines: CostLines, kind: str) -> None:
    off = declared(PROFILE, {"profile_status": "Disabled"})
    assert cost_lines(kind, {"enabled": False}) == {}
    assert cost_lines(kind, {}, others=[off], references=OWN) == {}
    assert cost_lines(PROFILE, {"profile_status": "Disabled"}) == {}


def test_an_unknown_interval_ends_the_surcharge_only(cost_lines: CostLines) -> None:
    owner = declared(PROFILE, {"monitor_config": [{"interval_in_seconds": UNKNOWN}]})
    lines = cost_lines("azurerm_traffic_manager_azure_endpoint", {}, others=[owner], references=OWN)
    assert lines == {
        "Health checks": Decimal("0.36"),
        "unknown_until_apply": "monitor_config.interval_in_seconds is known only after apply",
    }
