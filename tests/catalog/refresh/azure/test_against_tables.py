"""Items rebuilt from the source tables come to the paths and prices of the embedded tables."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from tests.catalog.refresh.azure.listed import TODAY, item, page
from tollbar.catalog.azure_meters import catalog_region
from tollbar.catalog.build.azure_virtual_machines import without_promotions
from tollbar.catalog.build.source_tables import SourceTables
from tollbar.catalog.refresh.azure.services import SERVICES
from tollbar.catalog.refresh.azure.source import open_source
from tollbar.catalog.refresh.interface import Connection, Portion
from tollbar.catalog.table import DATA, format_tiers, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tollbar.catalog.build.source_tables import Row

SERVICES_SOURCE = "azure-architecture-diagram-builder"
MACHINE_SOURCES = ("karpenter-provider-azure", "azure-pricing-radar")
SERVICE_REGIONS = ("eastus2", "westeurope", "global")
MACHINE_REGIONS = ("westeurope", "australiaeast")
IS_SIZE = re.compile("/(standard|basic)_")
"""Dedicated hosts and placeholders, which the tables have beside the sizes, are not refreshed."""

Prices = dict[str, str]
"""Tiers and unit by path and region."""


@pytest.fixture(scope="module")
def tables(shared: Path) -> SourceTables:
    return SourceTables(shared / "prices")


def embedded(*sources: str) -> Prices:
    return {
        f"{price.key.path.strip()} in {price.key.region}": f"{format_tiers(price.tiers)} {price.unit}"
        for table in sorted(DATA.glob("azure/*.csv"))
        for price in read_table(table)
        if price.source in sources
    }


def fetched(service: str, region: str, items: Iterable[dict[str, Any]]) -> Prices:
    listed = httpx2.Response(200, content=page(list(items)))
    transport = httpx2.MockTransport(lambda _request: listed)
    found = open_source(Connection(date.fromisoformat(TODAY)), transport=transport).fetch(
        Portion(service, region), None
    )
    assert found is not None
    return {str(price.key): f"{format_tiers(price.tiers)} {price.unit}" for price in found.prices}


def service_item(row: dict[str, str], service_name: str) -> dict[str, Any]:
    attributes = json.loads(row["attributes"])
    sku, _, meter = row["sku_key"].partition("/")
    return item(
        serviceName=service_name,
        productName=attributes["product"],
        skuName=sku,
        meterName=meter,
        armSkuName=attributes.get("arm_sku") or "",
        armRegionName=row["region"],
        unitOfMeasure=row["unit"],
        retailPrice=float(row["price_usd"]),
        tierMinimumUnits=float(row["tier_start"] or 0),
        meterId=row["vendor_sku"],
        isPrimaryMeterRegion=False,
    )


def machine_item(row: Row) -> dict[str, Any]:
    is_windows, is_spot = row.attributes["os"] == "windows", row.purchase_option == "spot"
    name = f"{row.sku_key}{' Spot' if is_spot else ''}"
    return item(
        productName=f"Virtual Machines Some Series{' Windows' if is_windows else ''}",
        skuName=name,
        meterName=name,
        armSkuName=row.sku_key,
        armRegionName=row.region,
        retailPrice=float(row.price_usd),
        meterId=f"{row.sku_key} {row.attributes['os']} {row.purchase_option}",
    )


def test_services(shared: Path) -> None:
    by_portion: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    with gzip.open(shared / "prices" / "azure_services.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if catalog_region(row["region"]) in SERVICE_REGIONS:
                by_portion[row["service"], catalog_region(row["region"])].append(row)
    found: Prices = {}
    for (slug, region), rows in by_portion.items():
        names = [name for name, service in SERVICES.items() if _slug(service.service_name) == slug]
        assert names, f"no service reads {slug}"
        for name in names:
            service = SERVICES[name]
            items = [service_item(row, service.service_name) for row in rows]
            kept = [listed for listed in items if not service.only or listed["productName"] in service.only]
            told = fetched(name, region, kept)
            assert not found.keys() & told.keys()
            found |= told
    known = {
        key: price for key, price in embedded(SERVICES_SOURCE).items() if key.rpartition(" in ")[2] in SERVICE_REGIONS
    }
    assert {key: found.get(key) for key in known} == known
    assert len(known) > 100


@pytest.mark.parametrize("region", MACHINE_REGIONS)
def test_virtual_machines(tables: SourceTables, region: str) -> None:
    rows = [*tables.rows("azure_vm_on_demand", region=region), *tables.rows("azure_vm_spot_windows_eu", region=region)]
    listed: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in without_promotions(rows, rows):
        listed[_letters(row.sku_key), row.attributes["os"], row.purchase_option].append(row)
    # Where the source tables have several prices of a size they do not tell the product that would part them.
    single = [same[0] for same in listed.values() if len({row.price_usd for row in same}) == 1]
    found = fetched("virtual_machines", region, map(machine_item, single))
    known = embedded(*MACHINE_SOURCES)
    kept = {key: price for key, price in known.items() if IS_SIZE.search(key) and key.endswith(f" in {region}")}
    kept = {_letters(key): price for key, price in kept.items()}
    found = {_letters(key): price for key, price in found.items()}
    assert {key: kept.get(key) for key in found} == found
    assert len(kept.keys() - found.keys()) < 60
    assert len(found) > 1_000


def _letters(size: str) -> str:
    """Return what is the same in every spelling of a size: the source tables leave out some underscores."""
    return size.strip().lower().replace("standard_", "").replace("_", "")


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower())
