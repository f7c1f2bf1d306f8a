"""Annotations of GitHub Actions: workflow commands on standard output, which mark lines of a pull request.

Source: "Workflow commands for GitHub Actions" (docs.github.com, read 2026-11). GitHub shows 10 of each level a
step as annotations, the first ones; all of them stand in the log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.report import wording
from tollbar.report.findings import decision_of, sentence
from tollbar.report.source_path import from_root

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tollbar.decision import Finding, Severity
    from tollbar.report.interface import Report

_COMMANDS: dict[Severity, str] = {"error": "error", "approval": "error", "warning": "warning", "info": "notice"}
_OF_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_OF_A_PROPERTY = _OF_DATA | str.maketrans({":": "%3A", ",": "%2C"})


def render(report: Report) -> str:
    """Return a command for each finding, the gravest first, and each warning, and the verdict as a line of the log.

    Raises:
        ConfigError: Nothing was decided.
    """
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    decision = decision_of(report, "github")
    for finding in decision.findings:
        yield _command(finding, report.source_root)
    for warning in report.warnings:
        yield wording.visible(f"::warning title=Tollbar::{warning.translate(_OF_DATA)}")
    verdict = f"{wording.VERDICTS[decision.outcome]}: {wording.closing(decision)}"
    # The name of a deployment must not make a command.
    name = wording.visible(" ".join(report.estimate.deployment.name.split()))
    yield wording.no_command(f"tollbar: {name}: {verdict}")


def _command(finding: Finding, root: Path | None) -> str:
    properties = {"title": f"{finding.code} {finding.title}"}
    if finding.location is not None:
        line = {} if finding.location.line is None else {"line": str(finding.location.line)}
        properties = {"file": from_root(finding.location.file, root), **line, **properties}
    told = ",".join(f"{name}={value.translate(_OF_A_PROPERTY)}" for name, value in properties.items())
    message = "\n".join(part for part in (sentence(finding), finding.remediation) if part)
    return wording.visible(f"::{_COMMANDS[finding.severity]} {told}::{message.translate(_OF_DATA)}")
