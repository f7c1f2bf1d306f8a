"""``tollbar check``: estimate, let the policy decide, report, exit accordingly."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from tollbar.cli import options  # noqa: TC001 -- typer reads the annotations at run time

if TYPE_CHECKING:
    from pathlib import Path

    from tollbar.cli.estimating import Estimated
    from tollbar.policy.engine import PolicyEngine


def check(  # noqa: PLR0913 -- one parameter per command-line option
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
    opa: options.Opa = None,
    opa_url: options.OpaUrl = None,
    policy: options.Policies = None,
    policy_from: options.PolicyFrom = None,
    label: options.Labels = None,
    now: Annotated[str | None, typer.Option(help="Decide as of this time (RFC 3339).", metavar="TIME")] = None,
) -> int:
    """Price a change and let the policy decide whether it may pass.

    \b
    tollbar check infra/
    tollbar check plan.json --usage-file infracost-usage.yml
    tollbar check infra/ --base ../main/infra --format markdown
    tollbar check infra/ --opa-url http://localhost:8181

    In a pull request, policy, settings and price books are those of the branch it is to be merged into.

    Exits with 0 when it may pass, 1 when it is denied, 2 when it needs an approval, 3 on bad input
    or when the policy could not be evaluated.
    """
    from tollbar.cli import estimating, output  # noqa: PLC0415 -- --help needs none of it
    from tollbar.cli.exit_codes import exit_code_of  # noqa: PLC0415 -- as above
    from tollbar.cli.policy_source import policy_source  # noqa: PLC0415 -- as above
    from tollbar.report.interface import Report, render, require_format  # noqa: PLC0415 -- as above

    require_format(format_name)
    named = [*(policy or []), *(path for path in (config, commitments) if path is not None)]
    with policy_source(policy_from, os.environ, paths, named) as source:
        request = estimating.Request(
            paths, base, usage_file, var or (), var_file or (), workspace, not no_assumptions, config, environment, now,
            os.environ, commitments, usage_size, usage_history, source, label or (),
        )  # fmt: skip
        with output.progress("pricing"):
            estimated = estimating.make_estimate(request)
        policies, notes = source.files(policy or [])
        engine = _engine(opa, opa_url, policies, estimated)
        with output.progress("evaluating the policy"):
            decision = engine.decide(estimated.estimate.to_json())
    exit_code = exit_code_of(decision.outcome)
    report = Report(
        estimated.estimate, decision, exit_code, (*estimated.warnings, *notes), output.terminal_width(),
        output.wants_colour(out), everything,
    )  # fmt: skip
    output.write(render(report, format_name), out)
    return exit_code


def _engine(opa: str | None, opa_url: str | None, policies: list[Path], estimated: Estimated) -> PolicyEngine:
    config = estimated.config
    if opa_url is None:
        from tollbar.policy.opa_binary import local_engine  # noqa: PLC0415 -- one engine is enough

        origin = f"{estimated.config_file}: policies"
        return local_engine(opa, config.policy_settings(), policies, origin)
    from tollbar.policy.opa_server import OpaServer  # noqa: PLC0415 -- one engine is enough

    if policies or config.policies.rules or config.approvers:
        sys.stderr.write("note: the server at --opa-url decides by its own policy and settings, not by local ones\n")
    return OpaServer(opa_url, token=os.environ.get("TOLLBAR_OPA_TOKEN"), ca_file=os.environ.get("TOLLBAR_OPA_CA"))
