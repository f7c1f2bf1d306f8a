"""``tollbar code``: find the calls of language models in source code, price them, let the policy decide."""

from __future__ import annotations

import os
from pathlib import Path  # noqa: TC003 -- typer reads the annotations at run time
from typing import TYPE_CHECKING, Annotated

import typer

from tollbar.cli import options  # noqa: TC001 -- typer reads the annotations at run time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tollbar.cli.reports import Destination
    from tollbar.estimating.code_states import CodeStates
    from tollbar.report.code_change import CallChange
    from tollbar.report.interface import Report

_WORDS = {"table", "markdown", "github"}
"""Formats for people, in which nothing is said where nothing changed; the others are read by programs."""


def code(  # noqa: PLR0913 -- one parameter per command-line option
    paths: Annotated[
        list[Path], typer.Argument(help="Folders or files of source code and prompts.", metavar="PATH...")
    ],
    *,
    base: Annotated[
        str | None, typer.Option(help="The revision to compare with: main, origin/main, a hash.", metavar="REV")
    ] = None,
    calls_per_month: Annotated[
        str | None,
        typer.Option(help="How often each function with a call runs a month: N or LOW-HIGH.", metavar="N"),
    ] = None,
    tests: Annotated[bool, typer.Option("--tests", help="Count the calls in tests, too.")] = False,
    usage_file: options.UsageFile = None,
    usage_size: options.UsageSize = None,
    no_assumptions: options.NoAssumptions = False,
    config: options.ConfigFile = None,
    environment: options.Environment = None,
    format_name: options.Format = "table",
    out: options.Out = None,
    more_reports: options.Reports = None,
    everything: options.Everything = False,
    opa: options.Opa = None,
    opa_url: options.OpaUrl = None,
    policy: options.Policies = None,
    policy_from: options.PolicyFrom = None,
    label: options.Labels = None,
    ledger: options.Ledger = None,
    notify: options.Notify = None,
    now: Annotated[str | None, typer.Option(help="Decide as of this time (RFC 3339).", metavar="TIME")] = None,
) -> int:
    """Find calls of language models in source code, price them and let the policy decide.

    \b
    tollbar code src/
    tollbar code src/ --base origin/main --format markdown
    tollbar code . --calls-per-month 5000-20000
    tollbar code . --base origin/main --report sarif=tollbar.sarif

    With --base only the change counts: where no call changed, one line is printed and the exit code is 0.
    In a pull request, policy and settings are those of the branch it is to be merged into.

    Exits with 0 when it may pass, 1 when it is denied, 2 when it needs an approval, 3 on bad input
    or when the policy could not be evaluated.
    """
    from tollbar.cli import notifying, output, reports  # noqa: PLC0415 -- --help needs none of it
    from tollbar.cli.check import Judge, decided  # noqa: PLC0415 -- as above
    from tollbar.cli.exit_codes import exit_code_of  # noqa: PLC0415 -- as above
    from tollbar.cli.option_values import calls  # noqa: PLC0415 -- as above
    from tollbar.estimating.code_states import states_of  # noqa: PLC0415 -- as above
    from tollbar.estimating.request import Request  # noqa: PLC0415 -- as above
    from tollbar.report.code_change import change_lines  # noqa: PLC0415 -- as above
    from tollbar.report.interface import Report  # noqa: PLC0415 -- as above

    notifying.require_known(notify)
    destinations = reports.destinations(format_name, out, more_reports or ())
    states = states_of(paths, base, calls(calls_per_month), tests=tests)
    request = Request(
        paths, None, usage_file, assumptions=not no_assumptions, config_file=config, environment=environment, now=now,
        process_environment=os.environ, usage_size=usage_size, labels=label or (), code=states,
    )  # fmt: skip
    judge = Judge(opa, opa_url, policy or [], policy_from, ledger)
    estimated, decision = decided(request, judge, may_skip=lambda _: states.before is not None and not _changes(states))
    changes, lines = _changes(states), tuple[str, ...]()
    if changes and estimated.before is not None:
        lines = change_lines(changes, estimated.estimate, estimated.before, everything=everything)
    exit_code = exit_code_of(decision.outcome)
    report = Report(
        estimated.estimate, decision, exit_code, estimated.warnings, output.terminal_width(),
        output.wants_colour(out), everything, reports.source_root(), summary=lines,
    )  # fmt: skip
    if states.before is not None and not changes:
        _report_no_change(report, destinations, base or "")
    else:
        reports.write(report, destinations)
        notifying.notify(notify, decision, estimated.estimate.deployment)
    return exit_code


def _changes(states: CodeStates) -> Sequence[CallChange]:
    """Return the calls that changed, none where nothing is compared."""
    from tollbar.report.code_change import call_changes  # noqa: PLC0415 -- --help needs none of it

    return () if states.before is None else call_changes(states.declared, states.before.declared)


def _report_no_change(report: Report, destinations: Sequence[Destination], base: str) -> None:
    """Say in one line that no call changed; formats that programs read are written as ever."""
    from tollbar.cli import output, reports  # noqa: PLC0415 -- --help needs none of it

    number = len(report.estimate.resources)
    line = f"No call of a language model changed against {base} ({number} {'call' if number == 1 else 'calls'}).\n"
    for destination in destinations:
        if destination.format_name in _WORDS:
            output.write(line, destination.file)
        else:
            reports.write(report, [destination])
