"""Networking: what depends on two places, Global Accelerator's premium and data out over Direct Connect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.catalog.build.small_tables import listed, small_tables
from tollbar.catalog.build import aws_networking

if TYPE_CHECKING:
    from pathlib import Path


def test_the_premium_is_sold_by_the_continents_of_endpoints_and_edges(tmp_path: Path) -> None:
    group = {
        "resource_type": "aws_globalaccelerator_endpoint_group",
        "component": "Inbound DT-premium fee",
        "unit": "GB",
        "selecting_attributes": "endpoint_group_region=eu-west-1",
    }
    tables = small_tables(
        tmp_path,
        tests=[
            {**group, "sub_resource": "Europe", "unit_price_usd": "0.015"},
            {**group, "sub_resource": "South Africa, Kenya", "unit_price_usd": "0.067"},
            {**group, "sub_resource": "Europe", "selecting_attributes": "endpoint_group_region=mars"},
        ],
    )
    found = [price for price in aws_networking.prices(tables) if price.source == "infracost-tests"]
    assert listed(found) == [
        ("aws/global_accelerator/data_transfer_premium/europe", "global", "0.015", "GB"),
        ("aws/global_accelerator/data_transfer_premium/europe/south_africa", "global", "0.067", "GB"),
    ]


def test_data_out_is_sold_by_its_region_and_the_continent_of_the_location(tmp_path: Path) -> None:
    connection = {"resource_type": "aws_dx_connection", "unit": "GB"}
    tables = small_tables(
        tmp_path,
        tests=[
            {
                **connection,
                "component": "Outbound data transfer (from us-east-1, to EqDC2)",
                "unit_price_usd": "0.02",
            },
            {
                **connection,
                "component": "Outbound data transfer (from ap-east-1, to EqDC2)",
                "unit_price_usd": "0.09",
            },
        ],
    )
    found = [price for price in aws_networking.prices(tables) if price.source == "infracost-tests"]
    assert listed(found) == [
        ("aws/direct_connect/data_out", "us-east-1", "0.02", "GB"),
        ("aws/direct_connect/data_out/to_north_america", "ap-east-1", "0.09", "GB"),
    ]
