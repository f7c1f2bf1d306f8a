"""Source tables: rows to prices, units, and which of two sources counts."""

from __future__ import annotations

import csv
import gzip
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tollbar.catalog.build.source_tables import SourceTables, preferred, tiered_price
from tollbar.errors import CatalogError
from tollbar.price import Price, PriceKey, Tier, Trust

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = "cloud service region sku_key attributes unit price_usd purchase_option as_of source licence trust vendor_sku tier_start tier_end".split()  # noqa: E501, SIM905 -- one header


def _tables(folder: Path, *rows: dict[str, str]) -> SourceTables:
    usual = {
        "cloud": "aws", "service": "vpc", "region": "us-east-1", "sku_key": "NAT", "attributes": "{}", "unit": "Hours",
        "price_usd": "0.045", "purchase_option": "on_demand", "as_of": "2026-10-08", "licence": "MIT", "trust": "B",
        "source": "owner/prices@1a2b3c:data/nat.json", "vendor_sku": "", "tier_start": "", "tier_end": "",
    }  # fmt: skip
    with gzip.open(folder / "list.csv.gz", "wt", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, COLUMNS)
        writer.writeheader()
        writer.writerows({**usual, **row} for row in rows)
    return SourceTables(folder)


def test_a_row_becomes_a_price_per_base_unit(tmp_path: Path) -> None:
    tables = _tables(tmp_path, {"unit": "1M requests", "price_usd": "0.20"})
    (row,) = tables.rows("list", service="vpc")
    price = row.price("aws/x/requests")
    assert price.unit == "requests"
    assert price.tiers == (Tier(Decimal(0), Decimal("0.0000002")),)
    assert (price.source, price.as_of, price.trust) == ("prices", "2026-10-08", "B")
    assert tables.sources["prices"] == ("owner/prices@1a2b3c", "MIT")


def test_rows_are_chosen_by_their_columns(tmp_path: Path) -> None:
    tables = _tables(tmp_path, {"sku_key": "a"}, {"sku_key": "b"}, {"sku_key": "b", "region": "eu-west-1"})
    assert [row.region for row in tables.rows("list", sku_key="b")] == ["us-east-1", "eu-west-1"]


def test_rows_with_starts_become_tiers_as_weak_as_the_weakest(tmp_path: Path) -> None:
    rows = _tables(
        tmp_path,
        {"unit": "GB", "price_usd": "0.085", "tier_start": "10240", "trust": "C", "as_of": "2025-01-01"},
        {"unit": "GB", "price_usd": "0.09", "tier_start": "0", "tier_end": "10240"},
    ).rows("list")
    price = tiered_price("aws/x/out", list(rows))
    assert price.tiers == (Tier(Decimal(0), Decimal("0.09")), Tier(Decimal(10240), Decimal("0.085")))
    assert (price.trust, price.as_of) == ("C", "2025-01-01")


def test_an_unknown_unit_is_refused(tmp_path: Path) -> None:
    (row,) = _tables(tmp_path, {"unit": "fortnights"}).rows("list")
    with pytest.raises(CatalogError, match="the source unit 'fortnights' has no base unit"):
        row.price("aws/x")


@pytest.mark.parametrize(
    ("candidates", "best"),
    [
        ([("C", "2026-10-08"), ("A", "2024-01-01"), ("B", "2026-11-01")], 1),
        ([("A", "2024-01-01"), ("A", "2026-01-01")], 1),
        ([("A", "2026"), ("A", "2025-12-31")], 0),
        ([("B", "2026-01-01"), ("B", "2026-01-01")], 0),
    ],
)
def test_trust_comes_before_age(candidates: list[tuple[Trust, str]], best: int) -> None:
    prices = [
        Price(PriceKey("aws/x", "r"), "hours", (Tier(Decimal(0), Decimal(index)),), "s", as_of, trust)
        for index, (trust, as_of) in enumerate(candidates)
    ]
    assert preferred(prices) == [prices[best]]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="is not a folder of source price tables"):
        SourceTables(tmp_path / "absent")
