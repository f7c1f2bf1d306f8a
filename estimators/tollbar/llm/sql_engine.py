"""What runs the SQL of a scan: DuckDB, or another engine that takes the same statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from duckdb import DuckDBPyConnection

Row = tuple[Any, ...]


class SqlEngine(Protocol):
    """Runs queries over ``calls``. Queries are written for DuckDB; another engine translates them."""

    def rows(self, query: str) -> list[Row]:
        """Return the result of a query."""
        ...

    def keep(self, table: str, query: str) -> None:
        """Keep the result of a query under a name, in place of what had it before."""
        ...

    def load(self, table: str, columns: Mapping[str, str], rows: Sequence[Row]) -> None:
        """Keep rows that are at hand under a name; ``columns`` are their names and SQL types."""
        ...


class DuckDb:
    """The default engine: DuckDB in this process, over the connection that the log was read into."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self._connection = connection

    def rows(self, query: str) -> list[Row]:
        """Return the result of a query."""
        return self._connection.execute(query).fetchall()

    def keep(self, table: str, query: str) -> None:
        """Keep the result of a query in a table."""
        self._connection.execute(f"CREATE OR REPLACE TABLE {table} AS {query}")

    def load(self, table: str, columns: Mapping[str, str], rows: Sequence[Row]) -> None:
        """Keep rows in a table."""
        listed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        self._connection.execute(f"CREATE OR REPLACE TABLE {table} ({listed})")
        if rows:
            marks = ", ".join("?" * len(columns))
            self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 -- our own names
