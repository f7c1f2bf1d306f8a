"""Data transfer: tiers without the account's free ones, and regions out of usage types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.catalog.build.small_tables import listed, small_tables
from tollbar.catalog.build import aws_data_transfer
from tollbar.catalog.build.source_tables import preferred

if TYPE_CHECKING:
    from pathlib import Path


def test_egress_starts_at_its_first_paid_tier(tmp_path: Path) -> None:
    egress = {"service": "data_transfer", "sku_key": "DataTransfer-Internet-Out-GB", "unit": "GB"}
    tables = small_tables(
        tmp_path,
        aws_services=[
            {**egress, "price_usd": "0.085", "tier_start": "10240"},
            {**egress, "price_usd": "0", "tier_start": "0", "tier_end": "100"},
            {**egress, "price_usd": "0.09", "tier_start": "100", "tier_end": "10240"},
        ],
    )
    assert listed(aws_data_transfer.prices(tables)) == [
        ("aws/data_transfer/internet_egress", "us-east-1", "0:0.09|10240:0.085", "GB")
    ]


def test_each_region_has_its_own_tiers(tmp_path: Path) -> None:
    egress = {"service": "data_transfer", "sku_key": "internet_egress", "unit": "GB"}
    tables = small_tables(
        tmp_path,
        data_transfer=[
            {**egress, "region": "sa-east-1", "price_usd": "0.15"},
            {**egress, "region": "sa-east-1", "price_usd": "0.138", "tier_start": "10240"},
            {**egress, "region": "us-west-2", "price_usd": "0.09"},
            {**egress, "cloud": "gcp", "region": "us-central1", "price_usd": "0.12"},
            {**egress, "sku_key": "inter_az", "region": "us-west-2", "price_usd": "0.01"},
        ],
    )
    assert listed(aws_data_transfer.prices(tables)) == [
        ("aws/data_transfer/inter_az", "us-west-2", "0.01", "GB"),
        ("aws/data_transfer/internet_egress", "sa-east-1", "0:0.15|10240:0.138", "GB"),
        ("aws/data_transfer/internet_egress", "us-west-2", "0.09", "GB"),
    ]


def test_routes_out_of_ireland_are_told_by_their_usage_type(tmp_path: Path) -> None:
    route = {"service": "ec2", "region": "global", "unit": "GB", "price_usd": "0.02"}
    tables = small_tables(
        tmp_path,
        aws_terracost_eu_west_1_2023=[
            {**route, "sku_key": "EU-USE1-AWS-Out-Bytes"},
            {**route, "sku_key": "USE1-EU-AWS-Out-Bytes"},
            {**route, "sku_key": "EU-NatGateway-Bytes"},
        ],
    )
    assert listed(aws_data_transfer.prices(tables)) == [
        ("aws/data_transfer/inter_region/us-east-1", "eu-west-1", "0.02", "GB")
    ]


def test_the_two_regions_of_the_us_east_are_nearer(tmp_path: Path) -> None:
    row = {"resource_type": "aws_data_transfer", "unit": "GB", "region": "us-east-2"}
    tables = small_tables(
        tmp_path,
        tests=[
            {**row, "component": "Outbound data transfer to US East regions", "unit_price_usd": "0.01"},
            {**row, "component": "Outbound data transfer to other regions", "unit_price_usd": "0.02"},
        ],
    )
    assert listed(aws_data_transfer.prices(tables)) == [
        ("aws/data_transfer/inter_region/other_regions", "us-east-2", "0.02", "GB"),
        ("aws/data_transfer/inter_region/us-east-1", "us-east-2", "0.01", "GB"),
    ]


def test_a_second_source_is_kept_to_compare_with(tmp_path: Path) -> None:
    tables = small_tables(
        tmp_path,
        data_transfer=[{"service": "data_transfer", "sku_key": "inter_az", "unit": "GB", "price_usd": "0.01"}],
        tests=[
            {
                "resource_type": "aws_data_transfer",
                "component": "Intra-region data transfer",
                "unit": "GB",
                "unit_price_usd": "0.01",
            }
        ],
    )
    kept = preferred(aws_data_transfer.prices(tables))
    assert [(price.source, price.trust) for price in kept] == [("list", "A"), ("infracost-tests", "C")]
