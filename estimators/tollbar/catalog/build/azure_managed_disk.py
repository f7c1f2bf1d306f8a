"""Managed disks of Azure where the retail price list has none: East US and a few more, from the peer's test suite."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.build.source_tables import by_service
from tollbar.money import HOURS_PER_MONTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables, TestSuitePrice
    from tollbar.price import Price

_KIND_BY_LETTER = {"P": "premium_ssd", "E": "standard_ssd", "S": "standard_hdd"}
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


def tables(source: SourceTables) -> dict[str, list[Price]]:
    """Return prices per disk, per provisioned GiB, IOPS and MB/s, and per operation, by table."""
    rows = (row for type_name in _TEST_SUITE_TYPES for row in source.test_suite_prices(type_name))
    return by_service(price for row in rows for price in _from_test_suite(row))


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
