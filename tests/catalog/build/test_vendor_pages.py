"""The hand-kept lists of vendors' pages: their form, and that a builder reads each."""

from __future__ import annotations

import importlib
import pkgutil
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.catalog.build.small_tables import listed, small_tables
from tollbar.catalog import build
from tollbar.catalog.build.vendor_pages import PAGES, page_prices
from tollbar.errors import CatalogError
from tollbar.price import PriceKey, Tier
from tollbar.units import unit

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "path,unit,per,page,as_of,read,prices"
LISTS = sorted(file.relative_to(PAGES).with_suffix("").as_posix() for file in PAGES.rglob("*.csv"))


def _write(folder: Path, *lines: str) -> None:
    (folder / "aws").mkdir()
    (folder / "aws" / "things.csv").write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")


def test_a_line_gives_a_price_a_region_per_base_unit(tmp_path: Path) -> None:
    _write(tmp_path, "aws/x/requests,requests,1000000,The page,2025-06-30,,us-east-1=0.40 eu-west-1=0.50")
    prices = list(page_prices(small_tables(tmp_path), "aws/things", tmp_path))
    assert listed(prices) == [
        ("aws/x/requests", "eu-west-1", "0.0000005", "requests"),
        ("aws/x/requests", "us-east-1", "0.0000004", "requests"),
    ]
    assert {(price.source, price.trust, price.as_of) for price in prices} == {("vendor-pages", "C", "2025-06-30")}


def test_starts_of_tiers_count_base_units(tmp_path: Path) -> None:
    _write(tmp_path, "aws/x/out,GB,10,The page,2025-06-30,,global=0:0.9|10240:0.85")
    (price,) = page_prices(small_tables(tmp_path), "aws/things", tmp_path)
    assert price.key == PriceKey("aws/x/out", "global")
    assert price.tiers == (Tier(Decimal(0), Decimal("0.09")), Tier(Decimal(10240), Decimal("0.085")))


def test_what_was_read_there_is_trusted_more(tmp_path: Path) -> None:
    _write(tmp_path, "aws/x,hours,1,The page,2025-06-30,a stored copy of it,us-east-1=1")
    tables = small_tables(tmp_path)
    (price,) = page_prices(tables, "aws/things", tmp_path)
    assert (price.source, price.trust) == ("vendor-pages-read", "B")
    assert "vendor-pages-read" in tables.sources
    assert "vendor-pages" not in tables.sources


def test_a_table_without_a_list_has_no_prices(tmp_path: Path) -> None:
    assert list(page_prices(small_tables(tmp_path), "aws/nothing", tmp_path)) == []


@pytest.mark.parametrize(
    "line",
    [
        "aws/x,hours,1,The page,2025-06-30,,us-east-1=cheap",
        "aws/x,hours,some,The page,2025-06-30,,r=1",
        "aws/x,hours,1",
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str, tmp_path: Path) -> None:
    _write(tmp_path, line)
    with pytest.raises(CatalogError, match="not a line of a hand-kept price list"):
        list(page_prices(small_tables(tmp_path), "aws/things", tmp_path))


@pytest.mark.parametrize("table", LISTS)
def test_every_list_is_well_formed(table: str, tmp_path: Path) -> None:
    prices = list(page_prices(small_tables(tmp_path), table))
    keys = [price.key for price in prices]
    assert len(keys) == len(set(keys)), "a price is given twice"
    for price in prices:
        unit(price.unit)
        starts = [tier.start for tier in price.tiers]
        assert starts[0] == 0
        assert starts == sorted(set(starts))
        paid = price.tiers[1:] if len(price.tiers) > 1 and not price.tiers[0].unit_price else price.tiers
        assert all(tier.unit_price > 0 for tier in paid), "only a first tier may be free"


def test_every_list_is_read_by_a_builder() -> None:
    modules = (
        importlib.import_module(f"{build.__name__}.{info.name}") for info in pkgutil.iter_modules(build.__path__)
    )
    tables = {getattr(module, "TABLE", None) for module in modules}
    assert {
        table for table in LISTS if not table.startswith("azure/")
    } <= tables  # azure_vendor_pages reads all of those
