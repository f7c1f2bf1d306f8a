"""Markdown for a pull request or a job summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.money import format_usd
from tollbar.report import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.decision import Decision, Finding, Severity
    from tollbar.estimate import EstimatedResource
    from tollbar.report.interface import Report

_ROWS = 50
_PIPE = r"\|"  # a bar inside a cell
_HEADER = "| Resource | Type | Monthly | Range | Change |"
_MARKS: dict[Severity, str] = {"error": "❌", "approval": "🔒", "warning": "⚠️", "info": "💡"}
_VERDICTS = {
    "allow": "✅ within policy",
    "warn": "⚠️ within policy, with warnings",
    "needs_approval": "🔒 needs approval",
    "deny": "❌ denied by policy",
}


def render(report: Report) -> str:
    """Return a heading with the verdict, the findings, and the cost table."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    estimate = report.estimate
    yield f"## Cost of {estimate.deployment.name}: {_summary(report)}"
    yield ""
    if report.decision is not None:
        yield f"**{_VERDICTS[report.decision.outcome]}** ({wording.closing(report.decision)})"
        yield ""
        yield from _findings(report.decision)
    yield from _table(report)
    yield from (f"- {line.strip()}" for line in wording.notes(estimate))
    yield from (f"- ⚠️ {warning}" for warning in report.warnings)
    yield ""
    yield f"<sub>{wording.heading(estimate)} · {wording.price_note(estimate)} · tollbar {estimate.meta.tollbar}</sub>"


def _summary(report: Report) -> str:
    totals = report.estimate.totals
    total = f"{wording.total(report.estimate)} a month"
    if totals.costs is not None:
        total += f", {wording.effective_total(report.estimate)} effective"
    if totals.delta is not None:
        total += f" ({format_usd(totals.delta, signed=True)})"
    spread = wording.totals_range(report.estimate)
    return f"{total}, {spread}" if spread else total


def _findings(decision: Decision) -> Iterator[str]:
    for finding in decision.findings:
        yield f"- {_MARKS[finding.severity]} **{finding.code}** {_place(finding)}{_message(finding)}"
        if finding.remediation:
            yield f"  <br>→ {_escape(finding.remediation)}"
    for finding in decision.exempted:
        yield f"- ~~{finding.code}~~ {_place(finding)}{_message(finding)} ({wording.exemption_of(finding)})"
    if decision.findings or decision.exempted:
        yield ""


def _place(finding: Finding) -> str:
    return f"`{finding.resource}` " if finding.resource else ""


def _message(finding: Finding) -> str:
    return _escape(wording.message_of(finding))


def _table(report: Report) -> Iterator[str]:
    resources = [r for r in report.estimate.resources if not r.free and (r.breakdown or r.previous_monthly_cost)]
    resources.sort(key=wording.importance)
    shown = resources if report.everything else resources[:_ROWS]
    has_effective = report.estimate.totals.costs is not None
    yield "| Resource | Type | List | Effective | Range | Change |" if has_effective else _HEADER
    yield f"| --- | --- | ---: | {'---: | ' if has_effective else ''}--- | --- |"
    yield from (_row(resource, has_effective=has_effective) for resource in shown)
    if len(resources) > len(shown):
        yield f"| … {len(resources) - len(shown)} more |{' |' * (5 if has_effective else 4)}"
    totals = report.estimate.totals
    change = format_usd(totals.delta, signed=True) if totals.delta is not None else ""
    spread = wording.totals_range(report.estimate)
    effective = f" **{wording.effective_total(report.estimate)}** |" if has_effective else ""
    yield f"| **Total** | | **{wording.total(report.estimate)}** |{effective} {spread} | {change} |"
    yield ""


def _row(resource: EstimatedResource, *, has_effective: bool) -> str:
    size = resource.instance_type or resource.type
    change = wording.change(resource) if resource.previous_monthly_cost is not None else ""
    cells = [f"`{resource.address}`", _escape(size), wording.monthly(resource)]
    cells += [wording.effective(resource)] if has_effective else []
    cells += [wording.cost_range(resource), change]
    return f"| {' | '.join(cell.replace('|', _PIPE) for cell in cells)} |"


def _escape(text: str) -> str:
    return text.replace("<", "&lt;")
