"""The findings of a decision as the formats show them: by severity, by rule, with the rule's page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tollbar.errors import ConfigError
from tollbar.report.wording import message_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tollbar.decision import Decision, Finding, Severity
    from tollbar.report.interface import Report

SEVERITIES: tuple[Severity, ...] = ("error", "approval", "warning", "info")
"""The gravest first; the first two keep a change from passing."""

BLOCKING: frozenset[Severity] = frozenset({"error", "approval"})

WHOLE_DEPLOYMENT = "the whole deployment"


def decision_of(report: Report, format_name: str) -> Decision:
    """Return the decision of a report, for the formats that show nothing else.

    Raises:
        ConfigError: Nothing was decided.
    """
    if report.decision is None:
        raise ConfigError(
            f"format {format_name!r} shows what a policy found, and here nothing was decided",
            hint="Use it with tollbar check, or choose table, markdown, json or html.",
        )
    return report.decision


def by_code(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Return the findings of each code, in the order in which the codes come."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.code, []).append(finding)
    return groups


def by_severity(decision: Decision) -> Iterator[tuple[Severity, tuple[Finding, ...]]]:
    """Yield the severities there are findings of, the gravest first, with their findings."""
    for severity in SEVERITIES:
        if found := decision.of_severity(severity):
            yield severity, found


def headline(severity: Severity, count: int) -> str:
    """Return what a group of findings is called: ``2 denied``, ``1 warning``."""
    words = {
        "error": "denied",
        "approval": "to be approved",
        "warning": "warning" if count == 1 else "warnings",
        "info": "note" if count == 1 else "notes",
    }
    return f"{count:,} {words[severity]}"


def sentence(finding: Finding) -> str:
    """Return what a finding says as a whole sentence that begins with its resource, where it has one."""
    return f"{finding.resource} {message_of(finding)}" if finding.resource else message_of(finding)


def rule_page(finding: Finding, docs_url: str | None) -> str | None:
    """Return the address of the page about a finding's rule, None where it is not published.

    ``Finding.docs`` is an address of its own (rules of the user's may have one), or a path in the
    documentation, such as ``docs/rules/TB101.md``.
    """
    if finding.docs is None:
        return None
    if urlsplit(finding.docs).scheme in {"http", "https"}:
        return finding.docs
    return f"{docs_url.rstrip('/')}/{finding.docs.lstrip('/')}" if docs_url else None
