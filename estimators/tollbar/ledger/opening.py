"""Opening a ledger: a SQLite file, or any database that SQLAlchemy knows, by its URL.

A SQLite file is made beside its place and put there whole, in write-ahead mode: of two that make it at once, one is
first, and nobody ever meets half of it. Connections wait for one another; writers take their turn at the beginning of
a transaction, so that none fails in the middle of it.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tollbar.errors import ConfigError, LedgerError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import URL, Connection, Engine

    from tollbar.ledger.ledger import Ledger

_WAIT_SECONDS = 30


def open_ledger(place: str, *, create: bool = False, pooled: bool = False) -> Ledger:
    """Return the ledger in a file or at a URL; with ``create`` it is made where there is none.

    ``pooled`` keeps connections open for the next question: for a process that asks again and again.

    Raises:
        ConfigError: SQLAlchemy or the database's driver is not installed, or the place is none.
        LedgerError: It is not there, cannot be read, is no ledger, or is one of a newer release.
    """
    try:
        from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError  # noqa: PLC0415 -- an extra

        from tollbar.ledger.ledger import Ledger  # noqa: PLC0415 -- needs SQLAlchemy
    except ModuleNotFoundError:
        raise ConfigError("a ledger needs SQLAlchemy", hint="Install it: pip install 'tollbar[ledger]'") from None
    try:
        url = _url(place)
        engine = _engine(url, pooled=pooled)
    except (ArgumentError, NoSuchModuleError):
        hint = "Write it as FILE, sqlite:///FILE or postgresql://USER@HOST/DATABASE."
        raise ConfigError("the place of the ledger is neither a file nor the URL of a database", hint=hint) from None
    except ModuleNotFoundError as missing:
        raise ConfigError(f"this ledger needs the database driver {missing.name}", hint="Install it.") from None
    label = _label(url)
    try:
        _ensure_tables(engine, label, create=create)
    except SQLAlchemyError as error:
        engine.dispose()
        raise LedgerError(f"the ledger {label} cannot be opened: {reason(error)}") from None
    except LedgerError:
        engine.dispose()
        raise
    return Ledger(engine, label)


def reason(error: Exception) -> str:
    """Return what the database says, without the statement and its values."""
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0]


def migrate(
    connection: Connection, label: str, newest: int, migrations: Mapping[int, Callable[[Connection], object]]
) -> None:
    """Bring the tables up to the newest version, step by step; all of it in the transaction of the connection.

    Raises:
        LedgerError: They are of a newer version than this release knows, or of none.
    """
    from sqlalchemy import select, update  # noqa: PLC0415 -- an extra

    from tollbar.ledger.schema import versions  # noqa: PLC0415 -- as above

    version = connection.execute(select(versions.c.version).with_for_update()).scalar_one_or_none()
    if version is None:
        raise LedgerError(f"the ledger {label} has no version: it is damaged")
    if version > newest:
        raise LedgerError(
            f"the ledger {label} is of version {version}; this release knows {newest}",
            hint="It was written by a newer release of Tollbar: use that one.",
        )
    for step in range(version, newest):
        migrations[step](connection)
    if version < newest:
        connection.execute(update(versions).values(version=newest))


def _url(place: str) -> URL:
    from sqlalchemy import URL, make_url  # noqa: PLC0415 -- an extra

    if "://" not in place:
        return URL.create("sqlite", database=place)
    url = make_url(place)
    if url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}:
        raise ConfigError("a ledger in memory would be forgotten", hint="Name a file: sqlite:///ledger.sqlite.")
    return url


def _label(url: URL) -> str:
    """Return how messages call the ledger: never with a password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return f"{url.get_backend_name()}://{url.host or ''}/{url.database or ''}"


def _engine(url: URL, *, pooled: bool = False) -> Engine:
    from sqlalchemy import NullPool, QueuePool, create_engine, event  # noqa: PLC0415 -- an extra

    pool = QueuePool if pooled else NullPool
    if url.get_backend_name() != "sqlite":
        return create_engine(url, poolclass=pool, pool_pre_ping=pooled)
    engine = create_engine(url, poolclass=pool, connect_args={"timeout": _WAIT_SECONDS})

    @event.listens_for(engine, "connect")
    def _leave_transactions_to_us(connection: Any, _: object) -> None:  # noqa: ANN401 -- the driver's own
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _ensure_tables(engine: Engine, label: str, *, create: bool) -> None:
    from sqlalchemy import inspect  # noqa: PLC0415 -- an extra

    from tollbar.ledger.schema import MIGRATIONS, VERSION, versions  # noqa: PLC0415 -- as above

    in_file = engine.dialect.name == "sqlite"
    if in_file and not Path(label).exists():
        if not create:
            raise LedgerError(f"there is no ledger {label}", hint="`tollbar check --ledger FILE` begins one.")
        _make_file(Path(label))
    if not inspect(engine).has_table(versions.name):
        if in_file or not create:
            raise LedgerError(f"{label} is not a ledger", hint="Name another: this one holds something else.")
        _make_tables(engine)
    with engine.connect() as connection:
        version = connection.exec_driver_sql(f"SELECT max(version) FROM {versions.name}").scalar()  # noqa: S608 -- ours
    if version != VERSION:
        with engine.execution_options(writes=True).begin() as connection:
            migrate(connection, label, VERSION, MIGRATIONS)


def _make_tables(engine: Engine) -> None:
    from sqlalchemy import insert, inspect  # noqa: PLC0415 -- an extra
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415 -- as above

    from tollbar.ledger.schema import VERSION, tables, versions  # noqa: PLC0415 -- as above

    try:
        with engine.execution_options(writes=True).begin() as connection:
            tables.create_all(connection)
            connection.execute(insert(versions).values(version=VERSION))
    except DBAPIError:  # somebody else made them meanwhile
        if not inspect(engine).has_table(versions.name):
            raise


def _make_file(file: Path) -> None:
    """Make a SQLite file with the tables, unless somebody else makes it meanwhile."""
    try:
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        os.close(handle)
    except OSError as error:
        raise LedgerError(f"the ledger {file} cannot be made: {error.strerror}") from None
    made = Path(name)
    try:
        _fill(made)
        with suppress(FileExistsError):
            os.link(made, file)
    except OSError as error:
        raise LedgerError(f"the ledger {file} cannot be made: {error.strerror}") from None
    finally:
        made.unlink()


def _fill(file: Path) -> None:
    import sqlite3  # noqa: PLC0415 -- only where a file is made

    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    engine = _engine(_url(str(file)))
    _make_tables(engine)
    engine.dispose()
