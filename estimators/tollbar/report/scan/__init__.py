"""What a scan of usage logs found, as a table, as Markdown, or as JSON."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tollbar.errors import ConfigError
from tollbar.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from tollbar.llm.log_estimate import JudgedLog
    from tollbar.llm.scan_result import Scan

FORMATS = ("json", "markdown", "table")


@dataclass(frozen=True, slots=True)
class ScanReport:
    """A scan and what is to be told with it.

    ``judged`` is None where no policy was asked. ``formats`` counts the calls of each log format. ``everything``
    shows all rows of long lists. ``limit`` is what ``--fail-on-waste`` allows, where it is exceeded.
    """

    scan: Scan
    sources: Sequence[str]
    exit_code: int
    prices_on: date
    judged: JudgedLog | None = None
    formats: Mapping[str, int] | None = None
    over_limit: str | None = None
    everything: bool = False
    width: int = 100
    notes: tuple[str, ...] = ()


def require_format(format_name: str) -> None:
    """Do nothing where there is a format of this name.

    Raises:
        ConfigError: There is none; the nearest known one is named.
    """
    if format_name not in FORMATS:
        hint = did_you_mean(format_name, FORMATS)
        raise ConfigError(f"unknown format {format_name!r}; known: {', '.join(FORMATS)}", hint=hint)


def render(report: ScanReport, format_name: str) -> str:
    """Return the report in the named format, ending in a newline.

    Raises:
        ConfigError: There is no such format.
    """
    require_format(format_name)
    text: str = importlib.import_module(f"tollbar.report.scan.{format_name}").render(report)
    return text if text.endswith("\n") else f"{text}\n"
