"""``tollbar scan``: what usage logs of language models cost, what of it was waste, and what the policy says of them."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from tollbar.cli import options  # noqa: TC001 -- typer reads the annotations at run time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from tollbar.llm.detector import Settings as DetectorSettings
    from tollbar.llm.log_estimate import JudgedLog
    from tollbar.llm.log_reader import LogOptions
    from tollbar.llm.scan import Question
    from tollbar.llm.scan_result import Scan
    from tollbar.llm.sql_engine import SqlEngine
    from tollbar.policy.config import Config
    from tollbar.report.scan import ScanReport

_LIMIT = re.compile(r"\$?(\d+(?:\.\d+)?)\s*(%)?")


@dataclass(frozen=True)
class _Request:
    """What was asked for."""

    logs: Sequence[str]
    policy: Path | None
    opa: str | None
    now: str | None
    since: str | None
    until: str | None
    columns: str | None
    engine: str


@dataclass(frozen=True)
class _Log:
    """A log that was read: the engine that holds it, its files, and the day of its prices."""

    engine: SqlEngine
    names: Sequence[str]
    prices_on: date


def scan(  # noqa: PLR0913 -- one parameter per command-line option
    logs: Annotated[
        list[str],
        typer.Argument(
            help="Log files (JSONL, JSON, CSV, Parquet, .gz), globs, folders, or - for stdin.", metavar="LOG..."
        ),
    ],
    *,
    policy: Annotated[
        Path | None,
        typer.Option(
            "--policy",
            "--config",
            help="crashlens.yml or tollbar.yml; by default those of this folder.",
            metavar="FILE",
        ),
    ] = None,
    by: Annotated[
        str, typer.Option(help="What consumption is grouped by: model, task, team, user, day, ...", metavar="NAME,NAME")
    ] = "model,task,team",
    since: options.Since = None,
    until: options.Until = None,
    columns: options.Columns = None,
    engine: Annotated[
        str, typer.Option(help="duckdb, or Apache Spark: local, or a master as spark://host:7077.", metavar="ENGINE")
    ] = "duckdb",
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", help="A threshold of a detector; may be repeated.", metavar="DETECTOR.PARAMETER=VALUE"),
    ] = None,
    fail_on_waste: Annotated[
        str | None, typer.Option(help="Exit with 1 where more is waste: USD, or a share of the bill.", metavar="USD|%")
    ] = None,
    tasks: Annotated[
        Path | None, typer.Option(help="Rules that tell the task of a prompt, in place of ours.", metavar="FILE")
    ] = None,
    capable_models: Annotated[
        Path | None, typer.Option(help="Models that are good enough for a task, in place of ours.", metavar="FILE")
    ] = None,
    format_name: Annotated[
        str, typer.Option("--format", "-f", help="table, json or markdown.", metavar="FORMAT")
    ] = "table",
    out: options.Out = None,
    everything: options.Everything = False,
    opa: options.Opa = None,
    notify: options.Notify = None,
    now: Annotated[str | None, typer.Option(help="Decide as of this time (RFC 3339).", metavar="TIME")] = None,
) -> int:
    """Find waste in usage logs of language models, with amounts, and let the policy judge the calls.

    \b
    tollbar scan logs/*.jsonl
    tollbar scan calls.jsonl.gz --policy .github/crashlens.yml --by model,user
    tollbar scan calls.parquet --since 2026-11-01 --fail-on-waste 5% --format markdown
    tollbar scan calls.jsonl --set retry_loop.min_attempts=3 --set model_overkill.min_ratio=10

    Exits with 0; with 1 where the policy denies the calls or more is waste than --fail-on-waste allows; with 2
    where an approval is needed; with 3 on bad input.
    """
    from tollbar.cli import notifying, output  # noqa: PLC0415 -- --help needs none of it
    from tollbar.llm.consumption import require_dimensions  # noqa: PLC0415 -- as above
    from tollbar.llm.model_rates import capable_models as read_capable  # noqa: PLC0415 -- as above
    from tollbar.llm.scan import Question  # noqa: PLC0415 -- as above
    from tollbar.report import scan as report  # noqa: PLC0415 -- as above

    report.require_format(format_name)
    notifying.require_known(notify)
    dimensions = tuple(dict.fromkeys(name.strip() for name in by.split(",") if name.strip()))
    require_dimensions(dimensions)
    limit = _limit(fail_on_waste)
    request = _Request(logs, policy, opa, now, since, until, columns, engine)
    config, file = _configuration(policy)
    question = Question(
        dimensions,
        _detector_settings(config, settings or (), file),
        None if capable_models is None else read_capable(capable_models),
    )
    with output.progress("reading the log"):
        result = _scanned(request, question, config, file, tasks)
    result = _closed(result, limit, everything=everything, width=output.terminal_width())
    output.write(report.render(result, format_name), out)
    if result.judged is not None:
        notifying.notify(notify, result.judged.decision, result.judged.estimate.deployment)
    return result.exit_code


def _configuration(policy: Path | None) -> tuple[Config, Path | None]:
    from tollbar.cli.simulate import llm_configuration  # noqa: PLC0415 -- --help needs none of it

    return llm_configuration(policy)


def _detector_settings(config: Config, assignments: Sequence[str], file: Path | None) -> DetectorSettings:
    from tollbar.llm.detector import detectors, prepared_tables, settings_of  # noqa: PLC0415 -- --help needs none of it

    known = (*detectors(), *prepared_tables())
    return settings_of(config.scan, assignments, known, str(file or "tollbar.yml"))


def _scanned(
    request: _Request, question: Question, config: Config, file: Path | None, tasks: Path | None
) -> ScanReport:
    """Return what the logs hold: read, scanned, and judged where there is a policy."""
    from tollbar.catalog.llm import LlmCatalog  # noqa: PLC0415 -- --help needs none of it
    from tollbar.llm.scan import scan as scanned  # noqa: PLC0415 -- as above
    from tollbar.report.scan import ScanReport  # noqa: PLC0415 -- as above

    reading = _reading(request, tasks)
    with _opened(request, reading) as log:
        result = scanned(log.engine, LlmCatalog(reading.now.date()), question)
        judged = _judged(log.engine, request, config, file)
        formats = log.engine.rows("SELECT format, COUNT(*) FROM calls GROUP BY format ORDER BY 2 DESC, 1")
    notes = (*_nothing_left(request, result), *(judged.warnings if judged else ()))
    return ScanReport(result, log.names, 0, log.prices_on, judged, dict(formats), notes=notes)


def _nothing_left(request: _Request, result: Scan) -> tuple[str, ...]:
    """Return that no call is of the time that was asked for: what is not looked at passes."""
    if result.totals.calls or (request.since is None and request.until is None):
        return ()
    return ("no call of the log is of the time asked for (--since, --until)",)


def _reading(request: _Request, tasks: Path | None) -> LogOptions:
    from tollbar.cli.option_values import moment, moment_or_now  # noqa: PLC0415 -- --help needs none of it
    from tollbar.llm.column_mapping import read_mapping  # noqa: PLC0415 -- as above
    from tollbar.llm.log_reader import LogOptions  # noqa: PLC0415 -- as above
    from tollbar.llm.task_inference import task_inference  # noqa: PLC0415 -- as above

    return LogOptions(
        now=moment_or_now(request.now),
        since=None if request.since is None else moment(request.since),
        until=None if request.until is None else moment(request.until),
        mapping=None if request.columns is None else read_mapping(request.columns),
        inference=task_inference(tasks),
    )


@contextmanager
def _opened(request: _Request, reading: LogOptions) -> Iterator[_Log]:
    """Give the engine that holds the calls of the logs."""
    if request.engine == "duckdb":
        from tollbar.catalog.llm import LlmCatalog  # noqa: PLC0415 -- --help needs none of it
        from tollbar.llm.log_reader import read_log  # noqa: PLC0415 -- as above
        from tollbar.llm.sql_engine import DuckDb  # noqa: PLC0415 -- as above

        with read_log(request.logs, LlmCatalog, reading) as log:
            yield _Log(DuckDb(log.connection), [file.name for file in log.files], log.prices_on)
        return
    from tollbar.llm.log_files import log_files  # noqa: PLC0415 -- only where Spark is asked for
    from tollbar.llm.spark_engine import Spark, spark_session  # noqa: PLC0415 -- as above

    prices_on = reading.prices_on or reading.now.date()
    with spark_session(request.engine) as session, TemporaryDirectory(dir=os.environ.get("TOLLBAR_SPARK_DIR")) as kept:
        spark = Spark(session, Path(kept))
        names = [file.name for file in log_files(request.logs, Path(kept))]
        spark.read(names, replace(reading, prices_on=prices_on))
        yield _Log(spark, names, prices_on)


def _judged(engine: SqlEngine, request: _Request, config: Config, file: Path | None) -> JudgedLog | None:
    """Return what the policy says of the calls; None where none is named and the settings set no rule."""
    from tollbar.estimating.configured_catalog import open_configured_catalog  # noqa: PLC0415 -- only where there is a policy
    from tollbar.estimating.request import Request, settings_of  # noqa: PLC0415 -- as above
    from tollbar.llm.log_estimate import judge_log  # noqa: PLC0415 -- as above
    from tollbar.llm.policies import policies_of, settings_with  # noqa: PLC0415 -- as above
    from tollbar.policy.library import policy_library  # noqa: PLC0415 -- as above
    from tollbar.policy.opa_binary import local_engine  # noqa: PLC0415 -- as above

    if request.policy is None and not config.policies.rules:
        return None
    here = [Path()]
    settings = settings_of(
        Request(here, config_file=file, now=request.now, process_environment=os.environ), config, here
    )
    policies = policies_of(config, policy_library())
    judge = local_engine(request.opa, settings_with(policies, config), (), f"{file}: policies")
    catalog = open_configured_catalog(config, file, os.environ, settings.day)
    try:
        return judge_log(engine, policies, judge, settings, catalog)
    finally:
        catalog.close()


def _closed(result: ScanReport, limit: tuple[Decimal, bool] | None, *, everything: bool, width: int) -> ScanReport:
    """Return the report with its exit code: the policy's, or 1 where more is waste than is allowed."""
    from tollbar.cli.exit_codes import ExitCode, exit_code_of  # noqa: PLC0415 -- as above

    code = ExitCode.PASS if result.judged is None else exit_code_of(result.judged.decision.outcome)
    over = None if limit is None else _over(result.scan, *limit)
    if over is not None:
        code = ExitCode.DENIED
    return replace(result, exit_code=int(code), over_limit=over, everything=everything, width=width)


def _over(scan: Scan, limit: Decimal, is_share: bool) -> str | None:  # noqa: FBT001 -- the two go together
    """Return the limit in words where the waste exceeds it."""
    from tollbar.money import format_usd  # noqa: PLC0415 -- --help needs none of it

    if is_share:
        return f"{limit.normalize():f} % of the bill" if scan.totals.share(scan.wasted_usd) > limit else None
    return format_usd(limit) if scan.wasted_usd > limit else None


def _limit(text: str | None) -> tuple[Decimal, bool] | None:
    from tollbar.errors import ConfigError  # noqa: PLC0415 -- --help needs none of it

    if text is None:
        return None
    matched = _LIMIT.fullmatch(text.strip())
    if matched is None:
        raise ConfigError(
            f"--fail-on-waste {text!r} is no amount", hint="Write USD as 25, or a share of the bill as 5%."
        )
    return Decimal(matched[1]), matched[2] is not None
