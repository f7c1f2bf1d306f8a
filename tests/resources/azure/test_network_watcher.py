"""Network Watcher: checks, flow logs, connection monitors."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.example import Example
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

WATCHER = "azurerm_network_watcher"
LOG = "azurerm_network_watcher_flow_log"
MONITOR = "azurerm_network_connection_monitor"


def group(sources: int, destinations: int, configurations: int, *, enabled: bool = True) -> dict[str, Any]:
    return {
        "enabled": enabled,
        "source_endpoints": [f"s{number}" for number in range(sources)],
        "destination_endpoints": [f"d{number}" for number in range(destinations)],
        "test_configuration_names": [f"c{number}" for number in range(configurations)],
    }


def analysed(**attributes: Any) -> dict[str, Any]:
    return {"enabled": True, "traffic_analytics": [{"enabled": True, **attributes}]}


EXAMPLES = (
    Example(WATCHER, {}, {"monthly_diagnostic_checks": 10_000}),
    Example(LOG, analysed(interval_in_minutes=10), {"monthly_logs_collected_gb": 20}),
    Example(MONITOR, {"test_group": [group(3, 2, 2)]}),
    Example(MONITOR, {}, {"tests": 500_000}),
)


def test_a_thousand_checks_are_free(cost_lines: CostLines) -> None:
    assert cost_lines(WATCHER, {}, {"monthly_diagnostic_checks": 10_000}) == {"Diagnostic checks": Decimal("9.00")}
    assert cost_lines(WATCHER, {}) == {"Diagnostic checks": "usage"}


@pytest.mark.parametrize(
    ("attributes", "minutes", "cost"), [({}, 60, "46.00"), ({"interval_in_minutes": 10}, 10, "70.00")]
)
def test_flow_logs_bill_collection_and_analysis(
    cost_lines: CostLines, attributes: dict[str, int], minutes: int, cost: str
) -> None:
    assert cost_lines(LOG, analysed(**attributes), {"monthly_logs_collected_gb": 20}) == {
        "Network logs collected beyond 5 GB": Decimal("7.50"),
        f"Traffic Analytics (every {minutes} minutes)": Decimal(cost),
    }


def test_flow_logs_without_analysis_or_disabled(cost_lines: CostLines) -> None:
    usage = {"monthly_logs_collected_gb": 20}
    assert list(cost_lines(LOG, {"enabled": True}, usage)) == ["Network logs collected beyond 5 GB"]
    assert cost_lines(LOG, {**analysed(), "enabled": False}, usage) == {}
    unknown = cost_lines(LOG, analysed(interval_in_minutes=UNKNOWN), usage)
    assert unknown["unknown_until_apply"] == "traffic_analytics.interval_in_minutes is known only after apply"


@pytest.mark.parametrize(
    ("groups", "cost"),
    [
        ([group(1, 1, 1)], "0.00"),
        ([group(3, 2, 2)], "0.60"),
        ([group(3, 2, 2), group(3, 2, 1)], "2.40"),
        ([group(3, 2, 2), group(9, 9, 9, enabled=False)], "0.60"),
        ([], "0.00"),
    ],
)
def test_tests_are_counted_from_the_groups(cost_lines: CostLines, groups: list[dict[str, Any]], cost: str) -> None:
    assert cost_lines(MONITOR, {"test_group": groups}) == {"Tests": Decimal(cost)}


def test_many_tests_get_cheaper(cost_lines: CostLines) -> None:
    # 240,000 at $0.30, 510,000 at $0.10, 250,000 at $0.05, 999,990 at $0.02
    assert cost_lines(MONITOR, {}, {"tests": 2_000_000}) == {"Tests": Decimal("155499.80")}
