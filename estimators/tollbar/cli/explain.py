"""``tollbar explain``: how the figure of a resource came about."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from tollbar.cli import options  # noqa: TC001 -- typer reads the annotations at run time

Address = Annotated[
    str, typer.Argument(help="A resource's address, or a pattern such as 'module.api.*'.", metavar="ADDRESS")
]
MorePaths = Annotated[
    list[Path] | None,
    typer.Argument(help="The inputs it is declared in; by default this directory.", metavar="PATH..."),
]
TextOrJson = Annotated[str, typer.Option("--format", "-f", help="text or json.", metavar="FORMAT")]


def explain(  # noqa: PLR0913 -- one parameter per command-line option
    address: Address,
    paths: MorePaths = None,
    *,
    usage_file: options.UsageFile = None,
    usage_history: options.UsageHistory = None,
    usage_size: options.UsageSize = None,
    var: options.Variables = None,
    var_file: options.VariableFiles = None,
    workspace: options.Workspace = "default",
    no_assumptions: options.NoAssumptions = False,
    config: options.ConfigFile = None,
    environment: options.Environment = None,
    form: TextOrJson = "text",
    out: options.Out = None,
    calls_per_month: Annotated[
        str | None,
        typer.Option(help="Of calls in code: how often each function runs a month, N or LOW-HIGH.", metavar="N"),
    ] = None,
    now: Annotated[str | None, typer.Option(help="Date the estimate (RFC 3339).", metavar="TIME")] = None,
) -> int:
    """Show how a resource's figure came about: quantities, prices, their origins, what would change it.

    An address that begins with "code." is that of a call in source code: the paths are folders of source code.

    \b
    tollbar explain aws_instance.api infra/
    tollbar explain 'module.api.*' plan.json --usage-file usage.yml
    tollbar explain code.answer.reply src/
    """
    from tollbar.cli import output  # noqa: PLC0415 -- --help needs none of it
    from tollbar.cli.exit_codes import ExitCode  # noqa: PLC0415 -- as above
    from tollbar.errors import ConfigError  # noqa: PLC0415 -- as above
    from tollbar.estimating import request as estimating  # noqa: PLC0415 -- as above
    from tollbar.report.explanation import render_json, render_text  # noqa: PLC0415 -- as above

    if form not in {"text", "json"}:
        raise ConfigError(f"unknown format {form!r}; known: text, json")
    code = None
    if address.startswith("code."):
        from tollbar.cli.option_values import calls  # noqa: PLC0415 -- only of calls in code
        from tollbar.estimating.code_states import states_of  # noqa: PLC0415 -- as above

        code = states_of(paths or [Path()], None, calls(calls_per_month))
    request = estimating.Request(
        paths or [Path()], None, usage_file, var or (), var_file or (), workspace, not no_assumptions, config,
        environment, now, os.environ, None, usage_size, usage_history, code=code,
    )  # fmt: skip
    explained = estimating.explain(request, address)
    text = render_json(explained) if form == "json" else render_text(explained, output.terminal_width())
    output.write(text, out)
    return ExitCode.PASS
