"""The SQL of a scan on Apache Spark: the same statements, written anew in Spark's dialect by sqlglot.

What scales how: reading does with files, aggregation with cores. Each task of Spark reads one file with DuckDB, as one
machine would, and writes its calls as Parquet; so a log of many files is read by all workers, a single file by one of
them. Detectors, totals and claims then run on all cores over the Parquet files, spilling where they must. Workers need
this package, the files at the same paths, and on a cluster a folder that all of them and the driver see, named by the
environment variable ``TOLLBAR_SPARK_DIR``. On one machine DuckDB is faster by far: Spark is for logs past one machine.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tollbar.errors import ConfigError, EngineError, TollbarError
from tollbar.llm.calls_table import CALLS, PROBLEMS
from tollbar.llm.log_files import log_files
from tollbar.llm.log_sql import literal
from tollbar.spelling import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pyspark.sql import SparkSession

    from tollbar.llm.log_reader import LogOptions
    from tollbar.llm.sql_engine import Row

_FILE_STRIDE = 1 << 40
"""What ``call_id`` rises by from file to file: no file has as many calls."""
_TYPES = {"UBIGINT": "DECIMAL(20,0)"}
"""DuckDB's types that Spark has no name for."""


def spark_master(engine: str) -> str:
    """Return the master that ``--engine`` names: ``local`` stands for all cores of this machine.

    Raises:
        ConfigError: It is none.
    """
    if engine == "local":
        return "local[*]"
    if engine.startswith(("spark://", "local[")):
        return engine
    raise ConfigError(f"--engine {quoted(engine)}: expected duckdb, local, local[N] or spark://HOST:PORT")


@contextmanager
def spark_session(engine: str, settings: Mapping[str, str] | None = None) -> Iterator[SparkSession]:
    """Give a session on a master, stopped afterwards; ``settings`` are Spark's own.

    Raises:
        TollbarError: PySpark is not installed.
        EngineError: Spark does not start, for instance without Java.
    """
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 -- an extra
    except ImportError as error:
        raise TollbarError("--engine needs PySpark", hint="pip install 'tollbar[spark]'") from error
    builder = (
        SparkSession.builder.master(spark_master(engine))
        .appName("tollbar scan")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.ansi.enabled", "true")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
    )
    own = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "4",
    }
    for name, value in ((own if engine.startswith("local") else {}) | dict(settings or {})).items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except Exception as error:
        raise EngineError(
            f"Spark does not start on {engine}: {str(error).partition(chr(10))[0]}",
            hint="Spark 4 needs Java 17 or newer.",
        ) from error
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield session
    finally:
        session.stop()


class Spark:
    """An :class:`~tollbar.llm.sql_engine.SqlEngine` on a Spark session.

    What is kept is written to a folder as Parquet: a plan over cached tables would grow from table to table.
    """

    def __init__(self, session: SparkSession, folder: Path) -> None:
        self._session = session
        self._folder = folder
        self._kept = 0

    def rows(self, query: str) -> list[Row]:
        """Return the result of a query."""
        return [_plain(row) for row in self._session.sql(in_spark(query)).collect()]

    def keep(self, table: str, query: str) -> None:
        """Keep the result of a query, computed once, under a name."""
        self._kept += 1
        path = str(self._folder / f"kept-{self._kept}-{table}")
        self._session.sql(in_spark(query)).write.parquet(path)
        self._session.read.parquet(path).createOrReplaceTempView(table)

    def load(self, table: str, columns: Mapping[str, str], rows: Sequence[Row]) -> None:
        """Keep rows under a name."""
        schema = ", ".join(f"{name} {_spark_type(kind)}" for name, kind in columns.items())
        self._session.createDataFrame([tuple(row) for row in rows], schema).createOrReplaceTempView(table)

    def read(self, files: Sequence[str], options: LogOptions) -> None:
        """Read the files of a log into ``calls`` and ``log_problems``, each by one task."""
        context = self._session.sparkContext
        numbered = context.parallelize(list(enumerate(files)), max(len(files), 1))
        write = partial(write_file, folder=str(self._folder), options=options)
        numbered.foreach(write)
        for table in ("calls", "log_problems"):
            self._session.read.parquet(str(self._folder / table)).createOrReplaceTempView(table)


@contextmanager
def spark_log(engine: str, paths: Sequence[str], options: LogOptions) -> Iterator[Spark]:
    """Give an engine with the calls of a log, all at the prices of one day: today's, unless the options name one.

    Raises:
        InputError: A path does not exist.
        EngineError: Spark does not start.
    """
    priced = replace(options, prices_on=options.prices_on or options.now.date())
    with TemporaryDirectory(prefix="tollbar-spark-", dir=os.environ.get("TOLLBAR_SPARK_DIR")) as folder:
        files = [str(file.path.absolute()) for file in log_files(paths, Path(folder))]
        with spark_session(engine) as session:
            spark = Spark(session, Path(folder))
            spark.read(files, priced)
            yield spark


def in_spark(query: str) -> str:
    """Return a query of DuckDB's in Spark's SQL.

    Raises:
        EngineError: sqlglot knows no way to say it.
    """
    import sqlglot  # noqa: PLC0415 -- an extra
    from sqlglot.errors import SqlglotError  # noqa: PLC0415 -- as above

    try:
        (written,) = sqlglot.transpile(query, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)
    except SqlglotError as error:
        raise EngineError(f"a query cannot be written for Spark: {error}") from error
    return str(written)


def write_file(numbered: tuple[int, str], folder: str, options: LogOptions) -> None:
    """Read a file of a log and write its calls and problems as Parquet: what a task of Spark does.

    ``call_id`` is kept apart from those of other files by the file's number.
    """
    from tollbar.catalog.llm import LlmCatalog  # noqa: PLC0415 -- imported by the worker
    from tollbar.llm.log_reader import read_log  # noqa: PLC0415 -- as above

    number, file = numbered
    with read_log([file], LlmCatalog, replace(options, refuse_unknown=False)) as log:
        for table, columns in (("calls", CALLS), ("log_problems", PROBLEMS)):
            target = Path(folder) / table
            target.mkdir(parents=True, exist_ok=True)
            expressions = {"call_id": f"call_id + {number * _FILE_STRIDE}"}
            selected = ", ".join(
                f"CAST({expressions.get(name, name)} AS {_TYPES.get(kind, kind)}) AS {name}"
                for name, kind in columns.items()
            )
            path = literal(str(target / f"{number:06}.parquet"))
            log.connection.execute(f"COPY (SELECT {selected} FROM {table}) TO {path} (FORMAT parquet)")  # noqa: S608 -- our own names; the path is quoted


def _spark_type(kind: str) -> str:
    kind = _TYPES.get(kind, kind)
    return {"VARCHAR": "STRING", "TIMESTAMP": "TIMESTAMP_NTZ"}.get(kind, kind)


def _plain(row: Iterable[Any]) -> Row:
    """Return a row as DuckDB would give it: moments without a zone."""
    return tuple(
        value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) and value.tzinfo else value
        for value in row
    )
