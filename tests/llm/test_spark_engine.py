"""DuckDB and a real Spark of this machine give the same numbers for the same log, down to the last digit."""

from __future__ import annotations

import shutil
from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.bench.generated_log import GeneratedLog
from tests.llm.logs import OPTIONS
from tollbar.catalog.llm import LlmCatalog
from tollbar.errors import ConfigError
from tollbar.llm.detector import Settings, detectors, prepared_tables
from tollbar.llm.log_reader import read_log
from tollbar.llm.scan import Question, scan
from tollbar.llm.spark_engine import Spark, in_spark, spark_master, spark_session
from tollbar.llm.sql_engine import DuckDb
from tollbar.llm.task_inference import task_inference

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 11, 1)
QUICK = {"spark.sql.codegen.wholeStage": "false", "spark.sql.shuffle.partitions": "2"}
"""For small data: compiling a stage takes longer than running it."""


@pytest.mark.parametrize(
    ("engine", "master"),
    [("local", "local[*]"), ("local[2]", "local[2]"), ("spark://host:7077", "spark://host:7077")],
)
def test_an_engine_names_a_master(engine: str, master: str) -> None:
    assert spark_master(engine) == master


def test_another_engine_is_refused() -> None:
    with pytest.raises(ConfigError, match="'flink': expected duckdb, local, local"):
        spark_master("flink")


def test_all_detectors_can_be_written_for_spark() -> None:
    queries = [detector.sql(Settings()) for detector in (*prepared_tables(), *detectors())]

    assert [bool(in_spark(query)) for query in queries] == [True] * len(queries)


def test_duckdb_and_spark_agree(tmp_path: Path) -> None:
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, and there is none")
    log = tmp_path / "log.jsonl"
    GeneratedLog(1500).write(log)
    broken = tmp_path / "broken.jsonl"
    broken.write_text("no JSON\n", encoding="utf-8")
    files = [str(log), str(broken)]
    options = replace(OPTIONS, prices_on=DAY, inference=task_inference(None))
    with read_log(files, LlmCatalog, options) as read:
        alone = scan(DuckDb(read.connection), LlmCatalog(DAY), Question())

    with spark_session("local[2]", QUICK) as session:
        engine = Spark(session, tmp_path / "spark")
        engine.read(files, options)
        spread = scan(engine, LlmCatalog(DAY), Question())

    assert sum(finding.calls for finding in alone.findings) > 50
    compared = [field.name for field in fields(alone) if field.name != "seconds"]
    assert {name: getattr(spread, name) for name in compared} == {name: getattr(alone, name) for name in compared}
