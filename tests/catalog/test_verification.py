"""Whether a compiled snapshot is still what passed the integrity tests: copies of the embedded one are damaged."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import astuple
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tollbar.catalog.integrity.digest import snapshot_digest
from tollbar.catalog.integrity.families import families_of
from tollbar.catalog.lookup import SnapshotCatalog
from tollbar.catalog.table import SNAPSHOT
from tollbar.catalog.verification import Verification, verify_snapshot

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 26)


KEPT = (
    "aws/s3/",
    "aws/ebs/",
    "aws/kms/",
    "gcp/cloud_sql/",
    "gcp/compute/disk/",
    "aws/ec2/instance/linux/shared/on_demand/",
)
"""What a snapshot is cut down to, so that it is verified at once."""


@pytest.fixture(scope="module")
def some(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot of some families, which is sound."""
    file = tmp_path_factory.mktemp("some") / "prices.sqlite"
    shutil.copyfile(SNAPSHOT, file)
    kept = " OR ".join(f"path LIKE '{beginning}%'" for beginning in KEPT)
    with closing(sqlite3.connect(file)) as database:
        database.execute(f"DELETE FROM prices WHERE NOT ({kept})")  # noqa: S608 -- constants
        database.execute(f"DELETE FROM anchors WHERE NOT ({kept})")  # noqa: S608 -- constants
        database.execute("DELETE FROM families")
        database.commit()
        with closing(SnapshotCatalog(file)) as catalog:
            prices = list(catalog.prices())
        families = [astuple(family) for family in families_of(prices)]
        database.executemany("INSERT INTO families VALUES (?, ?, ?, ?, ?, ?)", families)
        database.execute("DELETE FROM meta WHERE name = 'digest'")
        database.execute("INSERT INTO meta VALUES ('digest', ?)", (snapshot_digest(database),))
        database.commit()
    return file


def _verified(file: Path) -> Verification:
    with closing(SnapshotCatalog(file)) as catalog:
        return verify_snapshot(catalog, list(catalog.prices()), TODAY)


def test_a_snapshot_of_some_families_is_sound(some: Path) -> None:
    assert _verified(some).problems == ()


@pytest.mark.parametrize(
    ("damage", "check"),
    [
        ("DELETE FROM prices WHERE path LIKE 'aws/s3/%'", "vanished family"),
        ("UPDATE prices SET unit = source, source = unit WHERE path LIKE 'gcp/compute/disk/zonal/%'", "unit"),
        ("UPDATE prices SET as_of = trust, trust = as_of WHERE path LIKE 'gcp/cloud_sql/%'", "trust"),
        (
            "UPDATE prices SET prices = replace(prices, '=0.', '=9.') WHERE path LIKE 'aws/ebs/storage/g%'",
            "moved family",
        ),
        ("UPDATE prices SET prices = ' us-east-1=0.97' WHERE path LIKE '%linux/shared/on_demand/m5.large'", "anchor"),
        ("DELETE FROM prices WHERE path = 'aws/kms/key'", "digest"),
        ("DELETE FROM anchors", "digest"),
        ("UPDATE meta SET value = '2026-11-26' WHERE name = 'as_of'", "digest"),
    ],
)
def test_a_damaged_snapshot_is_told(some: Path, tmp_path: Path, damage: str, check: str) -> None:
    file = tmp_path / "prices.sqlite"
    shutil.copyfile(some, file)
    with closing(sqlite3.connect(file)) as database:
        database.execute(damage)
        database.commit()
    assert check in {problem.check for problem in _verified(file).problems}


def test_the_embedded_snapshot_is_sound() -> None:
    found = _verified(SNAPSHOT)
    assert found.problems == ()
    assert found.anchors >= 100
    assert set(found.dates) >= {"aws", "azure", "gcp"}
