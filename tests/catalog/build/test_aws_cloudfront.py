"""CloudFront: edge groups sold at one price everywhere, tiers by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.catalog.build.small_tables import listed, small_tables
from tollbar.catalog.build import aws_cloudfront

if TYPE_CHECKING:
    from pathlib import Path

ROW = {"resource_type": "aws_cloudfront_distribution", "sub_resource": "Japan", "unit": "GB"}


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
    assert listed(aws_cloudfront.prices(tables)) == [
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
    assert listed(aws_cloudfront.prices(tables)) == [
        ("aws/cloudfront/requests/https/us_mexico_canada", "global", "0.000001", "requests")
    ]


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
    assert listed(aws_cloudfront.prices(tables)) == [
        ("aws/cloudfront/invalidation", "global", "0.005", "paths"),
        ("aws/cloudfront/real_time_log", "global", "0.00000001", "lines"),
    ]
