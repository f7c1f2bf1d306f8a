"""Azure Monitor: alert rules, notifications, metrics and logs on their way."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

_GROUP, _COLLECTION = "azurerm_monitor_action_group", "azurerm_monitor_data_collection_rule"
_SETTING, _METRIC = "azurerm_monitor_diagnostic_setting", "azurerm_monitor_metric_alert"
_QUERY, _QUERY_V2 = "azurerm_monitor_scheduled_query_rules_alert", "azurerm_monitor_scheduled_query_rules_alert_v2"
_RECEIVERS = {
    "arm_role_receiver": [{}],
    "azure_app_push_receiver": [{}],
    "email_receiver": [{}, {}],
    "itsm_receiver": [{}],
    "sms_receiver": [{"country_code": "1"}, {"country_code": "34"}],
    "voice_receiver": [{"country_code": "86"}],
    "webhook_receiver": [{}, {}, {"aad_auth": [{"object_id": "x"}]}],
}
_DESTINATIONS = {"destinations": [{"azure_monitor_metrics": [{"name": "m"}]}]}
_CRITERION = {"dimension": [{"name": "Api", "operator": "Include", "values": ["X"]}]}
EXAMPLES = (
    Example(_GROUP, _RECEIVERS, {"monthly_notifications": 13_000}),
    Example(_COLLECTION, _DESTINATIONS, {"monthly_custom_metrics_samples": 100_000_000}),
    Example(_SETTING, {"storage_account_id": "a"}, {"monthly_platform_log_gb": 1_000}),
    Example(_METRIC, {"scopes": ["a"], "dynamic_criteria": [_CRITERION]}),
    Example(_QUERY, {"frequency": 5}),
    Example(_QUERY_V2, {"evaluation_frequency": "PT5M", "scopes": ["a", "b"], "criteria": [_CRITERION]}),
)


def test_every_receiver_gets_every_notification(cost_lines: CostLines) -> None:
    assert cost_lines(_GROUP, _RECEIVERS, {"monthly_notifications": 10_000}) == {
        "Email notifications (2)": Decimal("0.40"),
        "ITSM connectors (1)": Decimal("50.00"),
        "Push notifications (1)": Decimal("0.20"),
        "Secure web hooks (1)": Decimal("0.06"),
        "Web hooks (2)": Decimal("0.01"),
        "SMS messages, country code 1 (1)": Decimal("64.50"),
        "SMS messages, country code 34 (1)": Decimal("880.00"),
        "Voice calls, country code 86 (1)": Decimal("600.00"),
    }
    assert cost_lines(_GROUP, {"arm_role_receiver": [{}]}) == {}


def test_metrics_are_billed_where_they_are_sent_to_monitor(cost_lines: CostLines) -> None:
    lines = cost_lines(_COLLECTION, _DESTINATIONS, {"monthly_custom_metrics_samples": 105_600_000})
    assert lines == {"Metrics ingestion": Decimal("1.69")}
    assert cost_lines(_COLLECTION, {"destinations": [{"log_analytics": [{}]}]}) == {}


def test_platform_logs_are_billed_on_the_way_to_storage_only(cost_lines: CostLines) -> None:
    lines = cost_lines(_SETTING, {"storage_account_id": "a"}, {"monthly_platform_log_gb": 1_000}, region="westeurope")
    assert lines == {"Platform logs processed": Decimal("325.00")}
    assert cost_lines(_SETTING, {"log_analytics_workspace_id": "a"}, {"monthly_platform_log_gb": 1_000}) == {}


@pytest.mark.parametrize(
    ("dimensions", "series"),
    [
        ([], 1),
        ([("Api", "Include", ["*"])], 1),
        ([("Api", "Include", ["A"]), ("Api", "Include", ["B"])], 2),
        ([("Api", "Include", ["A", "B"]), ("Host", "Include", ["x", "y", "z"])], 6),
        ([("Api", "Exclude", ["A", "B"])], 1),
    ],
)
def test_each_combination_of_values_is_a_time_series(
    cost_lines: CostLines, dimensions: list[tuple[str, str, list[str]]], series: int
) -> None:
    blocks = [{"name": name, "operator": operator, "values": values} for name, operator, values in dimensions]
    lines = cost_lines(_METRIC, {"scopes": ["a", "b"], "criteria": [{"dimension": blocks}]})
    assert lines == {"Metrics monitoring": Decimal("0.20") * series}


def test_dynamic_thresholds_are_billed_besides(cost_lines: CostLines) -> None:
    assert cost_lines(_METRIC, {"scopes": ["a"], "dynamic_criteria": [_CRITERION]}) == {
        "Metrics monitoring": Decimal("0.10"),
        "Dynamic threshold monitoring": Decimal("0.10"),
    }
    assert cost_lines(_METRIC, {"scopes": ["a"], "criteria": [_CRITERION], "enabled": False}) == {}


@pytest.mark.parametrize(
    ("minutes", "priced", "cost"), [(5, 5, "1.50"), ("11", 10, "1.00"), (15, 15, "0.50"), (60, 15, "0.50")]
)
def test_log_alerts_are_billed_by_their_frequency(
    cost_lines: CostLines, minutes: object, priced: int, cost: str
) -> None:
    lines = cost_lines(_QUERY, {"frequency": minutes})
    assert lines == {f"Log alerts monitoring ({priced} minute frequency)": Decimal(cost)}


@pytest.mark.parametrize(
    ("frequency", "priced", "cost"),
    [("PT1M", 1, "3.00"), ("PT5M", 5, "1.50"), ("PT1H", 15, "0.50"), ("P1D", 15, "0.50"), ("odd", 1, "3.00")],
)
def test_frequencies_are_read_from_durations(cost_lines: CostLines, frequency: str, priced: int, cost: str) -> None:
    lines = cost_lines(_QUERY_V2, {"evaluation_frequency": frequency, "scopes": ["a"], "criteria": [{}]})
    assert lines == {f"Log alerts monitoring ({priced} minute frequency)": Decimal(cost)}


def test_further_time_series_are_billed(cost_lines: CostLines) -> None:
    two = [{"name": "Api", "operator": "Include", "values": ["X", "Y"]}]
    attributes = {"evaluation_frequency": "PT10M", "scopes": ["a", "b"], "criteria": [{"dimension": two}]}
    assert cost_lines(_QUERY_V2, attributes) == {
        "Log alerts monitoring (10 minute frequency)": Decimal("1.00"),
        "Additional time-series monitoring (10 minute frequency)": Decimal("0.30"),
    }
    assert cost_lines(_QUERY_V2, {**attributes, "enabled": False}) == {}
