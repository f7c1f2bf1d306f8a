"""Writing one report in several formats: the one of ``--format``, and each ``--report FORMAT=FILE`` beside it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tollbar.cli import output
from tollbar.errors import ConfigError
from tollbar.report.interface import render, require_format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tollbar.report.interface import Report

_STANDARD_OUTPUT = "-"
_OPTION = "--report"


@dataclass(frozen=True, slots=True)
class Destination:
    """A format, and the file it goes to; None is standard output."""

    format_name: str
    file: Path | None


def destinations(format_name: str, out: Path | None, further: Sequence[str]) -> list[Destination]:
    """Return where each report goes: first that of ``--format`` and ``--out``, then those of ``--report``.

    Raises:
        ConfigError: A format is not known, a further report is not ``FORMAT=FILE``, or two would go to one file.
    """
    wanted = [Destination(format_name, out), *(_destination(told) for told in further)]
    seen: set[Path] = set()
    for destination in wanted:
        require_format(destination.format_name)
        if destination.file is not None:
            file = destination.file.absolute()
            if file in seen:
                raise ConfigError(f"two reports would be written to {destination.file}")
            seen.add(file)
    return wanted


def _destination(told: str) -> Destination:
    format_name, equals, file = told.partition("=")
    if not equals or not format_name or not file:
        raise ConfigError(f"{_OPTION} {told}: expected FORMAT=FILE", hint=f"For example {_OPTION} html=cost.html.")
    return Destination(format_name, None if file == _STANDARD_OUTPUT else Path(file))


def write(report: Report, wanted: Sequence[Destination]) -> None:
    """Render the report for each destination, then write them, each file replaced at once.

    Raises:
        ConfigError: A file cannot be written.
    """
    rendered = [(_rendered(report, destination), destination.file) for destination in wanted]
    for text, file in rendered:
        output.write(text, file)


def _rendered(report: Report, destination: Destination) -> str:
    if destination.file is not None and report.colour:
        report = dataclasses.replace(report, colour=False)
    return render(report, destination.format_name)


def source_root() -> Path:
    """Return the root of the repository the command runs in, or the folder it runs in where there is none."""
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
