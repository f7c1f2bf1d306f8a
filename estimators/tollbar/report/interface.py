"""What every report format is: a module or package of this one with ``render(report) -> str``.

Adding a format is adding a file; its name is the name of the format.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tollbar.errors import ConfigError
from tollbar.spelling import did_you_mean

if TYPE_CHECKING:
    from tollbar.decision import Decision
    from tollbar.estimate import Estimate

_DEFAULT_WIDTH = 100
_NOT_FORMATS = {
    "backtest",
    "break_even",
    "code_change",
    "explanation",
    "findings",
    "forecast",
    "interface",
    "routing",
    "scan",
    "simulation",
    "source_path",
    "wording",
}


@dataclass(frozen=True, slots=True)
class Report:
    """What there is to report, and how much room there is for it.

    ``decision`` is None where nothing was decided (``tollbar estimate``). ``warnings`` are notes of
    the input stage. ``everything`` shows all rows where a format would cut a long list. ``source_root``
    is the repository's root, from which formats that point into its files tell their paths; without it they
    stay as they are. ``docs_url`` is where the documentation is published; without it rules are named, not linked.
    """

    estimate: Estimate
    decision: Decision | None = None
    exit_code: int = 0
    warnings: tuple[str, ...] = ()
    width: int = _DEFAULT_WIDTH
    colour: bool = False
    everything: bool = False
    source_root: Path | None = None
    docs_url: str | None = None
    summary: tuple[str, ...] = ()
    """Sentences that come first: what a change comes to."""


def format_names() -> tuple[str, ...]:
    """Return the names of the formats there are."""
    modules = (module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]))
    return tuple(sorted(name for name in modules if name not in _NOT_FORMATS))


def require_format(format_name: str) -> None:
    """Do nothing where there is a format of this name.

    Raises:
        ConfigError: There is no such format; the nearest known one is named.
    """
    known = format_names()
    if format_name not in known:
        raise ConfigError(
            f"unknown format {format_name!r}; known: {', '.join(known)}", hint=did_you_mean(format_name, known)
        )


def render(report: Report, format_name: str) -> str:
    """Return the report in the named format, ending in a newline.

    Raises:
        ConfigError: There is no such format.
    """
    require_format(format_name)
    module = importlib.import_module(f"tollbar.report.{format_name}")
    text: str = module.render(report)
    return text if text.endswith("\n") else f"{text}\n"
