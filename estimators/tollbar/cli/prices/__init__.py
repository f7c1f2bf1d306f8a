"""``tollbar prices``: what things cost, where each price comes from, and how it is read anew."""

from __future__ import annotations

import typer

from tollbar.cli.prices.refresh import refresh
from tollbar.cli.prices.search import search
from tollbar.cli.prices.show import show
from tollbar.cli.prices.verify import verify

app = typer.Typer(
    help="What things cost, where each price comes from, and how it is read anew.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.command("show")(show)
app.command("search")(search)
app.command("verify")(verify)
app.command("refresh")(refresh)
