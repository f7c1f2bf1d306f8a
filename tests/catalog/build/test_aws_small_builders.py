"""Bedrock, MSK, OpenSearch, Glue, Neptune and DMS: names, units and which rows are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.catalog.build.small_tables import listed, small_tables
from tollbar.catalog.build import aws_analytics, aws_bedrock, aws_migration, aws_msk, aws_neptune, aws_opensearch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tollbar.price import Price


def _from_tables(prices: Iterable[Price]) -> Iterator[Price]:
    """Leave out the prices of the hand-kept lists."""
    return (price for price in prices if not price.source.startswith("vendor-pages"))


def test_bedrock_keeps_what_has_one_price_everywhere(tmp_path: Path) -> None:
    row = {"service": "bedrock", "region": "us (page default)", "sku_key": "global.anthropic.claude-sonnet-4-5"}
    everywhere = {**row, "attributes": '{"category": "Global Cross-region Inference"}'}
    tables = small_tables(
        tmp_path,
        aws_bedrock_page_2026_07=[
            {**everywhere, "unit": "1M input tokens", "price_usd": "3"},
            {**everywhere, "unit": "1M cache write tokens (5m)", "price_usd": "3.75"},
            {**row, "attributes": '{"category": "Meta"}', "unit": "1M input tokens", "price_usd": "0.72"},
        ],
    )
    model = "aws/bedrock/global.anthropic.claude-sonnet-4-5"
    assert listed(_from_tables(aws_bedrock.prices(tables))) == [
        (f"{model}/cache_write_tokens", "global", "0.00000375", "tokens"),
        (f"{model}/input_tokens", "global", "0.000003", "tokens"),
    ]


def test_brokers_are_named_as_the_api_names_them(tmp_path: Path) -> None:
    tables = small_tables(
        tmp_path,
        aws_opensearch_redshift_msk=[
            {"service": "msk", "sku_key": "m5.large", "price_usd": "0.21"},
            {"service": "msk", "sku_key": "express.m7g.large", "price_usd": "0.408"},
        ],
    )
    assert listed(_from_tables(aws_msk.prices(tables))) == [
        ("aws/msk/broker/express.m7g.large", "us-east-1", "0.408", "hours"),
        ("aws/msk/broker/kafka.m5.large", "us-east-1", "0.21", "hours"),
    ]


def test_elasticsearch_domains_cost_what_opensearch_domains_cost(tmp_path: Path) -> None:
    tables = small_tables(
        tmp_path,
        tests=[
            {
                "resource_type": "aws_elasticsearch_domain",
                "region": "eu-west-2",
                "component": "Instance (on-demand, m4.large.elasticsearch)",
                "unit_price_usd": "0.184",
            },
            {
                "resource_type": "aws_opensearch_domain",
                "component": "Storage (gp2)",
                "unit": "GB",
                "unit_price_usd": "0.135",
            },
        ],
    )
    assert listed(_from_tables(aws_opensearch.prices(tables))) == [
        ("aws/opensearch/instance/on_demand/m4.large.search", "eu-west-2", "0.184", "hours"),
        ("aws/opensearch/storage/gp2", "us-east-1", "0.135", "GB-months"),
    ]


def test_a_glue_job_of_one_dpu_tells_the_price_of_a_dpu(tmp_path: Path) -> None:
    row = {"resource_type": "aws_glue_job", "component": "Duration"}
    tables = small_tables(
        tmp_path,
        tests=[
            {**row, "unit": "hours (10 DPUs)", "unit_price_usd": "4.4"},
            {**row, "unit": "hours (1 DPU)", "unit_price_usd": "0.44"},
        ],
    )
    assert listed(_from_tables(aws_analytics.prices(tables))) == [
        ("aws/glue/etl_job", "us-east-1", "0.44", "DPU-hours")
    ]


def test_the_class_that_is_tested_twice_is_dearer_with_io_included(tmp_path: Path) -> None:
    tested = {
        "resource_type": "aws_neptune_cluster_instance",
        "component": "Database instance (on-demand, db.t3.medium)",
        "region": "eu-west-2",
    }
    tables = small_tables(
        tmp_path, tests=[{**tested, "unit_price_usd": "0.151"}, {**tested, "unit_price_usd": "0.112"}]
    )
    assert listed(_from_tables(aws_neptune.prices(tables))) == [
        ("aws/neptune/instance/io_optimized/on_demand/db.t3.medium", "eu-west-2", "0.151", "hours"),
        ("aws/neptune/instance/standard/on_demand/db.t3.medium", "eu-west-2", "0.112", "hours"),
    ]


def test_one_price_alone_does_not_tell_which_configuration_it_is_of(tmp_path: Path) -> None:
    tested = {
        "resource_type": "aws_neptune_cluster_instance",
        "component": "Database instance (on-demand, db.t3.medium)",
    }
    assert list(_from_tables(aws_neptune.prices(small_tables(tmp_path, tests=[tested])))) == []


def test_replication_instances_by_their_zones(tmp_path: Path) -> None:
    tested = {"resource_type": "aws_dms_replication_instance", "component": "Instance (t2.micro)"}
    storage = {**tested, "component": "Storage (general purpose SSD, gp2)", "unit": "GB", "unit_price_usd": "0.23"}
    in_two_zones = {"selecting_attributes": "allocated_storage=70;multi_az=true"}
    tables = small_tables(
        tmp_path,
        tests=[
            {**tested, "unit_price_usd": "0.018", "selecting_attributes": "multi_az=false"},
            {**tested, "unit_price_usd": "0.036", **in_two_zones},
            {**storage, **in_two_zones},
        ],
    )
    assert listed(_from_tables(aws_migration.prices(tables))) == [
        ("aws/dms/instance/multi_az/dms.t2.micro", "us-east-1", "0.036", "hours"),
        ("aws/dms/instance/single_az/dms.t2.micro", "us-east-1", "0.018", "hours"),
        ("aws/dms/storage/multi_az", "us-east-1", "0.23", "GB-months"),
    ]
