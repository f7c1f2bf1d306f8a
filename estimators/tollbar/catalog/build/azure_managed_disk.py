"""Managed disks of Azure and their snapshots: eight regions from the retail price API, East US from the peer."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.money import HOURS_PER_MONTH
from tollbar.price import Tier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import Row, SourceTables, TestSuitePrice
    from tollbar.price import Price

TABLE = "azure/managed_disk"
_KINDS = {
    "Premium SSD Managed Disks": "premium_ssd",
    "Standard SSD Managed Disks": "standard_ssd",
    "Standard HDD Managed Disks": "standard_hdd",
}
_KIND_BY_LETTER = {"P": "premium_ssd", "E": "standard_ssd", "S": "standard_hdd"}
_TIER = re.compile(r"(?P<tier>[PES]\d+) (?P<redundancy>LRS|ZRS)/\1 \2 Disk(?P<operations> Operations)?")
_BURST = re.compile(r"Burst Enablement (?P<redundancy>LRS|ZRS)/.*")
_SNAPSHOTS = "Snapshots LRS/LRS Snapshots"
_REPRESENTATIVE = frozenset({"E10", "S10"})
"""All tiers from E4 and S4 on bill operations alike; these stand for them."""
_PROVISIONED = {
    "Ultra LRS/Ultra LRS Provisioned Capacity": ("ultra_disk/capacity", "GiB-months"),
    "Ultra LRS/Ultra LRS Provisioned IOPS": ("ultra_disk/iops", "IOPS-months"),
    "Ultra LRS/Ultra LRS Provisioned Throughput (MBps)": ("ultra_disk/throughput", "MBps-months"),
    "Premium LRS/Premium LRS Provisioned Capacity": ("premium_ssd_v2/capacity", "GiB-months"),
    "Premium LRS/Premium LRS Provisioned IOPS": ("premium_ssd_v2/iops", "IOPS-months"),
    "Premium LRS/Premium LRS Provisioned Throughput (MBps)": ("premium_ssd_v2/throughput", "MBps-months"),
}
_PROVISIONED_PRODUCTS = frozenset({"Ultra Disks", "Azure Premium SSD v2"})
_RESERVATION = "Ultra LRS/Ultra LRS Reservation per vCPU Provisioned"
_TEST_SUITE_TYPES = (
    "azurerm_managed_disk",
    "azurerm_virtual_machine",
    "azurerm_linux_virtual_machine",
    "azurerm_windows_virtual_machine",
)
_TEST_SUITE_TIER = re.compile(r"Storage \((?P<tier>[PES]\d+), (?P<redundancy>LRS|ZRS)\)")
_TEST_SUITE_ULTRA = {
    "Provisioned IOPS": ("ultra_disk/iops", "IOPS-months"),
    "Throughput": ("ultra_disk/throughput", "MBps-months"),
}
_TEST_SUITE_OPERATIONS = {Decimal("0.0005"): "standard_hdd", Decimal("0.002"): "standard_ssd"}
"""The test suite does not say of which kind a disk is: its price per 10,000 operations does."""


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield prices per disk, per provisioned GiB, IOPS and MB/s, and per operation, by region."""
    for row in tables.rows("azure_services", service="storage"):
        product = row.attributes.get("product")
        if product in _PROVISIONED_PRODUCTS and row.price_usd > 0:
            yield from _provisioned(row.sku_key, row.price("azure/managed_disk", "hours", 1))
        elif kind := _KINDS.get(product or ""):
            yield from _tiered(row, kind)
    for type_name in _TEST_SUITE_TYPES:
        for peer in tables.test_suite_prices(type_name):
            yield from _from_test_suite(peer)


def _tiered(row: Row, kind: str) -> Iterator[Price]:
    """Yield what one row says of a tiered kind of disk: a tier, its operations, bursting or snapshots."""
    if row.sku_key == _SNAPSHOTS and kind == "standard_hdd":
        yield row.price("azure/snapshot/standard_hdd/lrs", "GB-months", 1)
    if burst := _BURST.fullmatch(row.sku_key):
        yield row.price(f"azure/managed_disk/{kind}/{burst['redundancy'].lower()}/burst_enablement")
    match = _TIER.fullmatch(row.sku_key)
    if match and not match["operations"]:
        yield row.price(f"azure/managed_disk/{kind}/{match['redundancy'].lower()}/{match['tier'].lower()}")
    elif match and match["tier"] in _REPRESENTATIVE:
        yield row.price(f"azure/managed_disk/operations/{kind}/{match['redundancy'].lower()}", "operations", 10_000)


def _provisioned(sku: str, hourly: Price) -> Iterator[Price]:
    """Yield an hourly price of something that exists all month as a monthly one.

    Premium SSD v2's free IOPS and MB/s are a tier of their own at $0; the paid ones start at 0 here,
    since only what goes beyond the free ones is counted.
    """
    if sku == _RESERVATION:
        key = replace(hourly.key, path="azure/managed_disk/ultra_disk/reservation")
        yield replace(hourly, key=key, unit="vCPU-hours")
    elif sku in _PROVISIONED:
        path, unit = _PROVISIONED[sku]
        tiers = (Tier(Decimal(0), hourly.tiers[0].unit_price * HOURS_PER_MONTH),)
        yield replace(hourly, key=replace(hourly.key, path=f"azure/managed_disk/{path}"), unit=unit, tiers=tiers)


def _from_test_suite(row: TestSuitePrice) -> Iterator[Price]:
    if match := _TEST_SUITE_TIER.fullmatch(row.component):
        kind = _KIND_BY_LETTER[match["tier"][0]]
        yield row.price(f"azure/managed_disk/{kind}/{match['redundancy'].lower()}/{match['tier'].lower()}", "months")
    elif row.component.startswith("Storage (ultra, "):
        yield row.price("azure/managed_disk/ultra_disk/capacity", "GiB-months")
    elif row.component in _TEST_SUITE_ULTRA:
        path, unit = _TEST_SUITE_ULTRA[row.component]
        yield row.price(f"azure/managed_disk/{path}", unit)
    elif row.component == "Ultra disk reservation (if unattached)":
        yield row.price("azure/managed_disk/ultra_disk/reservation", "vCPU-hours", HOURS_PER_MONTH)
    elif row.component == "Disk operations" and (billed_kind := _TEST_SUITE_OPERATIONS.get(row.unit_price)):
        yield row.price(f"azure/managed_disk/operations/{billed_kind}/lrs", "operations", 10_000)
