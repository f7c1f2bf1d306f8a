"""The ``tollbar`` command: its commands, its errors, its exit codes."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer
from typer.exceptions import TyperException

from tollbar import __version__
from tollbar.cli import (
    backtest,
    break_even,
    check,
    code,
    comment,
    commitments,
    diff,
    estimate,
    explain,
    forecast,
    ledger,
    policy,
    prices,
    route,
    scan,
    serve,
    simulate,
    tokens,
    validate,
)
from tollbar.cli.exit_codes import ExitCode
from tollbar.errors import TollbarError

if TYPE_CHECKING:
    from collections.abc import Sequence

app = typer.Typer(
    name="tollbar", add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False
)
app.command("check")(check.check)
app.command("code")(code.code)
app.command("estimate")(estimate.estimate)
app.command("diff")(diff.diff)
app.command("explain")(explain.explain)
app.command("backtest")(backtest.backtest)
app.command("validate")(validate.validate)
app.command("scan")(scan.scan)
app.command("simulate")(simulate.simulate)
app.command("forecast")(forecast.forecast)
app.command("break-even")(break_even.break_even)
app.command("comment")(comment.comment)
app.command("route")(route.route)
app.add_typer(commitments.app, name="commitments")
app.add_typer(ledger.app, name="ledger")
app.add_typer(policy.app, name="policy")
app.add_typer(prices.app, name="prices")
app.command("serve")(serve.serve)
app.add_typer(tokens.app, name="tokens")


def _print_version(wanted: bool) -> None:  # noqa: FBT001 -- a flag's callback
    if wanted:
        sys.stdout.write(f"tollbar {__version__}\n")
        raise typer.Exit


@app.callback()
def tollbar(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Put a price on a change before it ships, and let a policy decide whether it may pass."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; a user's mistake is one clear message on stderr."""
    try:
        result = app(
            args=list(arguments) if arguments is not None else None, prog_name="tollbar", standalone_mode=False
        )
    except TollbarError as error:
        return _fail(str(error))
    except TyperException as error:
        context = getattr(error, "ctx", None)
        return _fail(error.format_message(), f"Try `{context.command_path if context else 'tollbar'} --help`.")
    except (typer.Abort, KeyboardInterrupt):
        return _fail("interrupted")
    except BrokenPipeError:
        sys.stderr.close()
        return ExitCode.ERROR
    except Exception as error:  # a defect must end as an error (3), never as a verdict (Python's own 1)
        if os.environ.get("TOLLBAR_DEBUG"):
            raise
        return _fail(
            f"internal error: {type(error).__name__}: {error}",
            "This is a defect of Tollbar. TOLLBAR_DEBUG=1 shows where it happened; please report it.",
        )
    return result if isinstance(result, int) else ExitCode.PASS


def _fail(message: str, hint: str | None = None) -> int:
    sys.stderr.write(f"error: {message}\n" + (f"  {hint}\n" if hint else ""))
    return ExitCode.ERROR
