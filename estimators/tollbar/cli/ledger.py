"""``tollbar ledger``: what was decided, and approvals that were given afterwards."""

from __future__ import annotations

import json
import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tollbar.cli import options  # noqa: TC001 -- typer reads the annotations at run time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tollbar.ledger.interface import Summary
    from tollbar.ledger.ledger import Ledger

app = typer.Typer(
    help="What was decided, and what was approved afterwards.", no_args_is_help=True, rich_markup_mode=None
)

EntryId = Annotated[str, typer.Argument(help="An entry's id, or its beginning; `tollbar ledger list` shows them.")]
_OF_SERVICE = "TOLLBAR_SERVICE_LEDGER"
_HEADINGS = ("Id", "Time", "Deployment", "Team", "Monthly", "Change", "Outcome")


@app.command("list")
def list_entries(
    *,
    ledger: options.ReadLedger = None,
    config: options.ConfigFile = None,
    since: options.Since = None,
    until: options.Until = None,
    project: options.Project = None,
    most: Annotated[int, typer.Option("--most", help="How many to list at the most.", min=1)] = 20,
    format_name: Annotated[str, typer.Option("--format", "-f", help="table or json.", metavar="FORMAT")] = "table",
) -> int:
    """List what was decided, the newest first.

    \b
    tollbar ledger list --ledger ledger.sqlite
    tollbar ledger list --since 2026-11-01 --project shop --format json
    """
    from itertools import islice  # noqa: PLC0415 -- --help needs none of it

    from tollbar.cli import output  # noqa: PLC0415 -- as above
    from tollbar.errors import ConfigError  # noqa: PLC0415 -- as above
    from tollbar.ledger.interface import Selection  # noqa: PLC0415 -- as above

    if format_name not in {"table", "json"}:
        raise ConfigError(f"unknown format {format_name!r}; known: json, table")
    with closing(open_named(ledger, config)) as opened:
        found = list(islice(opened.select(Selection(since, until, project)), most))
    output.write(_json(found) if format_name == "json" else _table(found), None)
    return 0


@app.command("approve")
def approve(
    entry_id: EntryId,
    *,
    by: Annotated[str, typer.Option("--by", help="Who approved it.", metavar="NAME")],
    at: Annotated[str | None, typer.Option("--at", help="When (RFC 3339); by default now.", metavar="TIME")] = None,
    ledger: options.ReadLedger = None,
    config: options.ConfigFile = None,
) -> int:
    """Note who approved afterwards what had been denied: `tollbar backtest` counts such denials as false positives.

    \b
    tollbar ledger approve 3f2a91c0d4e5 --by alice
    """
    from datetime import UTC, datetime  # noqa: PLC0415 -- --help needs none of it

    from tollbar.cli import output  # noqa: PLC0415 -- as above
    from tollbar.errors import ConfigError  # noqa: PLC0415 -- as above

    if not by.strip():
        raise ConfigError("--by is empty: name who approved it")
    with closing(open_named(ledger, config)) as opened:
        entry = opened.approve(entry_id, by.strip(), at or datetime.now(UTC).isoformat())
    output.write(f"{entry.short_id} ({entry.name}, {entry.outcome}) approved by {entry.approved_by}\n", None)
    return 0


def open_named(named: str | None, config_file: Path | None, *, create: bool = False) -> Ledger:
    """Return the ledger that is meant: as named, in TOLLBAR_LEDGER, of tollbar.yml, or that of the service set up here.

    Raises:
        ConfigError: None is named anywhere.
        LedgerError: It cannot be opened.
    """
    from tollbar.errors import ConfigError  # noqa: PLC0415 -- as above
    from tollbar.estimating.history import VARIABLE, ledger_place  # noqa: PLC0415 -- --help needs none of it
    from tollbar.ledger.opening import open_ledger  # noqa: PLC0415 -- as above
    from tollbar.policy.config import Config, find_config, read_config  # noqa: PLC0415 -- as above

    file = find_config(config_file, (), Path())
    config = read_config(file) if file else Config(version=1)
    place = ledger_place(named, os.environ, config, file.parent if file else None) or os.environ.get(_OF_SERVICE)
    if not place:
        raise ConfigError("no ledger is named", hint=f"Name one with --ledger, {VARIABLE} or ledger: in tollbar.yml.")
    return open_ledger(place, create=create)


def _json(found: Sequence[Summary]) -> str:
    from dataclasses import asdict  # noqa: PLC0415 -- only here

    return json.dumps([asdict(summary) for summary in found], indent=2, default=float) + "\n"


def _table(found: Sequence[Summary]) -> str:
    from tollbar.money import format_usd  # noqa: PLC0415 -- --help needs none of it

    def cells(entry: Summary) -> tuple[str, ...]:
        deployment = f"{entry.name} ({entry.environment})" + (f" {entry.pull_request}" if entry.pull_request else "")
        change = "" if entry.delta is None else format_usd(entry.delta, signed=True)
        outcome = entry.outcome + (f", approved by {entry.approved_by}" if entry.approved_by else "")
        return (
            entry.short_id, f"{entry.time[:16]}Z", deployment, entry.team or "", format_usd(entry.monthly_cost),
            change, outcome,
        )  # fmt: skip

    if not found:
        return "no entries\n"
    rows = [_HEADINGS, *(cells(entry) for entry in found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    right = {4, 5}
    lines = (
        "  ".join(f"{c:>{w}}" if n in right else f"{c:{w}}" for n, (c, w) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    )
    return "".join(f"{line.rstrip()}\n" for line in lines)
