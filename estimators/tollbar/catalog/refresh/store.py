"""The portions fetched from one source, kept one by one, so that a run that breaks off loses nothing.

The store is a SQLite file beside the snapshot that is compiled from it. A portion is written in one
transaction and is pending until the run it belongs to has passed the tests; only then does it take the
place of the portion before. A run that broke off is gone on with by the next one for the same request.
"""

from __future__ import annotations

import io
import sqlite3
import zlib
from contextlib import contextmanager, suppress
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

_FORM = "2"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS portions (
  service TEXT NOT NULL, region TEXT NOT NULL, fetched_at TEXT NOT NULL, etag TEXT,
  prices BLOB NOT NULL,  -- a price table in the reviewable form, compressed
  PRIMARY KEY (service, region)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pending (
  request TEXT NOT NULL,
  service TEXT NOT NULL, region TEXT NOT NULL, fetched_at TEXT NOT NULL, etag TEXT, prices BLOB NOT NULL,
  PRIMARY KEY (request, service, region)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS unfinished (request TEXT PRIMARY KEY, started TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS runs (request TEXT PRIMARY KEY, finished_at TEXT NOT NULL) WITHOUT ROWID;
"""
MAKE_ROOM = "Make room, or name another folder in TOLLBAR_PRICES_DIR."
_COLUMNS = "service, region, fetched_at, etag, prices"


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
        self._database.execute("CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
        form = self._database.execute("SELECT value FROM meta WHERE name = 'form'").fetchone()
        if form is not None and form[0] != _FORM:
            for table in ("meta", "portions", "pending", "unfinished", "runs"):
                self._database.execute(f"DROP TABLE IF EXISTS {table}")
        for statement in _SCHEMA.split(";\n"):
            self._database.execute(statement)
        self._database.execute("INSERT OR REPLACE INTO meta VALUES ('form', ?)", (_FORM,))
        self._database.execute("COMMIT")

    def __enter__(self) -> Self:
        """Return the open store."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file and let go of the lock."""
        self._database.close()

    def begin(self, request: str, now: datetime, resume_since: datetime) -> None:
        """Record that a run is under way.

        A run for the same request that broke off after ``resume_since`` is gone on with; older ones, and
        those that began later than now (the clock was wrong), are forgotten.
        """
        window = (resume_since.isoformat(), now.isoformat())
        with self._transaction():
            self._execute("DELETE FROM unfinished WHERE NOT started BETWEEN ? AND ?", window)
            self._execute("DELETE FROM pending WHERE request NOT IN (SELECT request FROM unfinished)")
            self._execute("INSERT OR IGNORE INTO unfinished VALUES (?, ?)", (request, now.isoformat()))

    def adopt(self, request: str) -> None:
        """Put the pending portions of a run in the place of those before."""
        with self._transaction():
            self._adopt(request)

    def finish(self, request: str, now: datetime) -> None:
        """Do the same, and record that the run has come to its end."""
        with self._transaction():
            self._adopt(request)
            self._forget(request)
            self._execute("INSERT OR REPLACE INTO runs VALUES (?, ?)", (request, now.isoformat()))

    def give_up(self, request: str) -> None:
        """Forget what a run fetched: the next one reads all of it anew."""
        with self._transaction():
            self._forget(request)

    def finished_at(self, request: str) -> datetime | None:
        """Return when a run for a request last came to its end, None where none did."""
        row = self._execute("SELECT finished_at FROM runs WHERE request = ?", (request,)).fetchone()
        return datetime.fromisoformat(row[0]) if row else None

    def is_pending(self, request: str, portion: Portion) -> bool:
        """Return whether a run that broke off has fetched a portion already."""
        values = (request, portion.service, portion.region)
        statement = "SELECT 1 FROM pending WHERE request = ? AND service = ? AND region = ?"
        return self._execute(statement, values).fetchone() is not None

    def etag(self, portion: Portion) -> str | None:
        """Return what the vendor will know the portion in use by, None where there is none."""
        statement = "SELECT etag FROM portions WHERE service = ? AND region = ?"
        row = self._execute(statement, (portion.service, portion.region)).fetchone()
        return row[0] if row else None

    def keep(self, request: str, portion: Portion, fetched: Fetched, now: datetime) -> None:
        """Keep a portion of a run, pending.

        Raises:
            RefreshError: It has two prices for one thing, or cannot be written.
        """
        try:
            packed = _packed(fetched.prices)
        except CatalogError as error:
            raise RefreshError(error.message) from None
        values = (request, portion.service, portion.region, now.isoformat(), fetched.etag, packed)
        self._execute("INSERT OR REPLACE INTO pending VALUES (?, ?, ?, ?, ?, ?)", values)

    def confirm(self, request: str, portion: Portion, now: datetime) -> None:
        """Keep the portion in use as a portion of a run, pending: it is still as it was."""
        statement = """
            INSERT OR REPLACE INTO pending SELECT ?, service, region, ?, etag, prices
            FROM portions WHERE service = ? AND region = ?
        """
        self._execute(statement, (request, now.isoformat(), portion.service, portion.region))

    def prices(self, request: str) -> Iterator[tuple[Portion, list[Price]]]:
        """Yield the portions that would be in use after a run, with their prices; the one fetched last at the end."""
        statement = f"""
            SELECT {_COLUMNS} FROM pending WHERE request = ?
            UNION ALL
            SELECT {_COLUMNS} FROM portions WHERE (service, region) NOT IN
              (SELECT service, region FROM pending WHERE request = ?)
            ORDER BY fetched_at, service, region
        """  # noqa: S608 -- a constant
        for service, region, _, _, packed in self._execute(statement, (request, request)).fetchall():
            yield Portion(service, region), _unpacked(packed)

    def _adopt(self, request: str) -> None:
        statement = f"INSERT OR REPLACE INTO portions SELECT {_COLUMNS} FROM pending WHERE request = ?"  # noqa: S608 -- a constant
        self._execute(statement, (request,))

    def _forget(self, request: str) -> None:
        self._execute("DELETE FROM pending WHERE request = ?", (request,))
        self._execute("DELETE FROM unfinished WHERE request = ?", (request,))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._execute("BEGIN")
        try:
            yield
        except BaseException:
            with suppress(sqlite3.Error):  # a full disk has ended the transaction already
                self._database.execute("ROLLBACK")
            raise
        self._execute("COMMIT")

    def _execute(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        try:
            return self._database.execute(statement, values)
        except sqlite3.Error as error:
            raise _explained(self._file, error) from error


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
    return RefreshError(f"{file} cannot be written: {error}", hint=MAKE_ROOM)
