"""Building the tables: from sound sources, or not at all."""

from __future__ import annotations

import csv
import gzip
import shutil
from typing import TYPE_CHECKING

import pytest

from tollbar.catalog.build.__main__ import build_tables
from tollbar.catalog.table import DATA
from tollbar.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Row = dict[str, str]


def _corrupted(sources: Path, folder: Path, table: str, change: Callable[[Row], Row | None]) -> Path:
    """Return a folder of the source tables in which the rows of one are changed, or left out."""
    folder.mkdir()
    for file in sources.glob("*.csv.gz"):
        (folder / file.name).symlink_to(file)
    target = folder / f"{table}.csv.gz"
    target.unlink()
    with (
        gzip.open(sources / target.name, "rt", newline="") as given,
        gzip.open(target, "wt", newline="") as written,
    ):
        rows = csv.DictReader(given)
        writer = csv.DictWriter(written, rows.fieldnames or [])
        writer.writeheader()
        writer.writerows(changed for row in rows if (changed := change(row)) is not None)
    return folder


def _files(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.glob("**/*.csv")}


@pytest.mark.parametrize(
    ("table", "wanted", "change", "message"),
    [
        (
            "gcp_storage_network",
            "gcp/compute_storage",
            lambda row: {**row, "price_usd": str(float(row["price_usd"]) * 10)},
            "moved family|anchor|absurd",
        ),
        (
            "aws_ebs",
            "aws/ebs",
            lambda row: {**row, "price_usd": row["tier_start"] or "0", "tier_start": row["price_usd"]},
            "amount|tiers",
        ),
        ("aws_ebs", "aws/ebs", lambda row: {**row, "trust": row["as_of"], "as_of": row["trust"]}, "columns exchanged"),
        ("aws_rds", "aws/rds", lambda row: None if row["sku_key"].startswith("db.m5") else row, "shrunken family"),
    ],
)
def test_corrupted_sources_change_nothing(
    shared: Path, tmp_path: Path, table: str, wanted: str, change: Callable[[Row], Row | None], message: str
) -> None:
    sources = _corrupted(shared / "prices", tmp_path / "sources", table, change)
    data = tmp_path / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("*.sqlite*"))
    (data / "prices.sqlite").write_bytes(b"the old one")
    before = _files(data)
    with pytest.raises(CatalogError, match=message):
        build_tables(sources, [wanted], data=data, snapshot=data / "prices.sqlite")
    assert _files(data) == before
    assert (data / "prices.sqlite").read_bytes() == b"the old one"


def test_sound_sources_give_the_shipped_tables(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("*.sqlite*"))
    build_tables(shared / "prices", ["aws/ebs", "gcp/gke"], data=data, snapshot=tmp_path / "prices.sqlite")
    assert _files(data) == _files(DATA)
    assert "aws/ebs: 469 prices, 0 new, 0 changed, 0 gone\n" in capsys.readouterr().out
