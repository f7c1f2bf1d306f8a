"""``tollbar forecast``: where the spend of a usage log is going, and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tollbar.cli import options  # noqa: TC001 -- typer reads the annotations at run time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tollbar.llm.forecast import Forecast
    from tollbar.policy.config import Config


def forecast(
    logs: Annotated[
        list[str],
        typer.Argument(
            help="Log files (JSONL, JSON, CSV, Parquet, .gz), globs, folders, or - for stdin.", metavar="LOG..."
        ),
    ],
    *,
    config: options.ConfigFile = None,
    columns: options.Columns = None,
    as_of: Annotated[
        str | None, typer.Option(help="The end of the log, if not its last call (RFC 3339).", metavar="TIME")
    ] = None,
    format_name: Annotated[
        str, typer.Option("--format", "-f", help="table, json or markdown.", metavar="FORMAT")
    ] = "table",
    out: options.Out = None,
    everything: options.Everything = False,
    now: Annotated[str | None, typer.Option(help="Read the log as of this time (RFC 3339).", metavar="TIME")] = None,
) -> int:
    """Forecast the month's spend on language models from usage logs, with an interval.

    \b
    tollbar forecast logs/*.jsonl
    tollbar forecast calls.jsonl.gz --config tollbar.yml --format markdown
    tollbar forecast own.csv --columns 'time=at,input_tokens=in,output_tokens=out,model=name'

    Budgets are those of tollbar.yml, by team or project. Exits with 0, with 3 on bad input: it forecasts and does not
    decide; the rules TB401 to TB403 do.
    """
    from tollbar.cli import output  # noqa: PLC0415 -- --help needs none of it
    from tollbar.cli.exit_codes import ExitCode  # noqa: PLC0415 -- as above
    from tollbar.cli.simulate import llm_configuration  # noqa: PLC0415 -- as above
    from tollbar.report import forecast as report  # noqa: PLC0415 -- as above

    report.require_format(format_name)
    settings, _ = llm_configuration(config)
    with output.progress("reading the log"):
        found = _forecast(logs, settings, columns, as_of, now)
    output.write(report.render(found, format_name, everything=everything), out)
    return ExitCode.PASS


def _forecast(logs: Sequence[str], config: Config, columns: str | None, as_of: str | None, now: str | None) -> Forecast:
    from tollbar.catalog.llm import LlmCatalog  # noqa: PLC0415 -- --help needs none of it
    from tollbar.cli.option_values import moment, moment_or_now  # noqa: PLC0415 -- as above
    from tollbar.llm.column_mapping import read_mapping  # noqa: PLC0415 -- as above
    from tollbar.llm.forecast import forecast as forecast_of  # noqa: PLC0415 -- as above
    from tollbar.llm.log_reader import LogOptions, read_log  # noqa: PLC0415 -- as above
    from tollbar.llm.scan import Question, scan  # noqa: PLC0415 -- as above
    from tollbar.llm.sql_engine import DuckDb  # noqa: PLC0415 -- as above
    from tollbar.llm.task_inference import task_inference  # noqa: PLC0415 -- as above

    end = None if as_of is None else moment(as_of).replace(tzinfo=None)
    mapping = None if columns is None else read_mapping(columns)
    reading = LogOptions(now=moment_or_now(now), mapping=mapping, inference=task_inference(None))
    with read_log(logs, LlmCatalog, reading) as log:
        engine = DuckDb(log.connection)
        waste = scan(engine, LlmCatalog(log.prices_on), Question(by=())).findings
        return forecast_of(engine, waste, config.budgets, end)
