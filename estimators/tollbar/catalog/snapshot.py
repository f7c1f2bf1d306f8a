"""The embedded snapshot: the reviewable tables compiled into one SQLite file that opens at once."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from tollbar.catalog.table import DATA, format_tiers, read_sources, read_table
from tollbar.errors import CatalogError
from tollbar.units import unit

SNAPSHOT = DATA / "prices.sqlite"
_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources (id TEXT PRIMARY KEY, name TEXT NOT NULL, licence TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE prices (
  path TEXT NOT NULL, region TEXT NOT NULL, unit TEXT NOT NULL, tiers TEXT NOT NULL,
  source TEXT NOT NULL, as_of TEXT NOT NULL, trust TEXT NOT NULL,
  PRIMARY KEY (path, region)
) WITHOUT ROWID;
"""


def build_snapshot(data: Path = DATA, target: Path = SNAPSHOT) -> int:
    """Compile the tables below ``data`` into ``target``, replacing it at once; return the number of prices.

    Raises:
        CatalogError: A table is malformed, names an unknown unit or source, or gives one price twice.
    """
    sources = read_sources(data / "sources.csv")
    handle, temporary = tempfile.mkstemp(dir=target.parent, suffix=".building")
    os.close(handle)
    try:
        with closing(sqlite3.connect(temporary)) as database:
            database.executescript(_SCHEMA)
            database.executemany(
                "INSERT INTO sources VALUES (?, ?, ?)", ((s.id, s.name, s.licence) for s in sources.values())
            )
            for table in sorted(data.glob("*/*.csv")):
                _insert_table(database, table, set(sources))
            count, newest = database.execute("SELECT count(*), max(as_of) FROM prices").fetchone()
            meta = [("as_of", newest or ""), ("content", content_hash(data)), ("count", str(count))]
            database.executemany("INSERT INTO meta VALUES (?, ?)", meta)
            database.commit()
            database.execute("VACUUM")
        Path(temporary).chmod(0o644)
        Path(temporary).replace(target)
    finally:
        Path(temporary).unlink(missing_ok=True)
    return int(count)


def content_hash(data: Path = DATA) -> str:
    """Return a digest of all tables below ``data``; a snapshot built from them carries the same."""
    digest = hashlib.sha256()
    for table in sorted([*data.glob("*/*.csv"), data / "sources.csv"]):
        digest.update(table.relative_to(data).as_posix().encode())
        digest.update(table.read_bytes())
    return digest.hexdigest()


def _insert_table(database: sqlite3.Connection, table: Path, sources: set[str]) -> None:
    for price in read_table(table):
        unit(price.unit)
        if price.source not in sources:
            raise CatalogError(f"{table}: {price.key} names the unknown source {price.source!r}")
        row = (
            price.key.path,
            price.key.region,
            price.unit,
            format_tiers(price.tiers),
            price.source,
            price.as_of,
            price.trust,
        )
        try:
            database.execute("INSERT INTO prices VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        except sqlite3.IntegrityError:
            raise CatalogError(f"{table}: {price.key} has two prices") from None


if __name__ == "__main__":
    print(f"{SNAPSHOT.name}: {build_snapshot()} prices")  # noqa: T201 -- a build step reports on stdout
