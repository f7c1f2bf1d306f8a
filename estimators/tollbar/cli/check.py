"""``tollbar check``: estimate, let the policy decide, report, exit accordingly."""

from __future__ import annotations

import os
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

from tollbar.cli import options  # noqa: TC001 -- typer reads the annotations at run time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tollbar.decision import Decision
    from tollbar.estimating.request import Estimated, Request
    from tollbar.ledger.ledger import Ledger
    from tollbar.policy.engine import PolicyEngine

NOTHING_DECIDED = "none"
"""The policy's revision where no policy was asked."""


@dataclass(frozen=True)
class Judge:
    """Who decides, by what besides the settings, and where that is kept."""

    opa: str | None
    opa_url: str | None
    policies: list[Path]
    policy_from: str | None
    ledger: str | None


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
    """Price a change and let the policy decide whether it may pass.

    \b
    tollbar check infra/
    tollbar check plan.json --usage-file infracost-usage.yml
    tollbar check infra/ --base ../main/infra --format markdown
    tollbar check infra/ --opa-url http://localhost:8181
    tollbar check infra/ --ledger ledger.sqlite
    tollbar check infra/ --report sarif=tollbar.sarif --report html=cost.html

    In a pull request, policy, settings and price books are those of the branch it is to be merged into.

    Exits with 0 when it may pass, 1 when it is denied, 2 when it needs an approval, 3 on bad input
    or when the policy could not be evaluated.
    """
    from tollbar.cli import notifying, output, reports  # noqa: PLC0415 -- --help needs none of it
    from tollbar.cli.exit_codes import exit_code_of  # noqa: PLC0415 -- as above
    from tollbar.estimating.request import Request  # noqa: PLC0415 -- as above
    from tollbar.report.interface import Report  # noqa: PLC0415 -- as above

    notifying.require_known(notify)
    destinations = reports.destinations(format_name, out, more_reports or ())
    request = Request(
        paths, base, usage_file, var or (), var_file or (), workspace, not no_assumptions, config, environment, now,
        os.environ, commitments, usage_size, usage_history, labels=label or (),
    )  # fmt: skip
    estimated, decision = decided(request, Judge(opa, opa_url, policy or [], policy_from, ledger))
    exit_code = exit_code_of(decision.outcome)
    report = Report(
        estimated.estimate, decision, exit_code, estimated.warnings, output.terminal_width(),
        output.wants_colour(out), everything, reports.source_root(),
    )  # fmt: skip
    reports.write(report, destinations)
    notifying.notify(notify, decision, estimated.estimate.deployment)
    return exit_code


def decided(
    request: Request, judge: Judge, may_skip: Callable[[Estimated], bool] | None = None
) -> tuple[Estimated, Decision]:
    """Return the estimate and what the policy says of it; both are kept in the ledger where there is one.

    An estimate that ``may_skip`` the policy passes: there is nothing to decide.
    """
    from tollbar.cli.output import progress  # noqa: PLC0415 -- as above
    from tollbar.decision import Decision  # noqa: PLC0415 -- as above
    from tollbar.estimating.policy_source import policy_source  # noqa: PLC0415 -- as above
    from tollbar.estimating.request import make_estimate  # noqa: PLC0415 -- --help needs none of it

    named = [*judge.policies, *(path for path in (request.config_file, request.commitments) if path is not None)]
    with policy_source(judge.policy_from, os.environ, request.paths, named) as source:
        with progress("pricing"):
            estimated = make_estimate(replace(request, policy_source=source))
        if may_skip is not None and may_skip(estimated):
            return estimated, Decision(outcome="allow", findings=(), revision=NOTHING_DECIDED)
        policies, notes = source.files(judge.policies)
        estimated = replace(estimated, warnings=(*estimated.warnings, *notes))
        engine = _engine(judge, policies, estimated)
        with _history(judge.ledger, estimated) as (estimated, ledger), progress("evaluating the policy"):
            decision = engine.decide(estimated.estimate.to_json())
            if ledger is not None:
                settings = estimated.config.policy_settings() if judge.opa_url is None else None
                entry = ledger.record(estimated.estimate, decision, settings)
                sys.stderr.write(f"note: kept as {entry[:12]} in {ledger.label}\n")
    return estimated, decision


@contextmanager
def _history(named: str | None, estimated: Estimated) -> Iterator[tuple[Estimated, Ledger | None]]:
    """Give the estimate with what came before it, and the ledger to keep its decision in, where one is asked for."""
    from tollbar.estimating.history import ledger_place, with_kept_history  # noqa: PLC0415 -- --help needs none of it

    place = ledger_place(named, os.environ, estimated.config, estimated.folder)
    if place is None:
        yield estimated, None
        return
    from tollbar.ledger.opening import open_ledger  # noqa: PLC0415 -- only where one is asked for

    with closing(open_ledger(place, create=True)) as ledger:
        yield with_kept_history(estimated, ledger), ledger


def _engine(judge: Judge, policies: list[Path], estimated: Estimated) -> PolicyEngine:
    config = estimated.config
    if judge.opa_url is None:
        from tollbar.policy.opa_binary import local_engine  # noqa: PLC0415 -- one engine is enough

        if policies:
            from tollbar.policy.own_rules import require_rules  # noqa: PLC0415 -- only where there are any

            require_rules(policies)
        origin = f"{estimated.config_file}: policies"
        return local_engine(judge.opa, config.policy_settings(), policies, origin)
    from tollbar.policy.opa_server import OpaServer  # noqa: PLC0415 -- one engine is enough

    if policies or config.policies.rules or config.approvers:
        sys.stderr.write("note: the server at --opa-url decides by its own policy and settings, not by local ones\n")
    token, ca_file = os.environ.get("TOLLBAR_OPA_TOKEN"), os.environ.get("TOLLBAR_OPA_CA")
    return OpaServer(judge.opa_url, token=token, ca_file=ca_file)
