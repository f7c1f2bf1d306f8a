"""``tollbar diff``: what a change costs, between two states of a project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tollbar.cli import options  # noqa: TC001 -- typer reads the annotations at run time
from tollbar.cli.estimate import estimate

State = Annotated[Path, typer.Argument(help="A directory, plan JSON or estimate.")]


def diff(  # noqa: PLR0913 -- one parameter per command-line option
    before: State,
    after: State,
    *,
    usage_file: options.UsageFile = None,
    commitments: options.Commitments = None,
    var: options.Variables = None,
    var_file: options.VariableFiles = None,
    workspace: options.Workspace = "default",
    no_assumptions: options.NoAssumptions = False,
    config: options.ConfigFile = None,
    format_name: options.Format = "table",
    out: options.Out = None,
    everything: options.Everything = False,
) -> int:
    """Compare the cost of two directories, plans or estimates.

    \b
    tollbar diff ../main/infra infra/
    tollbar diff before.json after.json --format markdown
    """
    return estimate(
        [after],
        base=before,
        usage_file=usage_file,
        commitments=commitments,
        var=var,
        var_file=var_file,
        workspace=workspace,
        no_assumptions=no_assumptions,
        config=config,
        format_name=format_name,
        out=out,
        everything=everything,
    )
