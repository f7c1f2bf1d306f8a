"""CloudWatch log groups, alarms and dashboards."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example
from tollbar.component import Component
from tollbar.resource import UNKNOWN, UNKNOWN_OR_UNSET
from tollbar.resources.aws.cloudwatch import LOG_GROUP_KEYS, log_group_lines
from tollbar.usage import Usage, UsageKey

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (
    Example(
        "aws_cloudwatch_log_group",
        {"log_group_class": "STANDARD"},
        {"monthly_data_ingested_gb": 100, "storage_gb": 100, "monthly_data_scanned_gb": 10},
    ),
    Example("aws_cloudwatch_metric_alarm", {"period": 60}),
    Example("aws_cloudwatch_metric_alarm", {"metric_query": [{"metric": [{"period": 10}]}] * 2}),
    Example("aws_cloudwatch_composite_alarm"),
    Example("aws_cloudwatch_dashboard"),
)

LOGS = {"monthly_data_ingested_gb": 1000, "storage_gb": 500, "monthly_data_scanned_gb": 250}


def _query(period: int | str) -> dict[str, object]:
    return {"metric": [{"metric_name": "CPUUtilization", "namespace": "AWS/EC2", "period": period}]}


def test_logs_are_ingested_kept_and_scanned(cost_lines: CostLines) -> None:
    assert cost_lines("aws_cloudwatch_log_group", {"log_group_class": UNKNOWN_OR_UNSET}, LOGS) == {
        "Data ingested": Decimal("500.00"),
        "Archival storage": Decimal("15.00"),
        "Insights queries data scanned": Decimal("1.25"),
    }


def test_infrequent_access_halves_the_ingestion(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_cloudwatch_log_group", {"log_group_class": "INFREQUENT_ACCESS"}, LOGS)
    assert lines["Data ingested"] == Decimal("250.00")


def test_logs_in_ireland(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_cloudwatch_log_group", {}, LOGS, region="eu-west-1")
    assert [*lines.values()] == [Decimal("570.00"), Decimal("15.00"), Decimal("1.43")]


def test_the_use_of_logs_is_not_guessed_without_assumptions(cost_lines: CostLines) -> None:
    assert set(cost_lines("aws_cloudwatch_log_group", {}).values()) == {"usage"}


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    line = str(cost_lines("aws_cloudwatch_log_group", {}, region="mars-north-1")["Data ingested"])
    assert line.startswith("price_not_found: Data ingested: no price for aws/cloudwatch/logs/ingested/standard")


def test_log_keys_may_carry_a_prefix() -> None:
    keys = {f"cloudwatch.{key.name}": UsageKey(f"cloudwatch.{key.name}", key.description) for key in LOG_GROUP_KEYS}
    lines = [*log_group_lines("us-east-1", Usage({"cloudwatch.storage_gb": 7}, keys), prefix="cloudwatch.")]
    assert [isinstance(line, Component) and line.quantity.expected for line in lines] == [None, Decimal(7), None]


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"period": "120"}, {"Standard resolution alarm metrics": Decimal("0.10")}),
        ({"period": 60}, {"Standard resolution alarm metrics": Decimal("0.10")}),
        ({"period": "10"}, {"High resolution alarm metrics": Decimal("0.30")}),
        (
            {"metric_query": [{"expression": "m2/m1*100"}, _query("120"), _query("120")]},
            {"Standard resolution alarm metrics": Decimal("0.20")},
        ),
        (
            {"metric_query": [{"expression": "ANOMALY_DETECTION_BAND(m1)"}, _query("30")]},
            {"High resolution anomaly detection alarm metrics": Decimal("0.90")},
        ),
        (
            {"metric_query": [{"expression": "ANOMALY_DETECTION_BAND(m1, 2)"}, _query(300)]},
            {"Standard resolution anomaly detection alarm metrics": Decimal("0.30")},
        ),
        (
            {"metric_query": [{"expression": 'SELECT MAX(CPUUtilization) FROM "AWS/EC2"', "period": 300}]},
            {"Standard resolution, Metrics Insights query alarm metrics": "usage"},
        ),
        ({"period": UNKNOWN}, {"unknown_until_apply": "period is known only after apply"}),
    ],
)
def test_alarms_are_billed_by_the_metrics_they_watch(
    cost_lines: CostLines, attributes: dict[str, object], expected: dict[str, object]
) -> None:
    assert cost_lines("aws_cloudwatch_metric_alarm", attributes) == expected


def test_composite_alarms_and_dashboards(cost_lines: CostLines) -> None:
    assert cost_lines("aws_cloudwatch_composite_alarm", {}) == {"Composite alarm": Decimal("0.50")}
    assert cost_lines("aws_cloudwatch_dashboard", {}) == {"Dashboard": Decimal("3.00")}
    assert cost_lines("aws_cloudwatch_dashboard", {}, region="sa-east-1") == {"Dashboard": Decimal("3.00")}
