"""RDS storage and everything billed beside instance hours: backups, Extended Support, Performance Insights."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.build.rds_offers import DEPLOYMENTS, other_offers
from tollbar.catalog.build.vendor_pages import page_price, page_prices
from tollbar.price import PriceKey, Tier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/rds_storage"
_STORAGE = "aws/rds/storage"
_INSIGHTS = "aws/rds/performance_insights"
_PAGE_DATE = "2025-06-30"

_VOLUMES = {
    "GP2-Storage": ("gp2", "GB-months"),
    "GP3-Storage": ("gp3", "GB-months"),
    "GP3-PIOPS": ("gp3_iops", "IOPS-months"),
    "GP3-Throughput": ("gp3_throughput", "MBps-months"),
    "PIOPS-Storage": ("io1", "GB-months"),
    "PIOPS": ("io1_iops", "IOPS-months"),
    "StorageUsage": ("standard", "GB-months"),
}
_OTHER = {
    "RDS:StorageIOUsage": (f"{_STORAGE}/single_az/standard_io", "IOs"),
    "RDS:ChargedBackupUsage": ("aws/rds/backup", "GB-months"),
    "RDS:SnapshotExportToS3": ("aws/rds/snapshot_export", "GB"),
    "PI_API": (f"{_INSIGHTS}/api", "requests"),
    "PI_LTR_FMR:Provisioned": (f"{_INSIGHTS}/first_month/provisioned", "vCPU-months"),
    "PI_LTR_FMR:Serverless": (f"{_INSIGHTS}/first_month/serverless", "ACU-months"),
    "PI_LTR_AMR:Provisioned": (f"{_INSIGHTS}/additional_month/provisioned", "vCPU-months"),
    "PI_LTR_AMR:Serverless": (f"{_INSIGHTS}/additional_month/serverless", "ACU-months"),
}
_ADDITIONAL_MONTHS = 23
_SERVICES = {"RDS-Storage-gp3": f"{_STORAGE}/single_az/gp3", "RDS-Backup-Storage": "aws/rds/backup"}

_TEST_SUITE = {
    "Storage (general purpose SSD, gp2)": ("gp2", "GB-months"),
    "Storage (general purpose SSD, gp3)": ("gp3", "GB-months"),
    "Storage (magnetic)": ("standard", "GB-months"),
    "Storage (provisioned IOPS SSD, io1)": ("io1", "GB-months"),
    "Provisioned IOPS": ("io1_iops", "IOPS-months"),
    "Provisioned GP3 IOPS (above 3,000)": ("gp3_iops", "IOPS-months"),
}

# Amazon RDS for MySQL and for PostgreSQL pricing pages, as listed in mid-2025, Single-AZ; Multi-AZ is
# listed at twice the price. General purpose storage (gp2 and gp3 alike), USD per GB-month.
_GENERAL_PURPOSE = {
    "us-east-1": "0.115",
    "us-east-2": "0.115",
    "us-west-1": "0.138",
    "us-west-2": "0.115",
    "ca-central-1": "0.127",
    "eu-west-2": "0.133",
    "eu-west-3": "0.133",
    "eu-central-1": "0.137",
    "ap-northeast-1": "0.138",
    "ap-northeast-2": "0.131",
    "ap-southeast-1": "0.138",
    "ap-southeast-2": "0.138",
    "ap-south-1": "0.131",
    "sa-east-1": "0.219",
}
# The same pages for N. Virginia, Ohio and Oregon, which have the same prices.
_US_REGIONS = ("us-east-1", "us-east-2", "us-west-2")
_US_PERFORMANCE = {
    "gp3_iops": ("0.02", "IOPS-months"),
    "gp3_throughput": ("0.08", "MBps-months"),
    "io1": ("0.125", "GB-months"),
    "io1_iops": ("0.10", "IOPS-months"),
    "standard": ("0.10", "GB-months"),
}
# Beside them: the pages on Extended Support (per vCPU-hour) and CloudWatch (Database Insights, advanced).
_US_OTHER = {
    "aws/rds/backup": ("0.095", "GB-months"),
    "aws/rds/snapshot_export": ("0.01", "GB"),
    "aws/rds/extended_support/year_1": ("0.10", "vCPU-hours"),
    "aws/rds/extended_support/year_3": ("0.20", "vCPU-hours"),
    "aws/rds/database_insights/advanced": ("0.0125", "vCPU-hours"),
    "aws/rds/database_insights/advanced/serverless": ("0.003125", "ACU-hours"),
}
# "CPU Credits" on the RDS and Aurora pages: the same in all regions and for all sizes.
_CPU_CREDITS = {"standard": "0.075", "aurora": "0.09", "sqlserver": "0.144"}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the prices; io2 volumes are sold at the price of io1."""
    for price in _known(tables):
        yield price
        if "/io1" in price.key.path:
            path = price.key.path.replace("/io1", "/io2")
            yield replace(price, key=PriceKey(path, price.key.region), trust="C")
    yield from page_prices(tables, TABLE)


