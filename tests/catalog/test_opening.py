"""Opening the catalogue: which files count, and what a damaged one gets."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import pytest

from tollbar.catalog.borrowing import Borrowing
from tollbar.catalog.opening import CatalogSettings, open_catalog, refreshed_folder
from tollbar.catalog.price_book import Discount, Pattern, PriceBook, PriceBooks
from tollbar.catalog.snapshot import build_snapshot
from tollbar.errors import CatalogError, ConfigError
from tollbar.location import Location
from tollbar.price import Price, PriceKey

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = PriceKey("aws/a", "us-east-1")


def _snapshot(folder: Path, file: Path, line: str) -> Path:
    (folder / "aws").mkdir(exist_ok=True)
    (folder / "sources.csv").write_text("id,name,licence\nlist,The vendor's list,facts\n", encoding="utf-8")
    (folder / "aws" / "things.csv").write_text(f"path,unit,source,as_of,trust,prices\n{line}\n", encoding="utf-8")
    file.parent.mkdir(exist_ok=True)
    build_snapshot(folder, file)
    return file


@pytest.fixture
def settings(tmp_path: Path) -> CatalogSettings:
    """An embedded snapshot with one price, and a folder without refreshed ones."""
    embedded = _snapshot(tmp_path, tmp_path / "embedded.sqlite", "aws/a,hours,list,2026-07-20,A,us-east-1=1")
    return CatalogSettings(refreshed=tmp_path / "refreshed", embedded=embedded)


def _refresh(tmp_path: Path, name: str = "aws.sqlite", day: str = "2026-11-20", price: int = 2) -> Path:
    return _snapshot(tmp_path, tmp_path / "refreshed" / name, f"aws/a,hours,list,{day},A,us-east-1={price}")


def test_without_refreshed_files_the_embedded_snapshot_counts(settings: CatalogSettings) -> None:
    with closing(open_catalog(settings)) as catalog:
        assert [(layer, price.as_of) for layer, price in catalog.candidates(KEY)] == [
            ("embedded snapshot", "2026-07-20")
        ]


def test_refreshed_files_count_by_their_date(settings: CatalogSettings, tmp_path: Path) -> None:
    _refresh(tmp_path)
    _refresh(tmp_path, "old.sqlite", "2026-01-01", 3)
    _refresh(tmp_path, "same.sqlite", "2026-07-20", 4)
    (tmp_path / "refreshed" / "aws.sqlite.building").write_text("half a file", encoding="utf-8")
    with closing(open_catalog(settings)) as catalog:
        assert [(layer, price.tiers[0].unit_price) for layer, price in catalog.candidates(KEY)] == [
            ("refreshed aws.sqlite", Decimal(2)),
            ("refreshed same.sqlite", Decimal(4)),
            ("embedded snapshot", Decimal(1)),
            ("refreshed old.sqlite", Decimal(3)),
        ]
        assert catalog.as_of == "2026-11-20"


def test_a_folder_may_have_any_name(settings: CatalogSettings, tmp_path: Path) -> None:
    odd = tmp_path / "100% ?mode=rw #1"
    odd.mkdir()
    _refresh(tmp_path).rename(odd / "aws.sqlite")
    with closing(open_catalog(CatalogSettings(odd, embedded=settings.embedded))) as catalog:
        assert catalog.as_of == "2026-11-20"


def test_settings_are_handed_on(settings: CatalogSettings) -> None:
    discount = Discount(Pattern("aws/*"), None, None, Decimal(50), Location("b.yml", 1))
    books = PriceBooks((PriceBook("acme", "2026-11-01", "b.yml", (), (discount,)),), date(2026, 11, 21))
    told = CatalogSettings(settings.refreshed, books, Borrowing(), settings.embedded)
    with closing(open_catalog(told)) as catalog:
        found = catalog.find(PriceKey("aws/a", "eu-west-1"))
    assert isinstance(found, Price)
    assert (found.source, found.trust) == ("acme -50% of list", "borrowed")


def test_a_book_that_does_not_fit_is_refused_when_the_catalogue_is_opened(settings: CatalogSettings) -> None:
    discount = Discount(Pattern("aws/b"), None, None, Decimal(50), Location("b.yml", 7))
    books = PriceBooks((PriceBook("acme", "2026-11-01", "b.yml", (), (discount,)),), date(2026, 11, 21))
    with pytest.raises(ConfigError, match=r"b\.yml:7: no price is called 'aws/b'"):
        open_catalog(CatalogSettings(settings.refreshed, books, embedded=settings.embedded))


def _cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-4096])


def _overwritten(file: Path) -> None:
    file.write_bytes(b"<html>502 Bad Gateway</html>" * 200)


def _emptied(file: Path) -> None:
    file.write_bytes(b"")


def _without_a_date(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database:
        database.execute("DELETE FROM meta WHERE name = 'as_of'")
        database.commit()


@pytest.mark.parametrize("damage", [_cut_off, _overwritten, _emptied, _without_a_date])
def test_a_damaged_file_is_named_and_never_passed_over(
    settings: CatalogSettings, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    file = _refresh(tmp_path)
    damage(file)
    with pytest.raises(CatalogError) as error:
        open_catalog(settings)
    first, hint = str(error.value).split("\n")
    assert first.startswith(f"{file} is not a price snapshot: ")
    assert hint == "  Delete the file, or run `tollbar prices refresh` again."


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE prices SET prices = ' us-east-1=dear'",
        "UPDATE prices SET prices = ' us-east-1=0:1|2'",
        "UPDATE prices SET trust = 'Z'",
        "UPDATE prices SET as_of = 'yesterday'",
        "DROP TABLE prices",
    ],
)
def test_damage_that_shows_only_when_a_price_is_read_is_named_too(
    settings: CatalogSettings, tmp_path: Path, statement: str
) -> None:
    file = _refresh(tmp_path)
    with closing(sqlite3.connect(file)) as database:
        database.execute(statement)
        database.commit()
    with closing(open_catalog(settings)) as catalog:
        for look_up in (lambda: catalog.find(KEY), lambda: catalog.prices_of(KEY.path)):
            with pytest.raises(CatalogError) as error:
                look_up()
            assert str(error.value).startswith(f"{file} is not a price snapshot: ")
            assert "tollbar prices refresh" in str(error.value)


def test_the_environment_names_the_folder_else_it_is_in_the_users_cache() -> None:
    assert refreshed_folder({"TOLLBAR_PRICES_DIR": "/ci/prices"}) == Path("/ci/prices")
    assert refreshed_folder({}) == platformdirs.user_cache_path("tollbar") / "prices"
