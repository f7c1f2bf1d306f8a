"""Kinesis Data Analytics and Managed Service for Apache Flink."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

FLINK = {
    "runtime_environment": "FLINK-1_20",
    "application_configuration": [
        {
            "flink_application_configuration": [
                {"parallelism_configuration": [{"parallelism": 5, "parallelism_per_kpu": 2}]}
            ]
        }
    ],
}
BACKUP = {"durable_application_backup_gb": 100}

EXAMPLES = (
    Example("aws_kinesis_analytics_application", {}, {"kinesis_processing_units": 10}),
    Example("aws_kinesisanalyticsv2_application", FLINK, BACKUP),
    Example(
        "aws_kinesisanalyticsv2_application",
        {"runtime_environment": "FLINK-1_8"},
        {**BACKUP, "kinesis_processing_units": 10},
    ),
    Example("aws_kinesisanalyticsv2_application_snapshot", {}, BACKUP),
)


def test_sql_applications_pay_for_their_units_only(cost_lines: CostLines) -> None:
    usage = {"kinesis_processing_units": 10}
    expected = {"Processing (stream)": Decimal("803.00")}
    assert cost_lines("aws_kinesis_analytics_application", {}, usage) == expected
    sql = {"runtime_environment": "SQL-1_0"}
    assert cost_lines("aws_kinesisanalyticsv2_application", sql, {**usage, **BACKUP}) == expected


def test_flink_adds_a_unit_to_orchestrate_and_storage(cost_lines: CostLines) -> None:
    usage = {"kinesis_processing_units": 10, **BACKUP}
    assert cost_lines("aws_kinesisanalyticsv2_application", {"runtime_environment": "FLINK-1_8"}, usage) == {
        "Processing (stream)": Decimal("803.00"),
        "Running storage": Decimal("50.00"),
        "Processing (orchestration)": Decimal("80.30"),
        "Backup": Decimal("2.30"),
    }


def test_declared_parallelism_tells_the_units(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_kinesisanalyticsv2_application", FLINK)
    assert lines["Processing (stream)"] == Decimal("240.90")
    assert lines["Running storage"] == Decimal("15.00")


def test_units_that_nobody_told_are_unknown(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_kinesisanalyticsv2_application", {"runtime_environment": "FLINK-1_8"})
    assert (lines["Processing (stream)"], lines["Processing (orchestration)"]) == ("usage", Decimal("80.30"))


def test_a_snapshot_is_a_backup(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_kinesisanalyticsv2_application_snapshot", {}, BACKUP)
    assert lines == {"Backup": Decimal("2.30")}
