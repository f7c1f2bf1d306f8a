"""``tollbar backtest``: what other rules or settings would have decided, before anybody enforces them."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tollbar.cli import options  # noqa: TC001 -- typer reads the annotations at run time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from tollbar.policy.backtest import Policy, Stored
    from tollbar.policy.opa_binary import OpaBinary

Estimates = Annotated[
    list[Path] | None,
    typer.Argument(help="Stored estimates: JSON files, or folders of them. Without any, the ledger's.", metavar="PATH"),
]
Candidate = Annotated[
    Path | None, typer.Option("--config", help="The candidate: a tollbar.yml with other settings.", metavar="FILE")
]
Baseline = Annotated[
    Path | None,
    typer.Option(
        "--baseline-config",
        help="What to compare with; by default the ledger's own decisions, or the tollbar.yml that is found.",
        metavar="FILE",
    ),
]
Bundle = Annotated[
    Path | None,
    typer.Option(
        "--policy-bundle", help="The candidate's whole policy library: a bundle, or a folder.", metavar="PATH"
    ),
]
FailOnNewDenials = Annotated[
    bool, typer.Option("--fail-on-new-denials", help="Exit with 1 where anything is newly denied.")
]
KeepGoing = Annotated[
    bool, typer.Option("--keep-going", help="Exit with 0 although some estimates could not be decided.")
]


@dataclass(frozen=True)
class _Request:
    """What to replay, and against what."""

    paths: Sequence[Path]
    ledger: str | None
    candidate: Path | None
    baseline: Path | None
    bundle: Path | None
    policies: Sequence[Path]
    since: str | None
    until: str | None
    project: str | None
    opa: str | None


def backtest(  # noqa: PLR0913 -- one parameter per command-line option
    paths: Estimates = None,
    *,
    ledger: options.ReadLedger = None,
    config: Candidate = None,
    policy_bundle: Bundle = None,
    baseline_config: Baseline = None,
    since: options.Since = None,
    until: options.Until = None,
    project: options.Project = None,
    format_name: options.Format = "table",
    out: options.Out = None,
    everything: options.Everything = False,
    fail_on_new_denials: FailOnNewDenials = False,
    keep_going: KeepGoing = False,
    opa: options.Opa = None,
    policy: options.Policies = None,
) -> int:
    """Replay stored estimates against other settings or another policy library, each as of its own time.

    \b
    tollbar backtest estimates/ --config candidate.yml
    tollbar backtest --ledger ledger.sqlite --since 2026-08-01 --config candidate.yml --format markdown
    tollbar backtest --ledger ledger.sqlite --policy-bundle tollbar-policies-0.3.0.tar.gz

    Exits with 0; with 1 where --fail-on-new-denials is given and something is newly denied; with 3 where an
    estimate could not be decided.
    """
    from tollbar.cli import output  # noqa: PLC0415 -- --help needs none of it
    from tollbar.cli.exit_codes import ExitCode  # noqa: PLC0415 -- as above
    from tollbar.policy import backtest as backtesting  # noqa: PLC0415 -- as above
    from tollbar.report import backtest as report  # noqa: PLC0415 -- as above

    report.require_format(format_name)
    request = _Request(
        paths or (), ledger, config, baseline_config, policy_bundle, policy or (), since, until, project, opa
    )
    candidate = _candidate(request)
    with output.progress("reading what is stored"):
        stored = _stored(request)
    with output.progress(f"deciding {len(stored)} estimates anew"):
        baseline, label = _baseline(request)
        result = backtesting.backtest(stored, candidate, baseline, label)
    output.write(report.render(result, format_name, everything=everything), out)
    if result.errors and not (keep_going and result.replayed):
        return ExitCode.ERROR
    return ExitCode.DENIED if fail_on_new_denials and result.of_change("newly_denied").count else ExitCode.PASS


def _stored(request: _Request) -> list[Stored]:
    from tollbar.errors import InputError  # noqa: PLC0415 -- --help needs none of it

    if request.paths and request.ledger:
        raise InputError("estimates and a ledger are given: name one of them")
    stored = list(_of_paths(request)) if request.paths else list(_of_ledger(request))
    if not stored:
        raise InputError("there is nothing to replay", hint="Look at the folder, or at --since, --until and --project.")
    return stored


def _of_ledger(request: _Request) -> Iterator[Stored]:
    from tollbar.cli.ledger import open_named  # noqa: PLC0415 -- only where there is one
    from tollbar.ledger.interface import Selection  # noqa: PLC0415 -- as above
    from tollbar.policy.backtest import Stored  # noqa: PLC0415 -- --help needs none of it

    with closing(open_named(request.ledger, request.baseline)) as ledger:
        for entry in ledger.entries(Selection(request.since, request.until, request.project)):
            summary = entry.summary
            yield Stored(
                summary.short_id, entry.estimate, entry.settings, entry.decision, summary.approved_by,
                approvals_known=True,
            )  # fmt: skip


def _of_paths(request: _Request) -> Iterator[Stored]:
    from tollbar.errors import InputError  # noqa: PLC0415 -- --help needs none of it
    from tollbar.inputs.text_file import read_text  # noqa: PLC0415 -- as above
    from tollbar.policy.backtest import Stored, deployment_of  # noqa: PLC0415 -- as above

    since, until = (None if time is None else _moment(time) for time in (request.since, request.until))
    for path in request.paths:
        if not path.exists():
            raise InputError(f"{path} is not there")
        alone = path.is_dir() and len(request.paths) == 1
        for file in sorted(path.rglob("*.json")) if path.is_dir() else [path]:
            stored = Stored(str(file.relative_to(path) if alone else file), read_text(file))
            try:
                deployment = deployment_of(stored.estimate)
                moment = _moment(deployment.time)
            except InputError:
                yield stored  # the policy refuses it by name
                continue
            in_time = (since is None or moment >= since) and (until is None or moment < until)
            if in_time and request.project in {None, deployment.project_id}:
                yield stored


def _moment(time: str) -> datetime:
    from datetime import UTC, datetime  # noqa: PLC0415 -- --help needs none of it

    from tollbar.errors import InputError  # noqa: PLC0415 -- as above

    try:
        moment = datetime.fromisoformat(time)
    except (TypeError, ValueError):
        raise InputError(f"{time!r} is not a time or day", hint="Write it as 2026-11-21T12:00:00Z.") from None
    return moment.replace(tzinfo=moment.tzinfo or UTC)


def _candidate(request: _Request) -> Policy:
    from tollbar.errors import ConfigError  # noqa: PLC0415 -- --help needs none of it
    from tollbar.policy.backtest import Policy  # noqa: PLC0415 -- as above

    if request.candidate is None and request.bundle is None:
        raise ConfigError("there is no candidate", hint="Name other settings with --config, or --policy-bundle.")
    settings, names = None, [str(request.candidate)] if request.candidate else []
    if request.candidate is not None:
        settings = _settings_in(request.candidate)
    elif (file := _found_config(request)) is not None and request.paths:
        settings = _settings_in(file)
    elif request.paths:
        settings = {}
    if request.bundle is not None:
        names.append(str(request.bundle))
    return Policy(" with ".join(names), _engine(request, request.bundle), settings)


def _baseline(request: _Request) -> tuple[Policy | None, str]:
    """Return what to compare with, and its name: None for the decisions that were recorded."""
    from tollbar.policy.backtest import Policy  # noqa: PLC0415 -- --help needs none of it

    if request.baseline is None and not request.paths:
        return None, "the decisions as they were recorded"
    file = _found_config(request)
    label = str(file) if file else "the defaults"
    settings = _settings_in(file) if file else {}
    return Policy(label, _engine(request, None), settings), label


def _settings_in(file: Path) -> dict[str, Any]:
    """Return the settings of a configuration, with the policy files beside it (.github/crashlens.yml)."""
    from tollbar.estimating.policy_source import with_policy_files  # noqa: PLC0415 -- --help needs none of it
    from tollbar.policy.config import policy_file_candidates, read_config  # noqa: PLC0415 -- as above

    beside = [candidate for candidate in policy_file_candidates(file, ()) if candidate.is_file()]
    return with_policy_files(read_config(file), file, beside).policy_settings()


def _found_config(request: _Request) -> Path | None:
    from tollbar.policy.config import find_config  # noqa: PLC0415 -- --help needs none of it

    return find_config(request.baseline, request.paths, Path())


def _engine(request: _Request, bundle: Path | None) -> OpaBinary:
    from tollbar.errors import ConfigError  # noqa: PLC0415 -- --help needs none of it
    from tollbar.policy.library import policy_library  # noqa: PLC0415 -- as above
    from tollbar.policy.opa_binary import OpaBinary, find_opa  # noqa: PLC0415 -- as above

    opa = find_opa(request.opa)
    if request.policies:
        from tollbar.policy.own_rules import require_rules  # noqa: PLC0415 -- only where there are any

        require_rules(request.policies)
    if bundle is None:
        return OpaBinary(opa, (policy_library(), *request.policies))
    if not bundle.exists():
        raise ConfigError(f"the policy bundle {bundle} is not there")
    if bundle.is_dir() and not (bundle / ".manifest").is_file():
        return OpaBinary(opa, (bundle, *request.policies))
    return OpaBinary(opa, request.policies, bundles=(bundle,))
