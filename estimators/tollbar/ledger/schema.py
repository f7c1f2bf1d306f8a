"""The ledger's tables, and how one of an older release is brought up to date.

Types are those that every SQL database has. Amounts are whole millionths of a US dollar, times RFC 3339 text in UTC
of one length, so that they sort: neither loses anything on SQLite, which has no exact decimals and no time zones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, String, Table, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import Connection

VERSION = 2
"""The version of the tables below."""

tables = MetaData()

versions = Table("tollbar_ledger_version", tables, Column("version", Integer, primary_key=True))

entries = Table(
    "tollbar_ledger_entries",
    tables,
    Column("id", String(64), primary_key=True),
    Column("time", String(27), nullable=False),
    Column("recorded_at", String(27), nullable=False),
    Column("change", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("environment", Text, nullable=False),
    Column("team", Text),
    Column("project_id", Text),
    Column("pull_request", Text),
    Column("monthly_cost", BigInteger, nullable=False),
    Column("delta", BigInteger),
    Column("outcome", String(16), nullable=False),
    Column("revision", Text, nullable=False),
    Column("estimate", LargeBinary, nullable=False),
    Column("settings", LargeBinary),
    Column("decision", LargeBinary, nullable=False),
    Column("approved_by", Text),
    Column("approved_at", String(27)),
    Index("tollbar_ledger_by_time", "time"),
    Index("tollbar_ledger_by_team", "team", "time"),
    Index("tollbar_ledger_by_project", "project_id", "time"),
)

access_tokens = Table(
    "tollbar_access_tokens",
    tables,
    Column("id", String(12), primary_key=True),
    Column("name", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("scopes", Text, nullable=False),
    Column("projects", Text),
    Column("created_at", String(27), nullable=False),
    Column("expires_at", String(27)),
    Column("revoked_at", String(27)),
)


def _with_access_tokens(connection: Connection) -> None:
    access_tokens.create(connection)


MIGRATIONS: Mapping[int, Callable[[Connection], object]] = {1: _with_access_tokens}
"""By version, what makes tables of it those of the next. One that was released is never changed."""
