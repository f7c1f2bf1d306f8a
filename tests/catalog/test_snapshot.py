"""Compiling the tables, and the integrity of the shipped ones."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tollbar.catalog.snapshot import build_snapshot, content_hash
from tollbar.catalog.table import DATA, SNAPSHOT, read_sources, read_table
from tollbar.errors import CatalogError
from tollbar.units import units

if TYPE_CHECKING:
    from pathlib import Path

    from tests.catalog.conftest import MakeCatalog

TABLES = sorted(DATA.glob("*/*.csv"))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: f"{table.parent.name}/{table.stem}")
def test_integrity_of_a_shipped_table(table: Path) -> None:
    sources = read_sources(DATA / "sources.csv")
    for price in read_table(table):
        starts = [tier.start for tier in price.tiers]
        assert price.unit in units(), price
        assert price.source in sources, price
        assert price.trust in {"A", "B", "C"}, price
        assert price.key.path.startswith(f"{table.parent.name}/"), price
        assert starts[0] == 0, price
        assert starts == sorted(set(starts)), price
        assert all(0 <= tier.unit_price < 1_000_000 for tier in price.tiers), price
        assert "2013-01-01" <= price.as_of <= "2027-01-01", price


def test_the_snapshot_was_built_from_the_shipped_tables() -> None:
    with closing(sqlite3.connect(SNAPSHOT)) as database:
        (built_from,) = database.execute("SELECT value FROM meta WHERE name = 'content'").fetchone()
    assert built_from == content_hash(), "run: make snapshot"


def test_two_prices_for_one_thing_are_refused_and_nothing_is_left_behind(make_catalog: MakeCatalog, data: Path) -> None:
    line = "aws/a,hours,list,2026-07-20,A,us-east-1=1"
    with pytest.raises(CatalogError, match="aws/a in us-east-1 has two prices from list"):
        make_catalog(line, line)
    assert sorted(file.name for file in data.iterdir()) == ["aws", "sources.csv"]


def test_an_unknown_source_is_refused(make_catalog: MakeCatalog) -> None:
    with pytest.raises(CatalogError, match="source: aws/a in us-east-1: the unknown source 'rumour'"):
        make_catalog("aws/a,hours,rumour,2026-07-20,A,us-east-1=1")


def test_an_unknown_unit_is_refused(make_catalog: MakeCatalog) -> None:
    with pytest.raises(CatalogError, match="unknown unit 'fortnights'"):
        make_catalog("aws/a,fortnights,list,2026-07-20,A,us-east-1=1")


def test_a_failed_build_keeps_the_old_snapshot(make_catalog: MakeCatalog, data: Path) -> None:
    make_catalog("aws/a,hours,list,2026-07-20,A,us-east-1=1")
    before = (data / "prices.sqlite").read_bytes()
    (data / "aws" / "things.csv").write_text("path,unit,source,as_of,trust,prices\naws/a,hours,list,x,A,b=?\n", "utf-8")
    with pytest.raises(CatalogError):
        build_snapshot(data, data / "prices.sqlite")
    assert (data / "prices.sqlite").read_bytes() == before
