"""Cloud SQL: a partial list of March 2024 by region, us-central1 in full from the peer's test suite (trust C).

What the list lacks of a region follows from what it has: every price of a region is the price in Iowa times
one factor, rounded to four places. The 340 listed prices of vCPUs, memory, storage and shared-core machines
keep to that; Johannesburg, whose prices follow the rand, is left as it is listed.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.build.vendor_pages import page_prices
from tollbar.catalog.cloud_sql_names import MACHINE, MACHINE_SHAPES, PATHS
from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables, TestSuitePrice

TABLE = "gcp/cloud_sql"
_LISTED = re.compile(r"(?P<scope>Regional|Zonal) - (?P<what>.+) in .+")
_HALVED = frozenset({"IP address reservation", "Serverless Exports"})
"""Not sold by availability: the list has them as zonal, and at half the price as regional."""
_TEST_SUITE = (
    (re.compile(r"vCPUs \(1, (?P<scope>zonal|regional)\)"), "enterprise/vcpu/{scope}", "vCPU-hours", 1),
    (re.compile(r"Memory \(120 GB, (?P<scope>zonal|regional)\)"), "enterprise/memory/{scope}", "GiB-hours", 730),
    (re.compile(r"Storage \(SSD, (?P<scope>zonal|regional)\)"), "storage/ssd/{scope}", "GB-months", 1),
    (re.compile(r"SQL instance \((?P<tier>db-[fgn]1-[\w-]+), (?P<scope>\w+)\)"), "instance/{scope}/{tier}", "hours", 1),
    (re.compile(r"Backups"), "backup", "GB-months", 1),
    (re.compile(r"IP address \(if unused\)"), "ip_address", "hours", 1),
)  # fmt: skip
"""Components of the test suite that tell a price: pattern, path, unit, and how many units the price is for
(its memory is priced a month)."""
_IOWA = {
    "enterprise/vcpu": ("0.0413", "vCPU-hours"),
    "enterprise/memory": ("0.007", "GiB-hours"),
    "enterprise_plus/vcpu": ("0.0537", "vCPU-hours"),
    "enterprise_plus/memory": ("0.0091", "GiB-hours"),
    "storage/ssd": ("0.17", "GB-months"),
    "storage/hdd": ("0.09", "GB-months"),
}
_IOWA_BACKUP = "0.08"
_IOWA_INSTANCES = {"db-f1-micro": "0.0105", "db-g1-small": "0.035"}
_REGION_FACTORS = {
    "1": "us-central1 us-east1 us-east5 us-west1 europe-west1 asia-east1",
    "1.07": "us-east4 us-west4",
    "1.1": "europe-north1 europe-west4 me-west1 northamerica-northeast1 northamerica-northeast2",
    "1.16": "europe-west8 europe-west9",
    "1.2": "asia-south1 asia-south2 europe-central2 europe-southwest1 europe-west12 europe-west2 europe-west3"
    " us-south1 us-west2 us-west3",
    "1.215": "me-central1",
    "1.3": "asia-northeast1 asia-northeast2 asia-northeast3 asia-southeast2 europe-west6",
    "1.35": "australia-southeast1 australia-southeast2",
    "1.4": "asia-southeast1 southamerica-west1",
    "1.5": "asia-east2 southamerica-east1",
    "1.54": "europe-west10",
    "1.6": "me-central2",
}
_FACTOR_SOURCE = "cloud-sql-region-factor"
_FACTOR_NAME = "cloud_pricing_with_infracost: prices in Iowa times the factor that a region's listed prices share"
_FACTOR_DATE = "2024-03-29"
_PLACES = Decimal("0.0001")


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield prices per vCPU, GiB, machine, stored GB and IP address, by region.

    What a region's factor gives counts only where nothing is listed.
    """
    listed = list(_listed(tables))
    known = {price.key for price in listed}
    yield from listed
    yield from (price for price in _by_factor(tables) if price.key not in known)


def _listed(tables: SourceTables) -> Iterator[Price]:
    for row in tables.rows("misc_curated_services", service="cloud_sql"):
        match = _LISTED.fullmatch(row.sku_key)
        path = _listed_path(match["what"], match["scope"].lower()) if match else None
        if path is not None:
            yield row.price(f"gcp/cloud_sql/{path[0]}", path[1], 1)
    for peer in tables.test_suite_prices("google_sql_database_instance"):
        yield from _from_test_suite(peer)
    yield from page_prices(tables, TABLE)


def _listed_path(what: str, scope: str) -> tuple[str, str] | None:
    """Return the path and unit of what the list names, None for what is passed over."""
    if what in _HALVED and scope == "regional":
        return None
    if what in PATHS:
        path, unit = PATHS[what]
        return path.format(scope=scope), unit
    if package := MACHINE.fullmatch(what):
        shape = MACHINE_SHAPES[Decimal(package["gib"]) / Decimal(package["vcpus"])]
        return f"instance/{scope}/{shape}-{package['vcpus']}", "hours"
    return None


def _from_test_suite(row: TestSuitePrice) -> Iterator[Price]:
    for pattern, path, unit, per in _TEST_SUITE:
        if match := pattern.fullmatch(row.component):
            yield row.price(f"gcp/cloud_sql/{path.format(**match.groupdict())}", unit, per)


def _by_factor(tables: SourceTables) -> Iterator[Price]:
    tables.sources.setdefault(_FACTOR_SOURCE, (_FACTOR_NAME, "none stated (facts)"))
    for factor, regions in _REGION_FACTORS.items():
        for region in regions.split():
            yield _scaled("backup", "GB-months", region, Decimal(_IOWA_BACKUP) * Decimal(factor))
            for scope, times in (("zonal", 1), ("regional", 2)):
                for path, (price, unit) in _IOWA.items():
                    yield _scaled(f"{path}/{scope}", unit, region, Decimal(price) * times * Decimal(factor))
                for tier, price in _IOWA_INSTANCES.items():
                    yield _scaled(f"instance/{scope}/{tier}", "hours", region, Decimal(price) * times * Decimal(factor))


def _scaled(path: str, unit: str, region: str, price: Decimal) -> Price:
    tiers = (Tier(Decimal(0), price.quantize(_PLACES, ROUND_HALF_UP)),)
    return Price(PriceKey(f"gcp/cloud_sql/{path}", region), unit, tiers, _FACTOR_SOURCE, _FACTOR_DATE, "C")