def _known(tables: SourceTables) -> Iterator[Price]:
    yield from _offered(tables)
    yield from _retention_of_two_years(tables)
    for row in tables.rows("aws_services", service="rds"):
        if row.sku_key in _SERVICES:
            yield row.price(_SERVICES[row.sku_key])
    yield from _from_test_suite(tables)
    yield from _from_pages(tables)


def _offered(tables: SourceTables) -> Iterator[Price]:
    pattern = re.compile(r"RDS:(?:Multi-AZCluster-|Multi-AZ-|Mirror-)?(\S+)$")
    for usage_type, row in other_offers(tables):
        if usage_type in _OTHER:
            path, unit = _OTHER[usage_type]
            yield row.price(path, unit)
            if usage_type == "RDS:StorageIOUsage":
                yield row.price(f"{_STORAGE}/multi_az/standard_io", unit)
        elif usage_type.startswith("CPUCredits:"):
            yield row.price(f"aws/rds/cpu_credits/{_credits_sold_as(row.attributes['databaseEngine'])}")
        elif usage_type.startswith("PI_LTR:"):
            yield row.price(f"{_INSIGHTS}/two_years/{usage_type.partition(':')[2].lower()}", "vCPU-months")
        elif (found := pattern.match(usage_type)) and found.group(1) in _VOLUMES:
            volume, unit = _VOLUMES[found.group(1)]
            deployment = DEPLOYMENTS[row.attributes["deploymentOption"]]
            yield row.price(f"{_STORAGE}/{deployment}/{volume}", unit)


def _credits_sold_as(engine: str) -> str:
    if engine.startswith("Aurora"):
        return "aurora"
    return "sqlserver" if engine == "SQL Server" else "standard"


def _retention_of_two_years(tables: SourceTables) -> Iterator[Price]:
    """Yield 24 months as the first month and 23 more, as the page computes it for newer classes."""
    by_path = {price.key.path: price for price in _offered(tables)}
    for kind in ("provisioned", "serverless"):
        first = by_path[f"{_INSIGHTS}/first_month/{kind}"]
        more = by_path[f"{_INSIGHTS}/additional_month/{kind}"].tiers[0].unit_price
        total = first.tiers[0].unit_price + more * _ADDITIONAL_MONTHS
        key = PriceKey(f"{_INSIGHTS}/two_years/{kind}", first.key.region)
        yield replace(first, key=key, tiers=(Tier(Decimal(0), total),))


def _from_test_suite(tables: SourceTables) -> Iterator[Price]:
    long_term = re.compile(r"Performance Insights Long Term Retention \((?:db\.)?(\w+)\S*\)")
    for resource_type in ("aws_db_instance", "aws_rds_cluster_instance"):
        for row in tables.test_suite_prices(resource_type):
            if found := long_term.match(row.component):
                unit = "ACU-months" if found.group(1) == "serverless" else "vCPU-months"
                yield row.price(f"{_INSIGHTS}/two_years/{found.group(1)}", unit)
            elif row.component == "Performance Insights API":
                yield row.price(f"{_INSIGHTS}/api", "requests", 1000)
            elif row.component == "I/O requests":
                for deployment in ("single_az", "multi_az"):
                    yield row.price(f"{_STORAGE}/{deployment}/standard_io", "IOs", 1_000_000)
            elif row.component in _TEST_SUITE and "multi_az=true" not in row.selecting_attributes:
                volume, unit = _TEST_SUITE[row.component]
                yield row.price(f"{_STORAGE}/single_az/{volume}", unit)


def _from_pages(tables: SourceTables) -> Iterator[Price]:
    for region, text in _GENERAL_PURPOSE.items():
        for volume in ("gp2", "gp3"):
            yield from _both_deployments(tables, volume, region, text, "GB-months")
    for region in _US_REGIONS:
        for what, (text, unit) in _US_PERFORMANCE.items():
            yield from _both_deployments(tables, what, region, text, unit)
        for path, (text, unit) in _US_OTHER.items():
            yield page_price(tables, PriceKey(path, region), text, unit, _PAGE_DATE)
    for sold_as, text in _CPU_CREDITS.items():
        key = PriceKey(f"aws/rds/cpu_credits/{sold_as}", "global")
        yield page_price(tables, key, text, "vCPU-hours", _PAGE_DATE)


def _both_deployments(tables: SourceTables, what: str, region: str, text: str, unit: str) -> Iterator[Price]:
    single = PriceKey(f"{_STORAGE}/single_az/{what}", region)
    yield page_price(tables, single, text, unit, _PAGE_DATE)
    double = PriceKey(f"{_STORAGE}/multi_az/{what}", region)
    yield page_price(tables, double, str(Decimal(text) * 2), unit, _PAGE_DATE)
