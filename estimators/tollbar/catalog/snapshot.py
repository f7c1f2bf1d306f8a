"""The embedded snapshot: the reviewable tables compiled into one SQLite file that opens at once."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from collections import defaultdict
from contextlib import closing
from dataclasses import astuple
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tollbar.catalog.integrity.anchors import ANCHORS, anchor_problems, read_anchors
from tollbar.catalog.integrity.digest import snapshot_digest
from tollbar.catalog.integrity.families import FAMILIES, families_of, family_problems, read_families
from tollbar.catalog.integrity.form import form_problems
from tollbar.catalog.integrity.problem import refuse
from tollbar.catalog.integrity.relations import relation_problems
from tollbar.catalog.table import DATA, SNAPSHOT, format_tiers, read_sources, read_table
from tollbar.errors import CatalogError
from tollbar.price import cloud_of, preference

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from tollbar.catalog.integrity.anchors import Anchor
    from tollbar.catalog.integrity.families import Family
    from tollbar.catalog.integrity.problem import Problem
    from tollbar.catalog.table import Source
    from tollbar.price import Price, PriceKey

_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources (id TEXT PRIMARY KEY, name TEXT NOT NULL, licence TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE prices (
  path TEXT NOT NULL, source TEXT NOT NULL, as_of TEXT NOT NULL, trust TEXT NOT NULL, unit TEXT NOT NULL,
  prices TEXT NOT NULL,  -- " region=price region=price …", as in the tables
  PRIMARY KEY (path, source, as_of, trust)
) WITHOUT ROWID;
CREATE TABLE families (
  family TEXT NOT NULL, unit TEXT NOT NULL,
  things INTEGER NOT NULL, prices INTEGER NOT NULL, mean REAL NOT NULL, starts REAL NOT NULL
);
CREATE TABLE anchors (
  path TEXT NOT NULL, region TEXT NOT NULL, unit TEXT NOT NULL, prices TEXT NOT NULL, page TEXT NOT NULL
);
"""


def build_snapshot(data: Path = DATA, target: Path = SNAPSHOT, today: date | None = None) -> int:
    """Compile the tables below ``data`` into ``target``, replacing it at once; return the number of prices.

    The integrity tests come first: the form of every price, relations between prices, and, where
    ``data`` has these files, ``families.csv`` and ``anchors.csv``.

    Raises:
        CatalogError: A table is malformed or gives one price twice, or an integrity test failed; the
            old snapshot stays.
    """
    sources = read_sources(data / "sources.csv")
    prices = [price for table in sorted(data.glob("*/*.csv")) for price in _once(table)]
    families, anchors = read_families(data / FAMILIES), read_anchors(data / ANCHORS)
    problems = snapshot_problems(prices, sources, families, anchors, today or datetime.now(UTC).date())
    refuse("the price tables", problems, "A change that is meant is recorded with `make families`, after a look at it.")
    write_snapshot(target, sources.values(), prices, {"content": content_hash(data)}, families, anchors)
    return len({price.key for price in prices})


def snapshot_problems(
    prices: Sequence[Price],
    sources: Collection[str],
    families: Sequence[Family],
    anchors: Sequence[Anchor],
    today: date,
) -> list[Problem]:
    """Return what the integrity tests find in a set of prices."""
    problems = list(form_problems(prices, sources, today))
    if problems:
        return problems  # the other tests count on well-formed prices
    by_key: dict[PriceKey, list[Price]] = defaultdict(list)
    for price in sorted(prices, key=preference):
        by_key[price.key].append(price)
    preferred = [found[0] for found in by_key.values()]
    return [
        *relation_problems(preferred),
        *family_problems(families, families_of(prices)),
        *anchor_problems(anchors, lambda key: by_key.get(key, [])),
    ]


def write_snapshot(
    target: Path,
    sources: Iterable[Source],
    prices: Sequence[Price],
    meta: Mapping[str, str],
    families: Iterable[Family] = (),
    anchors: Iterable[Anchor] = (),
) -> None:
    """Write prices as a snapshot, replacing ``target`` only once it is whole."""
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f"{target.name}.", suffix=".building")
    os.close(handle)
    try:
        with closing(sqlite3.connect(temporary)) as database:
            database.executescript(_SCHEMA)
            rows = sorted((s.id, s.name, s.licence) for s in sources)
            database.executemany("INSERT INTO sources VALUES (?, ?, ?)", rows)
            database.executemany("INSERT INTO prices VALUES (?, ?, ?, ?, ?, ?)", _rows(prices))
            database.executemany("INSERT INTO families VALUES (?, ?, ?, ?, ?, ?)", (astuple(f) for f in families))
            lines = ((a.key.path, a.key.region, a.unit, format_tiers(a.tiers), a.page) for a in anchors)
            database.executemany("INSERT INTO anchors VALUES (?, ?, ?, ?, ?)", lines)
            entries = {**_dates(prices), **meta}
            database.executemany("INSERT INTO meta VALUES (?, ?)", sorted(entries.items()))
            database.execute("INSERT INTO meta VALUES ('digest', ?)", (snapshot_digest(database),))
            database.commit()
            database.execute("VACUUM")
        Path(temporary).chmod(0o644)
        Path(temporary).replace(target)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _dates(prices: Sequence[Price]) -> dict[str, str]:
    """Return the date of the newest price that a program read from a vendor's data: by cloud, and of all."""
    newest: dict[str, str] = {"as_of": ""}
    for price in prices:
        if price.trust == "A":
            for name in ("as_of", f"as_of:{cloud_of(price.key.path)}"):
                newest[name] = max(newest.get(name, ""), price.as_of)
    return newest


def content_hash(data: Path = DATA) -> str:
    """Return a digest of all tables below ``data``; a snapshot built from them carries the same."""
    digest = hashlib.sha256()
    for table in sorted([*data.glob("*/*.csv"), data / "sources.csv"]):
        digest.update(table.relative_to(data).as_posix().encode())
        digest.update(table.read_bytes())
    return digest.hexdigest()


def _once(table: Path) -> Iterator[Price]:
    """Yield the prices of a table.

    Raises:
        CatalogError: One source gives two prices for one thing.
    """
    seen: set[tuple[PriceKey, str]] = set()
    for price in read_table(table):
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
    return ((*line, "".join(sorted(texts))) for line, texts in sorted(lines.items()))


if __name__ == "__main__":
    print(f"{SNAPSHOT.name}: {build_snapshot()} prices")  # noqa: T201 -- a build step reports on stdout
