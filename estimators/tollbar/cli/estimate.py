"""``tollbar estimate``: what it costs, without deciding anything."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from tollbar.cli import options  # noqa: TC001 -- typer reads the annotations at run time


def estimate(  # noqa: PLR0913 -- one parameter per command-line option
    paths: options.Paths,
    *,
    base: options.Base = None,
    usage_file: options.UsageFile = None,
    usage_history: options.UsageHistory = None,
    usage_size: options.UsageSize = None,
    commitments: options.Commitments = None,
    var: options.Variables = None,
    var_file: options.VariableFiles = None,
    workspace: options.Workspace = "default",
    no_assumptions: options.NoAssumptions = False,
    config: options.ConfigFile = None,
    environment: options.Environment = None,
    format_name: options.Format = "table",
    out: options.Out = None,
    everything: options.Everything = False,
    policy_from: options.PolicyFrom = None,
    label: options.Labels = None,
    now: Annotated[str | None, typer.Option(help="Date the estimate (RFC 3339).", metavar="TIME")] = None,
) -> int:
    """Price infrastructure; --format json gives the input document for OPA and conftest.

    \b
    tollbar estimate infra/
    tollbar estimate plan.json --format json --out estimate.json
    """
    from tollbar.cli import output  # noqa: PLC0415 -- --help needs none of it
    from tollbar.cli.exit_codes import ExitCode  # noqa: PLC0415 -- as above
    from tollbar.estimating import request as estimating  # noqa: PLC0415 -- as above
    from tollbar.estimating.policy_source import policy_source  # noqa: PLC0415 -- as above
    from tollbar.report.interface import Report, render, require_format  # noqa: PLC0415 -- as above

    require_format(format_name)
    named = [path for path in (config, commitments) if path is not None]
    with policy_source(policy_from, os.environ, paths, named) as source:
        request = estimating.Request(
            paths, base, usage_file, var or (), var_file or (), workspace, not no_assumptions, config, environment, now,
            os.environ, commitments, usage_size, usage_history, source, label or (),
        )  # fmt: skip
        with output.progress("pricing"):
            estimated = estimating.make_estimate(request)
    report = Report(
        estimated.estimate,
        warnings=estimated.warnings,
        width=output.terminal_width(),
        colour=output.wants_colour(out),
        everything=everything,
    )
    output.write(render(report, format_name), out)
    if format_name == "json":  # the estimate is a contract that has no place for them
        sys.stderr.writelines(f"warning: {warning}\n" for warning in estimated.warnings)
    return ExitCode.PASS
