"""Prices of Azure Cosmos DB from the lines of the peer's tests, by the region that a line names."""

from __future__ import annotations

import csv
import gzip
import itertools
from typing import TYPE_CHECKING

from tollbar.catalog.build import azure_cosmos_db
from tollbar.catalog.build.source_tables import SourceTables
from tollbar.catalog.table import format_tiers

if TYPE_CHECKING:
    from pathlib import Path

_TESTED = {
    "cloud": "azure", "region": "eastus", "service": "", "resource_type": "azurerm_cosmosdb_cassandra_keyspace",
    "sub_resource": "", "component": "", "unit": "GB", "unit_price_usd": "1", "precision": "high",
    "selecting_attributes": "", "price_as_of": "2024-08-30",
}  # fmt: skip


def _listed(folder: Path, *rows: dict[str, str]) -> set[tuple[str, str | None, str, str]]:
    file = folder / "infracost_golden_unit_prices.csv.gz"
    with gzip.open(file, "wt", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(_TESTED))
        writer.writeheader()
        writer.writerows({**_TESTED, **row} for row in rows)
    prices = itertools.chain.from_iterable(azure_cosmos_db.tables(SourceTables(folder)).values())
    return {(price.key.path, price.key.region, price.unit, format_tiers(price.tiers)) for price in prices}


def test_a_line_is_of_the_region_that_it_names(tmp_path: Path) -> None:
    assert _listed(
        tmp_path,
        {
            "component": "Provisioned throughput (provisioned, West US)",
            "unit": "RU/s x 100",
            "unit_price_usd": "5.84",
        },
        {"component": "Transactional storage (East US)", "unit_price_usd": "0.25"},
        {"component": "Periodic backup (West US)", "unit_price_usd": "0.15"},
        {"component": "Analytical write operations (West US)", "unit": "10K operations", "unit_price_usd": "0.055"},
    ) == {
        ("azure/cosmos_db/provisioned_throughput/100_ru_per_second", "westus", "hours", "0.008"),
        ("azure/cosmos_db/storage", "eastus", "GB-months", "0.25"),
        ("azure/cosmos_db/snapshot/standard/backup_data_stored", "westus", "GB-months", "0.15"),
        ("azure/cosmos_db/analytics_storage/standard/write_operations", "westus", "operations", "0.0000055"),
    }


def test_what_names_no_region_is_of_the_accounts_first(tmp_path: Path) -> None:
    assert _listed(
        tmp_path,
        {"component": "Provisioned throughput (serverless)", "unit": "1M RU", "unit_price_usd": "0.279"},
        {"component": "Restored data", "unit_price_usd": "0.15"},
    ) == {
        ("azure/cosmos_db/serverless/request_units", "westus", "RUs", "0.000000279"),
        ("azure/cosmos_db/pitr/backup/cont_30d_bckp_data_restore", "westus", "GB", "0.15"),
    }


def test_what_the_price_list_has_is_left_to_it(tmp_path: Path) -> None:
    assert (
        _listed(
            tmp_path,
            {"component": "Transactional storage (Central US)"},
            {"component": "Provisioned throughput (autoscale, West US)"},
            {"component": "Something else (West US)"},
        )
        == set()
    )
