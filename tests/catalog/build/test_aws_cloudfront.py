"""CloudFront: edge groups sold at one price everywhere, tiers by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.catalog.build.small_tables import listed, small_tables
from tollbar.catalog.build import aws_cloudfront

if TYPE_CHECKING:
    from pathlib import Path

    from tollbar.catalog.build.source_tables import SourceTables

ROW = {"resource_type": "aws_cloudfront_distribution", "sub_resource": "Japan", "unit": "GB"}


def from_tables(tables: SourceTables) -> list[tuple[str, str | None, str, str]]:
    """Return the prices but those of the hand-kept pages."""
    return listed(price for price in aws_cloudfront.prices(tables) if price.source != "vendor-pages")


def test_tiers_of_an_edge_group_hold_everywhere(tmp_path: Path) -> None:
    tables = small_tables(
        tmp_path,
        tests=[
            {**ROW, "component": "Data transfer out to internet (over 5PB)", "unit_price_usd": "0.06"},
            {**ROW, "component": "Data transfer out to internet (first 10TB)", "unit_price_usd": "0.114"},
            {**ROW, "component": "Data transfer out to origin", "unit_price_usd": "0.06"},
            {**ROW, "component": "HTTPS requests", "unit": "10k requests", "unit_price_usd": "0.012"},
        ],
    )
    assert from_tables(tables) == [
        ("aws/cloudfront/internet_egress/japan", "global", "0:0.114|5242880:0.06", "GB"),
        ("aws/cloudfront/origin_egress/japan", "global", "0.06", "GB"),
        ("aws/cloudfront/requests/https/japan", "global", "0.0000012", "requests"),
    ]


def test_the_free_tier_is_the_account_s(tmp_path: Path) -> None:
    requests = {"service": "cloudfront", "sku_key": "CloudFront-HTTPS-Request", "unit": "requests"}
    tables = small_tables(
        tmp_path,
        aws_services=[
            {**requests, "price_usd": "0", "tier_end": "10000000"},
            {**requests, "price_usd": "0.000001", "tier_start": "10000000"},
        ],
    )
    assert from_tables(tables) == [("aws/cloudfront/requests/https/us_mexico_canada", "global", "0.000001", "requests")]


def test_free_invalidations_are_no_price(tmp_path: Path) -> None:
    of_all = {**ROW, "sub_resource": "", "unit": "paths"}
    tables = small_tables(
        tmp_path,
        tests=[
            {**of_all, "component": "Invalidation requests (first 1k)", "unit_price_usd": "0"},
            {**of_all, "component": "Invalidation requests (over 1k)", "unit_price_usd": "0.005"},
            {**of_all, "component": "Real-time log requests", "unit": "1M lines", "unit_price_usd": "0.01"},
        ],
    )
    assert from_tables(tables) == [
        ("aws/cloudfront/invalidation", "global", "0.005", "paths"),
        ("aws/cloudfront/real_time_log", "global", "0.00000001", "lines"),
    ]


def test_origin_shield_is_sold_by_the_region_it_is_in(tmp_path: Path) -> None:
    shield = {
        **ROW,
        "sub_resource": "",
        "component": "Origin shield HTTP requests (South America sa-east-1)",
        "unit": "10k requests",
        "unit_price_usd": "0.016",
    }
    assert from_tables(small_tables(tmp_path, tests=[shield])) == [
        ("aws/cloudfront/origin_shield", "sa-east-1", "0.0000016", "requests")
    ]
