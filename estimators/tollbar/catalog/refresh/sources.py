"""The price sources there are: the folders of this package that have a module ``source``."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from tollbar.errors import ConfigError
from tollbar.spelling import did_you_mean, quoted

if TYPE_CHECKING:
    from tollbar.catalog.refresh.interface import Connection, PriceSource


def source_names() -> tuple[str, ...]:
    """Return the names of the sources there are."""
    return tuple(sorted(file.parent.name for file in Path(__file__).parent.glob("*/source.py")))


def check_source(name: str) -> None:
    """Refuse a name that is no source's.

    Raises:
        ConfigError: There is none; the nearest known one is named.
    """
    known = source_names()
    if name not in known:
        raise ConfigError(f"no price source {quoted(name)}; known: {', '.join(known)}", hint=did_you_mean(name, known))


def open_source(name: str, connection: Connection) -> PriceSource:
    """Return the source called ``name``.

    Raises:
        ConfigError: There is none; the nearest known one is named.
        RefreshError: The libraries it needs are not installed.
    """
    check_source(name)
    module = importlib.import_module(f"tollbar.catalog.refresh.{name}.source")
    source: PriceSource = module.open_source(connection)
    return source
