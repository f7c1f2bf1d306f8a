"""Source tables of a few rows, written for a test in the form they are downloaded in."""

from __future__ import annotations

import csv
import gzip
from typing import TYPE_CHECKING

from tollbar.catalog.build.source_tables import SourceTables
from tollbar.catalog.table import format_tiers

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tollbar.price import Price

_USUAL = {
    "cloud": "aws", "service": "", "region": "us-east-1", "sku_key": "", "attributes": "{}", "unit": "hour",
    "price_usd": "1", "purchase_option": "on_demand", "as_of": "2026-01-01", "source": "owner/list@1a2b3c:file.json",
    "licence": "MIT", "trust": "A", "vendor_sku": "", "tier_start": "", "tier_end": "",
}  # fmt: skip
_USUAL_OF_TESTS = {
    "cloud": "aws", "region": "us-east-1", "resource_type": "", "sub_resource": "", "component": "", "unit": "hours",
    "unit_price_usd": "1", "selecting_attributes": "", "price_as_of": "2024-07-01",
}  # fmt: skip
TABLES = (
    "aws_opensearch_redshift_msk",
    "aws_bedrock_page_2026-07",
    "aws_services",
    "aws_terracost_eu-west-1_2023",
    "data_transfer",
    "misc_curated_services",
)


def small_tables(folder: Path, **tables: list[dict[str, str]]) -> SourceTables:
    """Return source tables that hold just these rows, missing columns filled with usual values.

    ``tests`` are the unit prices of the peer's test suite; the other tables are named as their files
    with ``_`` for every other character, and those not named are empty.
    """
    for name in TABLES:
        _write(folder / f"{name}.csv.gz", _USUAL, tables.pop(name.replace("-", "_"), []))
    _write(folder / "infracost_golden_unit_prices.csv.gz", _USUAL_OF_TESTS, tables.pop("tests", []))
    assert not tables, f"no such tables: {', '.join(tables)}"
    return SourceTables(folder)


def listed(prices: Iterable[Price]) -> list[tuple[str, str | None, str, str]]:
    """Return path, region, price text and unit of each price, in order."""
    return sorted((price.key.path, price.key.region or "", format_tiers(price.tiers), price.unit) for price in prices)


def _write(file: Path, usual: dict[str, str], rows: list[dict[str, str]]) -> None:
    with gzip.open(file, "wt", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(usual))
        writer.writeheader()
        writer.writerows({**usual, **row} for row in rows)
