"""What the sections of the page hold, each list cut to what a browser shows at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from tollbar.money import format_usd
from tollbar.report import wording
from tollbar.report.findings import by_code, by_severity, headline, rule_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tollbar.decision import Decision, Finding, Severity
    from tollbar.estimate import BreakdownLine, Estimate, EstimatedResource
    from tollbar.report.interface import Report

_FINDINGS_PER_RULE, _RESOURCES, _LINES = 50, 1_000, 200

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Cut(Generic[Item]):
    """A list as far as it is shown, and how many items are not."""

    shown: Sequence[Item]
    left_out: int


def cut(items: Sequence[Item], most: int, *, everything: bool) -> Cut[Item]:
    """Return the first items, all where everything is asked for."""
    shown = items if everything else items[:most]
    return Cut(shown, len(items) - len(shown))


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding in words. ``advice`` is what to do about it, or what exempts it."""

    resource: str | None
    place: str
    message: str
    advice: str
    exemption: str


@dataclass(frozen=True, slots=True)
class ShownRule:
    """The findings of a rule. ``advice`` is what to do about all of them, ``page`` where the rule is described."""

    code: str
    title: str
    page: str | None
    findings: Sequence[ShownFinding]
    left_out: int
    advice: str


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one severity."""

    severity: Severity
    headline: str
    rules: Sequence[ShownRule]


@dataclass(frozen=True, slots=True)
class ShownResource:
    """A row of the table of costs."""

    address: str
    place: str
    size: str
    region: str
    monthly: str
    effective: str
    range: str
    change: str


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that has no price, and why."""

    address: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Assumption:
    """A line of a bill whose quantity nobody told."""

    address: str
    line: str
    quantity: str
    monthly: str


@dataclass(frozen=True, slots=True)
class PriceSource:
    """Where prices come from: how old, how far to be trusted, and how many lines use them."""

    source: str
    trust: str
    as_of: str
    lines: int


_REASONS = {
    "unsupported_type": "type not known",
    "price_not_found": "no price found",
    "unknown_until_apply": "known only after apply",
}


def groups(report: Report, decision: Decision) -> list[Group]:
    """Return the findings by severity, the gravest first."""
    return [
        Group(severity, headline(severity, len(found)).capitalize(), _rules(found, report))
        for severity, found in by_severity(decision)
    ]


def exempted(report: Report, decision: Decision) -> list[ShownRule]:
    """Return what was found and may pass all the same."""
    return _rules(decision.exempted, report)


def _rules(findings: Sequence[Finding], report: Report) -> list[ShownRule]:
    return [_rule(found, report) for found in by_code(findings).values()]


def _rule(found: Sequence[Finding], report: Report) -> ShownRule:
    """Return a rule with its findings; what to do is told once where it is the same for several."""
    first = found[0]
    advices = {finding.remediation for finding in found}
    is_shared = len(found) > 1 and len(advices) == 1 and not first.exemption
    kept = cut(found, _FINDINGS_PER_RULE, everything=report.everything)
    shown = [_shown(finding, is_shared=is_shared) for finding in kept.shown]
    page = rule_page(first, report.docs_url)
    return ShownRule(first.code, first.title, page, shown, kept.left_out, first.remediation if is_shared else "")


def _shown(finding: Finding, *, is_shared: bool) -> ShownFinding:
    exemption = wording.as_sentence(wording.exemption_of(finding)) if finding.exemption else ""
    advice = exemption or ("" if is_shared else finding.remediation)
    return ShownFinding(finding.resource, wording.place_of(finding), wording.message_of(finding), advice, exemption)


def resources(report: Report) -> Cut[ShownResource]:
    """Return the rows of the table of costs, the most changed and dearest first; what is free is only counted."""
    rows = sorted((r for r in report.estimate.resources if not r.free), key=wording.importance)
    first = cut(rows, _RESOURCES, everything=report.everything)
    return Cut([_row(resource) for resource in first.shown], first.left_out)


def _row(resource: EstimatedResource) -> ShownResource:
    place = resource.location
    return ShownResource(
        resource.address,
        "" if place is None else place.file if place.line is None else f"{place.file}:{place.line}",
        resource.instance_type or resource.type,
        resource.region or "",
        wording.monthly(resource),
        wording.effective(resource),
        wording.cost_range(resource),
        wording.change(resource) if resource.previous_monthly_cost is not None else "",
    )


def missing(report: Report) -> Cut[Missing]:
    """Return what has no price, with the reason."""
    lines = [
        Missing(resource.address, _REASONS[line.reason], line.detail)
        for resource in report.estimate.resources
        if resource.action != "delete"
        for line in resource.unpriced
    ]
    return cut(lines, _LINES, everything=report.everything)


def assumptions(report: Report) -> Cut[Assumption]:
    """Return the lines whose quantity is assumed, and those that depend on use nobody told; the dearest first."""
    lines = [
        (resource, line)
        for resource in report.estimate.resources
        for line in resource.breakdown
        if line.basis == "assumed" or line.monthly_cost is None
    ]
    lines.sort(key=lambda pair: (-(pair[1].monthly_cost or 0), pair[0].address))
    first = cut(lines, _LINES, everything=report.everything)
    return Cut([_assumption(resource, line) for resource, line in first.shown], first.left_out)


def _assumption(resource: EstimatedResource, line: BreakdownLine) -> Assumption:
    name = f"{line.part}: {line.name}" if line.part else line.name
    if line.quantity is None or line.monthly_cost is None:
        return Assumption(resource.address, name, "not told", "by usage")
    by = "x " if line.unit[:1].isdigit() else ""
    quantity = f"{line.quantity.normalize():,f} {by}{line.unit}"
    return Assumption(resource.address, name, quantity, format_usd(line.monthly_cost))


def price_sources(estimate: Estimate) -> list[PriceSource]:
    """Return where the prices come from, most used first."""
    lines: dict[tuple[str, str], list[str]] = defaultdict(list)
    for price in (line.price for resource in estimate.resources for line in resource.breakdown):
        lines[price.source, str(price.trust)].append(price.as_of)
    found = [PriceSource(source, trust, _span(dates), len(dates)) for (source, trust), dates in lines.items()]
    return sorted(found, key=lambda source: (-source.lines, source.source, source.trust))


def _span(dates: Iterable[str]) -> str:
    ordered = sorted(dates)
    return ordered[0] if ordered[0] == ordered[-1] else f"{ordered[0]} to {ordered[-1]}"
