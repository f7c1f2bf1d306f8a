"""The portions fetched from one source, kept one by one, so that a run that breaks off loses nothing.

The store is a SQLite file beside the snapshot that is compiled from it. A portion is written in one
transaction; while a run is under way its start is recorded, and a later run goes on from there.
"""

from __future__ import annotations

import io
import sqlite3
import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Self

from tollbar.catalog.refresh.interface import Fetched, Portion
from tollbar.catalog.table import read_rows, write_rows
from tollbar.errors import CatalogError, RefreshError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from tollbar.price import Price

_FORM = "1"
_LONG_AGO = "1970-01-01T00:00:00+00:00"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS portions (
  service TEXT NOT NULL, region TEXT NOT NULL, fetched_at TEXT NOT NULL, etag TEXT,
  prices BLOB NOT NULL,  -- a price table in the reviewable form, compressed
  PRIMARY KEY (service, region)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS runs (request TEXT PRIMARY KEY, finished_at TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class KeptPortion:
    """A portion as it was fetched, and when."""

    portion: Portion
    fetched_at: datetime
    etag: str | None


class PortionStore:
    """The store of one source. Only one run at a time may have it open."""

    def __init__(self, file: Path) -> None:
        """Open the store, creating it where there is none.

        Raises:
            RefreshError: Another run has it open, or it cannot be written.
        """
        self._file = file
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(file, timeout=0, isolation_level=None)
            self._open()
        except (OSError, sqlite3.Error) as error:
            raise _explained(file, error) from error

    def _open(self) -> None:
        self._database.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._database.execute("BEGIN EXCLUSIVE")  # takes the lock for as long as the file is open
        for statement in _SCHEMA.split(";\n"):
            self._database.execute(statement)
        if self.meta("form") not in {None, _FORM}:
            self._database.execute("DELETE FROM portions")
        self._set_meta("form", _FORM)
        self._database.execute("COMMIT")

    def __enter__(self) -> Self:
        """Return the open store."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file and let go of the lock."""
        self._database.close()

    def meta(self, name: str) -> str | None:
        """Return a recorded value."""
        row = self._database.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def begin(self, request: str, now: datetime, resume_since: datetime) -> datetime:
        """Record that a run is under way and return since when portions count as its own.

        A run for the same request that broke off after ``resume_since`` is gone on with.
        """
        known, started = self.meta("unfinished"), self.meta("started")
        if known == request and started and datetime.fromisoformat(started) >= resume_since:
            return datetime.fromisoformat(started)
        self._set_meta("unfinished", request)
        self._set_meta("started", now.isoformat())
        return now

    def finish(self, request: str, now: datetime) -> None:
        """Record that a run has come to its end."""
        self._database.execute("BEGIN")
        self._database.execute("DELETE FROM meta WHERE name IN ('unfinished', 'started')")
        self._database.execute("INSERT OR REPLACE INTO runs VALUES (?, ?)", (request, now.isoformat()))
        self._database.execute("COMMIT")

    def give_up(self) -> None:
        """Forget the run under way, and what its portions are known by: the next one reads all of them anew."""
        self._database.execute("BEGIN")
        started = self.meta("started") or ""
        self._database.execute(
            "UPDATE portions SET etag = NULL, fetched_at = ? WHERE fetched_at >= ?", (_LONG_AGO, started)
        )
        self._database.execute("DELETE FROM meta WHERE name IN ('unfinished', 'started')")
        self._database.execute("COMMIT")

    def finished_at(self, request: str) -> datetime | None:
        """Return when a run for a request last came to its end, None where none did."""
        row = self._database.execute("SELECT finished_at FROM runs WHERE request = ?", (request,)).fetchone()
        return datetime.fromisoformat(row[0]) if row else None

    def kept(self, portion: Portion) -> KeptPortion | None:
        """Return when a portion was last fetched and its validator, None where it never was."""
        row = self._database.execute(
            "SELECT fetched_at, etag FROM portions WHERE service = ? AND region = ?", (portion.service, portion.region)
        ).fetchone()
        return KeptPortion(portion, datetime.fromisoformat(row[0]), row[1]) if row else None

    def keep(self, portion: Portion, fetched: Fetched, now: datetime) -> None:
        """Keep a portion, in place of what it was before.

        Raises:
            RefreshError: It has two prices for one thing.
        """
        try:
            packed = _packed(fetched.prices)
        except CatalogError as error:
            raise RefreshError(error.message) from None
        values = (portion.service, portion.region, now.isoformat(), fetched.etag, packed)
        self._database.execute("INSERT OR REPLACE INTO portions VALUES (?, ?, ?, ?, ?)", values)

    def confirm(self, portion: Portion, now: datetime) -> None:
        """Record that a portion is still as it was."""
        values = (now.isoformat(), portion.service, portion.region)
        self._database.execute("UPDATE portions SET fetched_at = ? WHERE service = ? AND region = ?", values)

    def prices(self) -> Iterator[tuple[Portion, list[Price]]]:
        """Yield every kept portion with its prices, the one fetched last at the end."""
        rows = self._database.execute(
            "SELECT service, region, prices FROM portions ORDER BY fetched_at, service, region"
        )
        for service, region, packed in rows.fetchall():
            yield Portion(service, region), _unpacked(packed)

    def _set_meta(self, name: str, value: str) -> None:
        self._database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))


def _packed(prices: Sequence[Price]) -> bytes:
    text = io.StringIO(newline="")
    write_rows(text, prices)
    return zlib.compress(text.getvalue().encode())


def _unpacked(packed: bytes) -> list[Price]:
    return list(read_rows(io.StringIO(zlib.decompress(packed).decode(), newline=""), "the store"))


def _explained(file: Path, error: Exception) -> RefreshError:
    if "locked" in str(error):
        return RefreshError(f"another refresh is at work on {file}", hint="Wait for it to end.")
    if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
        return RefreshError(f"{file} is damaged: {error}", hint="Delete it and run the refresh again.")
    return RefreshError(f"{file} cannot be written: {error}")
