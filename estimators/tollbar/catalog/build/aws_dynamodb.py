"""DynamoDB capacity, requests, storage and backups of the standard table class."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.build.vendor_pages import page_price, page_prices
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/dynamodb"
_ROOT = "aws/dynamodb"
_SERVICES = {
    "Dynamo-WCU-Hour": ("standard/write_capacity", "WCU-hours"),
    "Dynamo-RCU-Hour": ("standard/read_capacity", "RCU-hours"),
    "Dynamo-WriteRequest": ("standard/write_requests", "requests"),
    "Dynamo-ReadRequest": ("standard/read_requests", "requests"),
    "Dynamo-Storage": ("standard/storage", "GB-months"),
}
_TEST_SUITE = {
    "Write capacity unit (WCU)": ("standard/write_capacity", "WCU-hours"),
    "Read capacity unit (RCU)": ("standard/read_capacity", "RCU-hours"),
    "Replicated write capacity unit (rWCU)": ("standard/replicated_write_capacity", "WCU-hours"),
    "Read request unit (RRU)": ("standard/read_requests", "requests"),
    "Data storage": ("standard/storage", "GB-months"),
    "Point-In-Time Recovery (PITR) backup storage": ("point_in_time_recovery", "GB-months"),
    "On-demand backup storage": ("backup", "GB-months"),
    "Table data restored": ("restore", "GB"),
    "Streams read request unit (sRRU)": ("streams_read_requests", "requests"),
}
_HOURS = 730
"""The test suite shows capacity units by the month of 730 hours."""

# DynamoDB pricing pages (on-demand and provisioned capacity), as listed in mid-2025: N. Virginia,
# Ohio and Oregon have the same prices. Of Ohio the test suite knows all but the price of write
# requests, which it rounds to the cent.
_PAGE_DATE = "2025-06-30"
_PAGE = {
    "standard/write_capacity": ("0.00065", "WCU-hours"),
    "standard/replicated_write_capacity": ("0.00065", "WCU-hours"),
    "standard/read_capacity": ("0.00013", "RCU-hours"),
    "standard/write_requests": ("0.000000625", "requests"),
    "standard/replicated_write_requests": ("0.000000625", "requests"),
    "standard/read_requests": ("0.000000125", "requests"),
    "standard/storage": ("0.25", "GB-months"),
    "point_in_time_recovery": ("0.20", "GB-months"),
    "backup": ("0.10", "GB-months"),
    "restore": ("0.15", "GB"),
    "streams_read_requests": ("0.0000002", "requests"),
}
_PAGE_OHIO = ("standard/write_requests", "standard/replicated_write_requests")
_PAGE_US_WEST_1 = {"standard/read_capacity": ("0.000145", "RCU-hours"), "standard/storage": ("0.28", "GB-months")}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the prices of tables and their replicas, after the account's free capacity and storage."""
    for row in tables.rows("aws_services", service="dynamodb"):
        if row.sku_key in _SERVICES and row.price_usd:
            path, unit = _SERVICES[row.sku_key]
            yield replace(row, tier_start=Decimal(0)).price(f"{_ROOT}/{path}", unit)
    yield from _from_test_suite(tables)
    for path, (text, unit) in _PAGE.items():
        for region in ("us-east-1", "us-west-2", *(("us-east-2",) if path in _PAGE_OHIO else ())):
            yield page_price(tables, PriceKey(f"{_ROOT}/{path}", region), text, unit, _PAGE_DATE)
    for path, (text, unit) in _PAGE_US_WEST_1.items():
        yield page_price(tables, PriceKey(f"{_ROOT}/{path}", "us-west-1"), text, unit, _PAGE_DATE)
    yield from page_prices(tables, TABLE)


def _from_test_suite(tables: SourceTables) -> Iterator[Price]:
    for row in tables.test_suite_prices("aws_dynamodb_table"):
        region = row.sub_resource.removeprefix("Global table (").removesuffix(")") or row.region
        here = replace(row, region=region)
        if row.component == "Replicated write request unit (rWRU)":
            # Shown per request an hour: the test suite divides the month's requests by 730.
            path = f"{_ROOT}/standard/replicated_write_requests"
            yield here.price(path, "requests", _HOURS)
        elif row.component in _TEST_SUITE:
            path, unit = _TEST_SUITE[row.component]
            yield here.price(f"{_ROOT}/{path}", unit, _HOURS if unit.endswith("CU-hours") else None)
