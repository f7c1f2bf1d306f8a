"""Opening a ledger: what begins one, what brings an old one up to date, what is refused."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine

from tests.ledger.samples import decision, estimate
from tollbar.errors import ConfigError, LedgerError
from tollbar.ledger.ledger import facts_of
from tollbar.ledger.opening import migrate, open_ledger
from tollbar.ledger.schema import VERSION, tables

if TYPE_CHECKING:
    from pathlib import Path


def _version(file: Path) -> list[tuple[int]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT version FROM tollbar_ledger_version").fetchall()


@pytest.mark.parametrize("place", ["{}", "sqlite:///{}"])
def test_a_new_ledger_is_made_whole(tmp_path: Path, place: str) -> None:
    file = tmp_path / "ledger.sqlite"
    open_ledger(place.format(file), create=True).close()
    assert _version(file) == [(VERSION,)]
    assert [entry.name for entry in tmp_path.iterdir()] == ["ledger.sqlite"]
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchall() == [("wal",)]


def test_one_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"there is no ledger .*absent\.sqlite\n  `tollbar check --ledger"):
        open_ledger(str(tmp_path / "absent.sqlite"))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"cannot be made: No such file or directory"):
        open_ledger(str(tmp_path / "absent" / "ledger.sqlite"), create=True)


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"version: 1\n" * 200, "cannot be opened: file is not a database"), (b"", "is not a ledger")],
)
def test_another_file_is_an_error_and_stays_as_it_is(tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "tollbar.yml"
    file.write_bytes(content)
    with pytest.raises(LedgerError, match=message):
        open_ledger(str(file), create=True)
    assert file.read_bytes() == content


def test_another_database_is_an_error_and_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE orders (id)")
    with pytest.raises(LedgerError, match="is not a ledger"):
        open_ledger(str(file), create=True)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("orders",)]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("UPDATE tollbar_ledger_version SET version = 99", "is of version 99; this release"),
        ("DELETE FROM tollbar_ledger_version", "has no version"),
    ],
)
def test_a_version_that_is_not_known_is_an_error(tmp_path: Path, change: str, message: str) -> None:
    file = tmp_path / "ledger.sqlite"
    open_ledger(str(file), create=True).close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(change)
        connection.commit()
    with pytest.raises(LedgerError, match=message):
        open_ledger(str(file))


def test_migrations_run_forward_in_their_order(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite"
    open_ledger(str(file), create=True).close()
    engine = create_engine(f"sqlite:///{file}")
    steps = {
        VERSION: lambda connection: connection.exec_driver_sql("CREATE TABLE first (a)"),
        VERSION + 1: lambda connection: connection.exec_driver_sql("ALTER TABLE first RENAME TO second"),
    }
    for _ in range(2):  # once more changes nothing
        with engine.begin() as connection:
            migrate(connection, "ledger", VERSION + 2, steps)
    engine.dispose()
    assert _version(file) == [(VERSION + 2,)]
    with closing(sqlite3.connect(file)) as migrated:
        assert migrated.execute("SELECT name FROM sqlite_master WHERE name = 'second'").fetchall() == [("second",)]


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("nosuch://host/db", "neither a file nor the URL of a database"),
        ("://", "neither a file nor the URL of a database"),
        ("sqlite://", "a ledger in memory would be forgotten"),
        ("sqlite:///:memory:", "a ledger in memory would be forgotten"),
    ],
)
def test_a_place_that_is_none(place: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        open_ledger(place, create=True)


def test_without_sqlalchemy_the_error_says_what_to_install(tmp_path: Path) -> None:
    script = (
        "import sys; sys.modules['sqlalchemy'] = None\n"
        "from tollbar.cli.app import main\n"
        "sys.exit(main(['ledger', 'list', '--ledger', 'ledger.sqlite']))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        3, "error: a ledger needs SQLAlchemy\n  Install it: pip install 'tollbar[ledger]'\n",
    )  # fmt: skip


def test_postgresql(postgresql: str) -> None:
    with pytest.raises(LedgerError, match="is not a ledger"):
        open_ledger(postgresql)
    for _ in range(2):
        with closing(open_ledger(postgresql, create=True)) as ledger:
            entry = ledger.record(estimate("2026-11-20T10:00:00Z", cost="5", delta="0.25"), decision("deny"), {})
            ledger.approve(entry[:12], "alice", "2026-11-20T12:00:00Z")
            before = ledger.deployments_before(facts_of(estimate()), 90, 500)
            found = [(past.monthly_cost, past.approved_at) for past in before]
            assert found == [(Decimal(5), "2026-11-20T12:00:00.000000Z")]


def test_the_tables_are_those_of_any_database() -> None:
    kinds = {type(column.type).__name__ for table in tables.tables.values() for column in table.columns}
    assert kinds == {"BigInteger", "Integer", "LargeBinary", "String", "Text"}
