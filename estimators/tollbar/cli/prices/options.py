"""Options that the commands of ``tollbar prices`` share."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from datetime import date

    from tollbar.catalog.layers import LayeredCatalog

ConfigFile = Annotated[
    Path | None, typer.Option("--config", help="tollbar.yml with price books; the one here by default.", metavar="FILE")
]
Format = Annotated[Literal["table", "json"], typer.Option("--format", help="How to print it.")]


def today() -> date:
    """Return the day, in UTC."""
    return datetime.now(UTC).date()


def open_catalog(config_file: Path | None) -> LayeredCatalog:
    """Return the catalogue as estimates use it: price books, refreshed and embedded prices.

    Raises:
        TollbarError: The configuration or a snapshot is not what it should be.
    """
    from tollbar.estimating.configured_catalog import open_configured_catalog  # noqa: PLC0415 -- --help needs none of it
    from tollbar.policy.config import Config, find_config, read_config  # noqa: PLC0415 -- as above

    found = find_config(config_file, [], Path())
    config = read_config(found) if found else Config(version=1)
    return open_configured_catalog(config, found, os.environ, today())
