"""Aurora instances, capacity units, storage and I/O: eu-west-1 from AWS's own list, the US from the page."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_selection import reservation, selection
from tollbar.catalog.build.rds_offers import instance_offers, other_offers
from tollbar.catalog.build.vendor_pages import page_price, page_prices
from tollbar.price import PriceKey, Tier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/aurora"
_INSTANCE = "aws/aurora/instance"
_PRODUCTS = ("aurora-mysql", "aurora-postgresql")
_OFFERS = {
    "Aurora:StorageUsage": ("aws/aurora/storage/standard", "GB-months"),
    "Aurora:StorageIOUsage": ("aws/aurora/io", "IOs"),
    "Aurora:BackupUsage": ("aws/aurora/backup", "GB-months"),
    "Aurora:BacktrackUsage": ("aws/aurora/backtrack", "change-records"),
    "Aurora:SnapshotExportToS3": ("aws/aurora/snapshot_export", "GB"),
    "Aurora:ServerlessUsage": ("aws/aurora/serverless_v1", "ACU-hours"),
    "Aurora:ServerlessV2Usage": ("aws/aurora/serverless_v2/standard", "ACU-hours"),
}
_TEST_SUITE = {
    "Aurora serverless": ("aws/aurora/serverless_v1", "ACU-hours", 1),
    "Aurora serverless v2": ("aws/aurora/serverless_v2/standard", "ACU-hours", 1),
    "Storage": ("aws/aurora/storage/standard", "GB-months", 1),
    "I/O requests": ("aws/aurora/io", "IOs", 1_000_000),
    "Backup storage": ("aws/aurora/backup", "GB-months", 1),
    "Backtrack": ("aws/aurora/backtrack", "change-records", 1_000_000),
    "Snapshot export": ("aws/aurora/snapshot_export", "GB", 1),
}
# Aurora page, "I/O-Optimized": instances cost 30 % more than with Standard.
_IO_OPTIMIZED_FACTOR = Decimal("1.3")

# Amazon Aurora pricing page, as listed in mid-2025: N. Virginia, Ohio and Oregon have the same prices.
_PAGE_DATE = "2025-06-30"
_US_REGIONS = ("us-east-1", "us-east-2", "us-west-2")
_US = {
    "aws/aurora/serverless_v2/standard": ("0.12", "ACU-hours"),
    "aws/aurora/serverless_v2/io_optimized": ("0.156", "ACU-hours"),
    "aws/aurora/storage/standard": ("0.10", "GB-months"),
    "aws/aurora/storage/io_optimized": ("0.225", "GB-months"),
    "aws/aurora/io": ("0.0000002", "IOs"),
    "aws/aurora/backup": ("0.021", "GB-months"),
    "aws/aurora/snapshot_export": ("0.01", "GB"),
}
_US_CLASSES = {
    "t3": {"medium": "0.082", "large": "0.164"},
    "t4g": {"medium": "0.073", "large": "0.146"},
    "r5": {
        "large": "0.29",
        "xlarge": "0.58",
        "2xlarge": "1.16",
        "4xlarge": "2.32",
        "8xlarge": "4.64",
        "12xlarge": "6.96",
        "16xlarge": "9.28",
        "24xlarge": "13.92",
    },
    "r6g": {
        "large": "0.26",
        "xlarge": "0.519",
        "2xlarge": "1.038",
        "4xlarge": "2.076",
        "8xlarge": "4.153",
        "12xlarge": "6.229",
        "16xlarge": "8.306",
    },
    "r7g": {
        "large": "0.276",
        "xlarge": "0.553",
        "2xlarge": "1.106",
        "4xlarge": "2.211",
        "8xlarge": "4.422",
        "12xlarge": "6.633",
        "16xlarge": "8.844",
    },
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the prices; those of I/O-Optimized instances follow from the page's factor (trust C)."""
    for price in _instances(tables):
        yield price
        if "/standard/on_demand/" in price.key.path:
            yield _io_optimized(price)
    for usage_type, row in other_offers(tables):
        if usage_type in _OFFERS:
            path, unit = _OFFERS[usage_type]
            yield row.price(path, unit)
    yield from _from_test_suite(tables)
    for region in _US_REGIONS:
        for path, (text, unit) in _US.items():
            yield page_price(tables, PriceKey(path, region), text, unit, _PAGE_DATE)
    # Reserved instances, "All Upfront": nothing is billed by the hour.
    key = PriceKey("aws/aurora/reserved_all_upfront", "global")
    yield page_price(tables, key, "0", "hours", _PAGE_DATE)
    yield from page_prices(tables, TABLE)


def _instances(tables: SourceTables) -> Iterator[Price]:
    for product, _, row in instance_offers(tables):
        if product.startswith("aurora"):
            yield row.price(f"{_INSTANCE}/{product}/standard/on_demand/{row.sku_key}")
    classes = ((f"db.{family}.{size}", text) for family, sizes in _US_CLASSES.items() for size, text in sizes.items())
    for (instance_class, text), product, region in itertools.product(classes, _PRODUCTS, _US_REGIONS):
        path = f"{_INSTANCE}/{product}/standard/on_demand/{instance_class}"
        yield page_price(tables, PriceKey(path, region), text, "hours", _PAGE_DATE)
    yield from _test_suite_instances(tables)


def _test_suite_instances(tables: SourceTables) -> Iterator[Price]:
    pattern = re.compile(r"Database instance \((?:on-demand|reserved), (\S+)\)")
    for row in tables.test_suite_prices("aws_rds_cluster_instance"):
        described = pattern.match(row.component)
        if described and row.unit_price:
            product = selection(row).get("engine", "aurora-mysql")
            yield row.price(f"{_INSTANCE}/{product}/standard/{reservation(row)}/{described.group(1)}")
    # Of the single instances, those of the Aurora engines are the ones that share this price.
    for row in tables.test_suite_prices("aws_db_instance"):
        if row.component.endswith("db.t3.small)") and row.unit_price == Decimal("0.041"):
            yield row.price(f"{_INSTANCE}/aurora-mysql/standard/on_demand/db.t3.small")


def _io_optimized(price: Price) -> Price:
    path = price.key.path.replace("/standard/", "/io_optimized/")
    hourly = price.tiers[0].unit_price * _IO_OPTIMIZED_FACTOR
    return replace(price, key=PriceKey(path, price.key.region), tiers=(Tier(Decimal(0), hourly),), trust="C")


def _from_test_suite(tables: SourceTables) -> Iterator[Price]:
    for resource_type in ("aws_rds_cluster", "aws_rds_cluster_instance"):
        for row in tables.test_suite_prices(resource_type):
            if row.component in _TEST_SUITE:
                path, unit, per = _TEST_SUITE[row.component]
                yield row.price(path, unit, per)
