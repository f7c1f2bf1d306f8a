"""CloudFront: data out, requests and options, by the group of edge locations; the same from every region.

Origin Shield is sold by the region that it is in.

The always-free tier (1 TB and 10 million requests a month) belongs to the account: prices start at 0.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_prices import SoldAs, peer_prices
from tollbar.catalog.build.peer_tiers import everywhere, tiered_prices
from tollbar.catalog.build.source_tables import tiered_price
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import Row, SourceTables, TestSuitePrice
    from tollbar.price import Price

TABLE = "aws/cloudfront"
_EGRESS, _ORIGIN = "aws/cloudfront/internet_egress", "aws/cloudfront/origin_egress"
_REQUESTS = "aws/cloudfront/requests"
_US = "us_mexico_canada"
_EDGES = {
    "US, Mexico, Canada": _US,
    "Europe, Israel": "europe_israel",
    "South Africa, Kenya, Middle East": "south_africa_kenya_middle_east",
    "South America": "south_america",
    "Japan": "japan",
    "Australia, New Zealand": "australia_new_zealand",
    "Hong Kong, Philippines, Asia Pacific": "hong_kong_philippines_asia_pacific",
    "India": "india",
}
_TIERS = {
    "Data transfer out to internet (first 10TB)": 0,
    "Data transfer out to internet (next 40TB)": 10_240,
    "Data transfer out to internet (next 100TB)": 51_200,
    "Data transfer out to internet (next 350TB)": 153_600,
    "Data transfer out to internet (next 524TB)": 512_000,
    "Data transfer out to internet (next 4PB)": 1_048_576,
    "Data transfer out to internet (over 5PB)": 5_242_880,
}
_BY_EDGE = {"HTTP requests": f"{_REQUESTS}/http", "HTTPS requests": f"{_REQUESTS}/https"}
_OPTIONS = {
    "Dedicated IP custom SSLs": SoldAs("aws/cloudfront/dedicated_ip_certificate", "certificates"),
    "Field level encryption requests": SoldAs("aws/cloudfront/field_level_encryption", "requests", 10_000),
    "Invalidation requests (over 1k)": SoldAs("aws/cloudfront/invalidation", "paths"),
    "Real-time log requests": SoldAs("aws/cloudfront/real_time_log", "lines", 1_000_000),
}
_SHIELDS = {"Origin shield HTTP requests (South America sa-east-1)": "sa-east-1"}
_SERVICES = {
    "CloudFront-HTTP-Request": f"{_REQUESTS}/http/{_US}",
    "CloudFront-HTTPS-Request": f"{_REQUESTS}/https/{_US}",
    "CloudFront-DTO-US": f"{_EGRESS}/{_US}",
}
"""Rows of the US edges. CloudFront-DataTransfer is left out: its tiers end at 50 TB."""


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the prices by edge location group."""
    yield from _of_the_us(tables)
    by_edge: dict[str, list[TestSuitePrice]] = defaultdict(list)
    for row in tables.test_suite_prices("aws_cloudfront_distribution"):
        if shield_region := _SHIELDS.get(row.component):
            yield replace(row, region=shield_region).price("aws/cloudfront/origin_shield", "requests", 10_000)
        if edge := _EDGES.get(row.sub_resource):
            by_edge[edge].append(row)
    for edge, rows in by_edge.items():
        yield from map(everywhere, tiered_prices(f"{_EGRESS}/{edge}", rows, _TIERS, "GB"))
        for row in rows:
            if row.component in _BY_EDGE:
                yield everywhere(row.price(f"{_BY_EDGE[row.component]}/{edge}", "requests", 10_000))
            elif row.component == "Data transfer out to origin":
                yield everywhere(row.price(f"{_ORIGIN}/{edge}"))
    yield from map(everywhere, peer_prices(tables, "aws_cloudfront_distribution", _OPTIONS))
    yield from page_prices(tables, TABLE)


def _of_the_us(tables: SourceTables) -> Iterator[Price]:
    for table in ("misc_curated_services", "aws_services"):
        tiers: dict[str, list[Row]] = defaultdict(list)
        for row in tables.rows(table, service="cloudfront", cloud="aws"):
            if row.sku_key in _SERVICES and row.price_usd:
                tiers[row.sku_key].append(row)
        for sku_key, rows in tiers.items():
            first, *others = sorted(rows, key=lambda row: row.tier_start)
            yield everywhere(tiered_price(_SERVICES[sku_key], [replace(first, tier_start=Decimal(0)), *others]))
