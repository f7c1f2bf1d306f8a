"""The embedded snapshot: the reviewable tables compiled into one SQLite file that opens at once."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from tollbar.catalog.table import DATA, format_tiers, read_sources, read_table
from tollbar.errors import CatalogError
from tollbar.units import unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tollbar.price import Price, PriceKey

SNAPSHOT = DATA / "prices.sqlite"
_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources (id TEXT PRIMARY KEY, name TEXT NOT NULL, licence TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE prices (
  path TEXT NOT NULL, source TEXT NOT NULL, as_of TEXT NOT NULL, trust TEXT NOT NULL, unit TEXT NOT NULL,
  prices TEXT NOT NULL,  -- " region=price region=price …", as in the tables
  PRIMARY KEY (path, source, as_of, trust)
) WITHOUT ROWID;
"""


def build_snapshot(data: Path = DATA, target: Path = SNAPSHOT) -> int:
    """Compile the tables below ``data`` into ``target``, replacing it at once; return the number of prices.

    Raises:
        CatalogError: A table is malformed, names an unknown unit or source, or gives one price twice.
    """
    sources = read_sources(data / "sources.csv")
    prices = [price for table in sorted(data.glob("*/*.csv")) for price in _checked(table, set(sources))]
    handle, temporary = tempfile.mkstemp(dir=target.parent, suffix=".building")
    os.close(handle)
    try:
        with closing(sqlite3.connect(temporary)) as database:
            database.executescript(_SCHEMA)
            rows = ((s.id, s.name, s.licence) for s in sources.values())
            database.executemany("INSERT INTO sources VALUES (?, ?, ?)", rows)
            database.executemany("INSERT INTO prices VALUES (?, ?, ?, ?, ?, ?)", _rows(prices))
            newest = max((price.as_of for price in prices if price.trust == "A"), default="")
            meta = [("as_of", newest), ("content", content_hash(data)), ("count", str(len(prices)))]
            database.executemany("INSERT INTO meta VALUES (?, ?)", meta)
            database.commit()
            database.execute("VACUUM")
        Path(temporary).chmod(0o644)
        Path(temporary).replace(target)
    finally:
        Path(temporary).unlink(missing_ok=True)
    return len(prices)


def content_hash(data: Path = DATA) -> str:
    """Return a digest of all tables below ``data``; a snapshot built from them carries the same."""
    digest = hashlib.sha256()
    for table in sorted([*data.glob("*/*.csv"), data / "sources.csv"]):
        digest.update(table.relative_to(data).as_posix().encode())
        digest.update(table.read_bytes())
    return digest.hexdigest()


def _checked(table: Path, sources: set[str]) -> Iterator[Price]:
    seen: set[tuple[PriceKey, str]] = set()
    for price in read_table(table):
        unit(price.unit)
        if price.source not in sources:
            raise CatalogError(f"{table}: {price.key} names the unknown source {price.source!r}")
        if (price.key, price.source) in seen:
            raise CatalogError(f"{table}: {price.key} has two prices from {price.source}")
        seen.add((price.key, price.source))
        yield price


def _rows(prices: Iterable[Price]) -> Iterator[tuple[str, ...]]:
    """Yield one row per path, source and date, all its regions in one text."""
    lines: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for price in prices:
        line = (price.key.path, price.source, price.as_of, price.trust, price.unit)
        lines[line].append(f" {price.key.region}={format_tiers(price.tiers)}")
    return ((*line, "".join(texts)) for line, texts in lines.items())


if __name__ == "__main__":
    print(f"{SNAPSHOT.name}: {build_snapshot()} prices")  # noqa: T201 -- a build step reports on stdout
