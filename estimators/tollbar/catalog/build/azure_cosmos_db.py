"""Azure Cosmos DB in the regions of the peer's tests: West US and East US, which the retail price list lacks (trust C).

A tested database has lines for each region of its account, which the line names. Restores and serverless requests
name none: they cost what they do in the account's first region, West US in these tests.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tollbar.catalog.build.source_tables import by_service
from tollbar.money import HOURS_PER_MONTH

if TYPE_CHECKING:
    from decimal import Decimal

    from tollbar.catalog.build.source_tables import SourceTables, TestSuitePrice
    from tollbar.price import Price

_TYPE = "azurerm_cosmosdb_cassandra_keyspace"
"""The type whose tests have every line; the others cost the same."""
_REGIONS = {"West US": "westus", "East US": "eastus"}
_FIRST_REGION = "West US"


class _Meter(NamedTuple):
    """What a tested line is called before its region, its path, its unit and how many of those its price buys."""

    line: str
    path: str
    unit: str
    per: Decimal | int = 1


_METERS = (
    _Meter(
        "Provisioned throughput (provisioned",
        "provisioned_throughput/100_ru_per_second",
        "hours",
        HOURS_PER_MONTH,
    ),
    _Meter("Provisioned throughput (serverless", "serverless/request_units", "RUs", 1_000_000),
    _Meter("Transactional storage", "storage", "GB-months"),
    _Meter("Analytical storage", "analytics_storage/standard/data_stored", "GB-months"),
    _Meter("Analytical write operations", "analytics_storage/standard/write_operations", "operations", 10_000),
    _Meter("Analytical read operations", "analytics_storage/standard/read_operations", "operations", 10_000),
    _Meter("Periodic backup", "snapshot/standard/backup_data_stored", "GB-months"),
    _Meter("Continuous backup", "pitr/backup/cont_30d_bckp_continuous_backup", "GB"),
    _Meter("Restored data", "pitr/backup/cont_30d_bckp_data_restore", "GB"),
)


def tables(source: SourceTables) -> dict[str, list[Price]]:
    """Return the prices by table."""
    return by_service(price for row in source.test_suite_prices(_TYPE) if (price := _named(row)))


def _named(row: TestSuitePrice) -> Price | None:
    match = re.fullmatch(r"(?P<line>[A-Za-z ]+(?: \([a-z]+)?)(?:,? \(?(?P<region>[A-Z][A-Za-z ]+))?\)?", row.component)
    if match is None:
        return None
    region = _REGIONS.get(match["region"] or _FIRST_REGION)
    meter = next((meter for meter in _METERS if meter.line == match["line"]), None)
    if region is None or meter is None:
        return None
    return replace(row, region=region).price(f"azure/cosmos_db/{meter.path}", meter.unit, meter.per)
