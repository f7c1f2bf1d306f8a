"""``tollbar tokens``: with what other tools may ask the service."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from tollbar.cli import options  # noqa: TC001 -- typer reads the annotations at run time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tollbar.ledger.access_tokens import AccessToken

app = typer.Typer(help="With what other tools may ask the service.", no_args_is_help=True, rich_markup_mode=None)

Name = Annotated[str, typer.Argument(help="Who uses it, such as ci or portal.", metavar="NAME")]
Scopes = Annotated[
    list[str],
    typer.Option(
        "--scope",
        help="What it is good for, repeatable: estimates, decisions, prices, policies, history, admission, metrics.",
        metavar="SCOPE",
    ),
]
Projects = Annotated[
    list[str] | None, typer.Option("--project", help="Only for this project; repeatable.", metavar="ID")
]
Days = Annotated[int | None, typer.Option("--days", help="After how many days it is over; 90 by default.", min=1)]
Forever = Annotated[bool, typer.Option("--no-expiry", help="It is never over.")]
TokenId = Annotated[str, typer.Argument(help="A token's id; `tollbar tokens list` shows them.", metavar="ID")]
_DAYS = 90
_HEADINGS = ("Id", "Name", "Scopes", "Projects", "Until", "State")


@app.command("create")
def create(
    name: Name,
    *,
    scope: Scopes,
    project: Projects = None,
    days: Days = None,
    no_expiry: Forever = False,
    ledger: options.Ledger = None,
    config: options.ConfigFile = None,
) -> int:
    """Make a token and print it, once: only a digest is kept.

    \b
    tollbar tokens create ci --scope decisions --project shop --ledger ledger.sqlite
    """
    from tollbar.cli import output  # noqa: PLC0415 -- --help needs none of it
    from tollbar.cli.ledger import open_named  # noqa: PLC0415 -- as above
    from tollbar.errors import ConfigError  # noqa: PLC0415 -- as above
    from tollbar.ledger.access_tokens import AccessTokens  # noqa: PLC0415 -- as above

    if no_expiry and days is not None:
        raise ConfigError("--days and --no-expiry contradict each other")
    now = datetime.now(UTC)
    expires = None if no_expiry else now + timedelta(days=days or _DAYS)
    with closing(open_named(ledger, config, create=True)) as opened:
        kept, token = AccessTokens(opened).create(name, scope, project, expires, now)
    import sys  # noqa: PLC0415 -- only here

    until = "never over" if kept.expires_at is None else f"good until {kept.expires_at[:10]}"
    sys.stderr.write(f"note: token {kept.id} ({kept.name}), {until}; it cannot be shown again\n")
    output.write(f"{token}\n", None)
    return 0


@app.command("list")
def list_tokens(
    *,
    ledger: options.ReadLedger = None,
    config: options.ConfigFile = None,
    format_name: Annotated[str, typer.Option("--format", "-f", help="table or json.", metavar="FORMAT")] = "table",
) -> int:
    """List tokens, the newest first; never the tokens themselves."""
    from tollbar.cli import output  # noqa: PLC0415 -- --help needs none of it
    from tollbar.cli.ledger import open_named  # noqa: PLC0415 -- as above
    from tollbar.errors import ConfigError  # noqa: PLC0415 -- as above
    from tollbar.ledger.access_tokens import AccessTokens  # noqa: PLC0415 -- as above

    if format_name not in {"table", "json"}:
        raise ConfigError(f"unknown format {format_name!r}; known: json, table")
    with closing(open_named(ledger, config)) as opened:
        found = AccessTokens(opened).all()
    output.write(_json(found) if format_name == "json" else _table(found), None)
    return 0


@app.command("revoke")
def revoke(token_id: TokenId, *, ledger: options.ReadLedger = None, config: options.ConfigFile = None) -> int:
    """Take a token back, for good and at once."""
    from tollbar.cli import output  # noqa: PLC0415 -- --help needs none of it
    from tollbar.cli.ledger import open_named  # noqa: PLC0415 -- as above
    from tollbar.ledger.access_tokens import AccessTokens  # noqa: PLC0415 -- as above

    with closing(open_named(ledger, config)) as opened:
        revoked = AccessTokens(opened).revoke(token_id)
    output.write(f"{revoked.id} ({revoked.name}) is revoked\n", None)
    return 0


def _json(found: Sequence[AccessToken]) -> str:
    from dataclasses import asdict  # noqa: PLC0415 -- only here

    return json.dumps([asdict(token) for token in found], indent=2) + "\n"


def _table(found: Sequence[AccessToken]) -> str:
    if not found:
        return "no tokens\n"
    now = datetime.now(UTC)
    rows = [_HEADINGS, *(_cells(token, now) for token in found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    lines = ("  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _cells(token: AccessToken, now: datetime) -> tuple[str, ...]:
    state = "revoked" if token.revoked_at else "good" if token.is_good(now) else "over"
    projects = "all" if token.projects is None else ", ".join(token.projects)
    return token.id, token.name, ", ".join(token.scopes), projects, (token.expires_at or "")[:10] or "no end", state
