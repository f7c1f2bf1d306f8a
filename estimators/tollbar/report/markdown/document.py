"""The Markdown report: the verdict, what was found and what to do about it, what it costs."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from tollbar.money import format_usd
from tollbar.report import wording
from tollbar.report.findings import BLOCKING, by_code, by_severity, headline, rule_page
from tollbar.report.markdown.escaping import code, escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tollbar.decision import Decision, Finding, Outcome, Severity
    from tollbar.estimate import EstimatedResource
    from tollbar.report.interface import Report

CHARACTERS = 65_000
"""The longest report: GitHub takes 65,536 characters a comment (GitLab 1,000,000); the rest is for its marker."""

_MARKS: dict[Severity, str] = {"error": "❌", "approval": "🔒", "warning": "⚠️", "info": "💡"}
_VERDICT_MARKS: dict[Outcome, str] = {"allow": "✅", "warn": "⚠️", "needs_approval": "🔒", "deny": "❌"}
_ALL = 1_000_000_000
_Item = TypeVar("_Item")


@dataclass(slots=True)
class _Size:
    """How many of each are shown: of a rule's findings, of the exempted, of the notes, of the resources."""

    blocking: int
    warnings: int
    infos: int
    exempted: int
    notes: int
    resources: int
    message: int = 1_000
    left_out: dict[str, int] = field(default_factory=dict)

    def cut(self, items: Sequence[_Item], most: int, what: str) -> Sequence[_Item]:
        """Return the first items, and keep in mind how many were left out."""
        if len(items) > most:
            self.left_out[what] = self.left_out.get(what, 0) + len(items) - most
        return items[:most]


def _sizes(*, everything: bool) -> Iterator[_Size]:
    """Yield ever smaller sizes: first the resources are dropped, last what keeps the change from passing."""
    if everything:
        yield _Size(_ALL, _ALL, _ALL, _ALL, _ALL, _ALL)
    yield _Size(20, 10, 5, 10, 12, 50)
    yield _Size(20, 10, 5, 5, 12, 15)
    yield _Size(20, 5, 1, 1, 6, 0, 500)
    yield _Size(10, 3, 0, 0, 3, 0, 500)
    yield _Size(5, 2, 0, 0, 3, 0, 400)
    yield _Size(3, 1, 0, 0, 3, 0, 300)
    yield _Size(1, 1, 0, 0, 3, 0, 150)


def render(report: Report) -> str:
    """Return the report, short enough for a comment; what was left out is told at the end."""
    text = ""
    for size in _sizes(everything=report.everything):
        text = "\n".join(_lines(report, size))
        if len(text) <= CHARACTERS:
            break
    return text


def _lines(report: Report, size: _Size) -> Iterator[str]:
    estimate, decision = report.estimate, report.decision
    mark = f"{_VERDICT_MARKS[decision.outcome]} " if decision else ""
    yield f"## {mark}{escape(estimate.deployment.name, 100)}: {_total(report)}"
    yield ""
    if decision is not None:
        spread = wording.totals_range(estimate)
        verdict = f"**{wording.VERDICTS[decision.outcome]}**: {escape(wording.closing(decision))}."
        yield f"{verdict} Range {spread}." if spread else verdict
        yield ""
        yield from _summary(report)
        yield from _findings(report, decision, size)
        yield from _exempted(decision, size)
    yield from _costs(report, size)
    yield from _notes(report, size)
    yield from _left_out(size)
    about = f"{wording.heading(estimate)} · {wording.price_note(estimate)} · tollbar {estimate.meta.tollbar}"
    yield f"<sub>{escape(about)}</sub>"


def _summary(report: Report) -> Iterator[str]:
    """Yield what a change comes to, as a sentence and a list."""
    if report.summary:
        first, *others = report.summary
        yield f"**{escape(first)}**"
        yield ""
        yield from (f"* {escape(line)}" for line in others)
        yield ""


def _total(report: Report) -> str:
    totals = report.estimate.totals
    total = f"{wording.total(report.estimate)} a month"
    if totals.costs is not None:
        total += f", {wording.effective_total(report.estimate)} effective"
    if totals.delta is not None:
        total += f" ({format_usd(totals.delta, signed=True)})" if totals.delta else " (no change)"
    return total


def _findings(report: Report, decision: Decision, size: _Size) -> Iterator[str]:
    for severity, found in by_severity(decision):
        most = size.blocking if severity in BLOCKING else size.warnings if severity == "warning" else size.infos
        yield f"### {_MARKS[severity]} {headline(severity, len(found)).capitalize()}"
        yield ""
        for of_rule in by_code(found).values():
            word = headline(severity, 2).removeprefix("2 ")
            yield from _rule(of_rule, size.cut(of_rule, most, word), report, size)
        yield ""


