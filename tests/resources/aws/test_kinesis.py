"""Kinesis data streams and Firehose delivery streams."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.resource import UNKNOWN, UNKNOWN_OR_UNSET

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (
    Example(
        "aws_kinesis_stream",
        {"shard_count": 2, "retention_period": 48},
        {
            "monthly_provisioned_put_units": 1_000_000,
            "monthly_provisioned_long_term_retention_gb": 100,
            "monthly_provisioned_long_term_retrieval_gb": 10,
            "monthly_provisioned_efo_data_out_gb": 10,
            "monthly_provisioned_efo_consumer_hours": 100,
        },
        grows=("shard_count",),
    ),
    Example(
        "aws_kinesis_stream",
        {"stream_mode_details": [{"stream_mode": "ON_DEMAND"}]},
        {
            "monthly_on_demand_data_in_gb": 100,
            "monthly_on_demand_data_out_gb": 100,
            "monthly_on_demand_efo_data_out_gb": 10,
            "monthly_on_demand_extended_retention_gb": 100,
            "monthly_on_demand_long_term_retention_gb": 100,
        },
    ),
    Example(
        "aws_kinesis_firehose_delivery_stream",
        {
            "extended_s3_configuration": [{"data_format_conversion_configuration": [{"enabled": True}]}],
            "opensearch_configuration": [{"vpc_config": [{"subnet_ids": ["subnet-1", "subnet-2"]}]}],
        },
        {"monthly_data_ingested_gb": 1000},
    ),
)

ON_DEMAND = {"stream_mode_details": [{"stream_mode": "ON_DEMAND"}]}


def test_an_on_demand_stream(cost_lines: CostLines) -> None:
    usage = {
        "monthly_on_demand_data_in_gb": 100,
        "monthly_on_demand_data_out_gb": 100,
        "monthly_on_demand_efo_data_out_gb": 100,
        "monthly_on_demand_extended_retention_gb": 100,
        "monthly_on_demand_long_term_retention_gb": 100,
    }
    assert cost_lines("aws_kinesis_stream", ON_DEMAND, usage) == {
        "On-demand stream": Decimal("29.20"),
        "Data ingested": Decimal("8.00"),
        "Data retrieval": Decimal("4.00"),
        "Enhanced fan-out data retrieval": Decimal("5.00"),
        "Extended retention (24H to 7D)": Decimal("10.00"),
        "Long term retention (7D+)": Decimal("2.30"),
    }


def test_a_provisioned_stream(cost_lines: CostLines) -> None:
    usage = {
        "monthly_provisioned_put_units": 65_000_000,
        "monthly_provisioned_extended_retention_gb": 100,
        "monthly_provisioned_long_term_retention_gb": 100,
        "monthly_provisioned_long_term_retrieval_gb": 100,
        "monthly_provisioned_efo_data_out_gb": 100,
        "monthly_provisioned_efo_consumer_hours": 100,
    }
    assert cost_lines("aws_kinesis_stream", {"shard_count": 4}, usage) == {
        "Shards": Decimal("43.80"),
        "Extended retention (24H to 7D)": Decimal("2.00"),
        "PUT payload units": Decimal("0.91"),
        "Long term retention (7D+)": Decimal("2.30"),
        "Long term retrieval (7D+)": Decimal("2.10"),
        "Enhanced fan-out data retrieval": Decimal("1.30"),
        "Enhanced fan-out consumer-shard hours": Decimal("1.50"),
    }


@pytest.mark.parametrize(("hours", "cost"), [(24, None), (UNKNOWN, None), (48, Decimal("29.20"))])
def test_declared_retention_beyond_a_day_is_sold_by_the_shard_hour(
    cost_lines: CostLines, hours: object, cost: Decimal | None
) -> None:
    lines = cost_lines("aws_kinesis_stream", {"shard_count": 2, "retention_period": hours})
    assert lines.get("Extended retention (24H to 7D)") == cost


def test_a_provisioned_stream_without_shards_is_unpriced(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_kinesis_stream", {})
    assert lines["unknown_until_apply"] == "shard_count of a provisioned stream is not told"


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    line = str(cost_lines("aws_kinesis_stream", ON_DEMAND, region="mars-north-1")["On-demand stream"])
    assert line.startswith("price_not_found: On-demand stream: no price for aws/kinesis/on_demand/stream")


def test_firehose_ingestion_is_tiered(cost_lines: CostLines) -> None:
    usage = {"monthly_data_ingested_gb": 3_000_000}
    lines = cost_lines("aws_kinesis_firehose_delivery_stream", {}, usage, region="eu-west-2")
    # 512,000 GB at 0.035, 1,536,000 at 0.030, 952,000 at 0.024
    assert lines == {"Data ingested": Decimal("86848.00")}
    assert cost_lines("aws_kinesis_firehose_delivery_stream", {}, usage)["Data ingested"] == Decimal("72288.00")


@pytest.mark.parametrize(
    ("conversion", "is_billed"), [({}, True), ({"enabled": True}, True), ({"enabled": False}, False)]
)
def test_format_conversion_is_billed_while_it_is_on(
    cost_lines: CostLines, conversion: dict[str, bool], *, is_billed: bool
) -> None:
    attributes = {"extended_s3_configuration": [{"data_format_conversion_configuration": [conversion]}]}
    lines = cost_lines("aws_kinesis_firehose_delivery_stream", attributes, {"monthly_data_ingested_gb": 1000})
    assert lines.get("Format conversion") == (Decimal("18.00") if is_billed else None)


def test_delivery_into_subnets_that_only_apply_tells_leaves_the_zones_unpriced(cost_lines: CostLines) -> None:
    attributes = {"opensearch_configuration": [{"vpc_config": [{"subnet_ids": UNKNOWN}]}]}
    assert cost_lines("aws_kinesis_firehose_delivery_stream", attributes, {"monthly_data_ingested_gb": 1000}) == {
        "Data ingested": Decimal("29.00"),
        "VPC data": Decimal("10.00"),
        "unknown_until_apply": "subnet_ids is known only after apply",
    }


@pytest.mark.parametrize(
    ("subnets", "references", "cost"),
    [
        (["subnet-1", "subnet-2"], {}, "14.60"),
        (UNKNOWN_OR_UNSET, {}, "7.30"),
        (UNKNOWN, {"opensearch_configuration": ("aws_subnet.a", "aws_subnet.b")}, "14.60"),
        ([], {"opensearch_configuration": ("aws_subnet.a", "aws_iam_role.r", "aws_subnet.b")}, "14.60"),
    ],
)
def test_delivery_into_a_vpc_is_billed_by_zone(
    cost_lines: CostLines, subnets: object, references: dict[str, tuple[str, ...]], cost: str
) -> None:
    lines = cost_lines(
        "aws_kinesis_firehose_delivery_stream",
        {"opensearch_configuration": [{"vpc_config": [{"subnet_ids": subnets}]}]},
        {"monthly_data_ingested_gb": 1000},
        others=[declared("aws_subnet", {}, name="a"), declared("aws_subnet", {}, name="b")],
        references=references,
    )
    assert lines == {
        "Data ingested": Decimal("29.00"),
        "VPC data": Decimal("10.00"),
        "VPC availability zone delivery": Decimal(cost),
    }