def _rule(of_rule: Sequence[Finding], shown: Sequence[Finding], report: Report, size: _Size) -> Iterator[str]:
    """Yield the findings of a rule: one on a line of its own, several below their rule's title."""
    first = of_rule[0]
    page = rule_page(first, report.docs_url)
    name = f"**[{first.code}]({page})**" if page else f"**{first.code}**"
    if len(of_rule) == 1 and shown:
        yield f"- {name} {_subject(first)}{_message(first, size)}"
        yield from (f"  <br>{line}" for line in (_place(first), _advice(first, size)) if line)
        return
    shared = {finding.remediation for finding in of_rule}
    yield f"- {name} {escape(first.title, 200)} (not met {len(of_rule):,} times)"
    for finding in shown:
        yield f"  - {_subject(finding)}{_message(finding, size)} {_place(finding)}".rstrip()
        if len(shared) > 1 and finding.remediation:
            yield f"    <br>{_advice(finding, size)}"
    if len(shown) < len(of_rule):
        yield f"  - … {len(of_rule) - len(shown):,} more"
    if len(shared) == 1 and first.remediation:
        yield f"  - {_advice(first, size)}"


def _exempted(decision: Decision, size: _Size) -> Iterator[str]:
    if not decision.exempted:
        return
    shown = size.cut(decision.exempted, size.exempted, "exempted")
    yield f"<details><summary>{len(decision.exempted):,} exempted</summary>"
    yield ""
    for finding in shown:
        by = escape(wording.exemption_of(finding), 300)
        yield f"- **{finding.code}** {_subject(finding)}{_message(finding, size)} ({by})"
    yield ""
    yield "</details>"
    yield ""


def _subject(finding: Finding) -> str:
    return f"{code(finding.resource)} " if finding.resource else ""


def _message(finding: Finding, size: _Size) -> str:
    return escape(wording.message_of(finding), size.message)


def _place(finding: Finding) -> str:
    place = wording.place_of(finding)
    return f"<sub>{code(place)}</sub>" if place else ""


def _advice(finding: Finding, size: _Size) -> str:
    return f"→ {escape(finding.remediation, size.message)}" if finding.remediation else ""


def _costs(report: Report, size: _Size) -> Iterator[str]:
    """Yield the table of costs, folded where there is a verdict to read first."""
    resources = [r for r in report.estimate.resources if not r.free and (r.breakdown or r.previous_monthly_cost)]
    resources.sort(key=wording.importance)
    shown = size.cut(resources, size.resources, "resources")
    if not shown:
        return
    if report.decision is not None:
        count = f"{len(resources):,} resource{'' if len(resources) == 1 else 's'}"
        yield f"<details><summary>What {count} cost{'s' if len(resources) == 1 else ''}</summary>"
        yield ""
    yield from _table(report, shown, resources[len(shown) :])
    yield ""
    if report.decision is not None:
        yield "</details>"
        yield ""


def _table(report: Report, shown: Sequence[EstimatedResource], rest: Sequence[EstimatedResource]) -> Iterator[str]:
    estimate = report.estimate
    totals = estimate.totals
    has_effective = totals.costs is not None
    yield f"| Resource | Type | {'List | Effective' if has_effective else 'Monthly'} | Range | Change |"
    yield f"| --- | --- | ---: | {'---: | ' if has_effective else ''}--- | --- |"
    yield from (_row(resource, has_effective=has_effective) for resource in shown)
    if rest:
        cost = sum((resource.monthly_cost or Decimal(0) for resource in rest), Decimal(0))
        yield f"| … {len(rest):,} more | | {format_usd(cost)} |{' |' * (3 if has_effective else 2)}"
    change = format_usd(totals.delta, signed=True) if totals.delta is not None else ""
    effective = f" **{wording.effective_total(estimate)}** |" if has_effective else ""
    spread = wording.totals_range(estimate)
    yield f"| **Total** | | **{wording.total(estimate)}** |{effective} {spread} | {change} |"


def _row(resource: EstimatedResource, *, has_effective: bool) -> str:
    size = resource.instance_type or resource.type
    change = wording.change(resource) if resource.previous_monthly_cost is not None else ""
    cells = [code(resource.address), escape(size, 100), wording.monthly(resource)]
    cells += [wording.effective(resource)] if has_effective else []
    cells += [wording.cost_range(resource), change]
    return f"| {' | '.join(cells)} |"


def _notes(report: Report, size: _Size) -> Iterator[str]:
    notes = [escape(line.strip(), 400) for line in wording.notes(report.estimate)]
    notes += [f"⚠️ {escape(warning, 400)}" for warning in report.warnings]
    yield from (f"- {note}" for note in size.cut(notes, size.notes, "notes on the estimate"))
    if notes:
        yield ""


def _left_out(size: _Size) -> Iterator[str]:
    if not size.left_out:
        return
    parts = ", ".join(f"{count:,} {what}" for what, count in size.left_out.items())
    yield f"Left out to keep this short: {parts}. `--report html=cost.html` writes a page, `--format json` everything."
    yield ""
