"""The words all formats for people share: headings, ranges, counts, the closing line."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.money import format_usd

if TYPE_CHECKING:
    from tollbar.decision import Decision, Finding
    from tollbar.estimate import Estimate, EstimatedResource

_UNPRICED_NAMED = 5
_TO_THE_DOLLAR = 100


def heading(estimate: Estimate) -> str:
    """Return the line that names what was estimated."""
    deployment = estimate.deployment
    regions = Counter(r.region for r in estimate.resources if r.region and r.region != "global")
    parts = [deployment.name, deployment.environment]
    if regions:
        most, _ = regions.most_common(1)[0]
        parts.append(most if len(regions) == 1 else f"{most} and {len(regions) - 1} more")
    return " · ".join(parts)


def price_note(estimate: Estimate) -> str:
    """Return what the prices are and how old."""
    return f"list prices of {estimate.meta.prices.snapshot}"


def importance(resource: EstimatedResource) -> tuple[Decimal, Decimal, str]:
    """Return the key that sorts the most changed resources first, then the dearest."""
    nothing = Decimal(0)
    return (-abs(resource.delta or nothing), -(resource.monthly_cost or nothing), resource.address)


def monthly(resource: EstimatedResource) -> str:
    """Return a resource's cost, or the word that says why there is none."""
    if resource.monthly_cost is None:
        return "not priced" if resource.unpriced else "by usage"
    partly = " +?" if resource.unpriced else ""
    return f"{format_usd(resource.monthly_cost)}{partly}"


def cost_range(resource: EstimatedResource) -> str:
    """Return the range of a resource's cost, empty where it is certain."""
    cost = resource.cost_estimate
    if cost is None or cost.min == cost.max:
        return ""
    return range_of(cost.min, cost.max)


def range_of(low: Decimal, high: Decimal) -> str:
    """Return a range as people read it: to the dollar where cents would only feign precision."""
    if high < _TO_THE_DOLLAR:
        return f"{format_usd(low)}-{format_usd(high)}"
    return f"${low:,.0f}-${high:,.0f}"


def change(resource: EstimatedResource) -> str:
    """Return what happens to a resource and its cost, empty where nothing does."""
    delta = resource.delta
    word = {"create": "new", "delete": "removed", "replace": "replaced"}.get(resource.action, "")
    if delta is None:
        return f"{word} ?".strip() if resource.action != "no-op" else ""
    if delta == 0:
        return word
    return f"{format_usd(delta, signed=True)}" + (f" {word}" if word else "")


def totals_range(estimate: Estimate) -> str:
    """Return the range of the total with its 90th percentile, empty where it is certain."""
    totals = estimate.totals
    if totals.min == totals.max:
        return ""
    return f"{range_of(totals.min, totals.max)}, p90 ${totals.p90:,.0f}"


def coverage_lines(estimate: Estimate) -> list[str]:
    """Return what is free, what depends on usage and what has no price, with the reasons."""
    coverage = estimate.coverage
    counts = [f"{coverage.free} free"] if coverage.free else []
    if coverage.usage_dependent:
        counts.append(f"{coverage.usage_dependent} only by usage (tell it with --usage-file)")
    if coverage.unpriced:
        counts.append(f"{coverage.unpriced} not or only partly priced:")
    lines = [" · ".join(counts)] if counts else []
    unpriced = [r for r in estimate.resources if r.unpriced and r.action != "delete"]
    unsupported = coverage.unsupported_types
    if unsupported:
        names = ", ".join(f"{name} ({count})" for name, count in unsupported.items())
        lines.append(f"  types Tollbar cannot price: {names}")
    others = [r for r in unpriced if any(line.reason != "unsupported_type" for line in r.unpriced)]
    for resource in others[:_UNPRICED_NAMED]:
        details = "; ".join(line.detail for line in resource.unpriced)
        lines.append(f"  {resource.address}: {details}")
    if len(others) > _UNPRICED_NAMED:
        lines.append(f"  and {len(others) - _UNPRICED_NAMED} more")
    return lines


def closing(decision: Decision) -> str:
    """Return the verdict in one line: how much was denied, asked for, warned of, exempted."""
    counts = Counter(finding.severity for finding in decision.findings)
    parts = [
        f"{counts['error']} denied" if counts["error"] else "",
        f"{counts['approval']} to be approved by {', '.join(decision.approvers) or 'an approver'}"
        if counts["approval"]
        else "",
        _counted(counts["warning"], "warning"),
        _counted(counts["info"], "note"),
        f"{len(decision.exempted)} exempted" if decision.exempted else "",
    ]
    return ", ".join(part for part in parts if part) or "nothing found"


def _counted(count: int, word: str) -> str:
    return "" if count == 0 else f"{count} {word}{'s' if count > 1 else ''}"


def message_of(finding: Finding) -> str:
    """Return a finding's message without its code and resource, for formats that show these themselves."""
    message = finding.msg.removeprefix(f"[{finding.code}]").strip()
    return message.removeprefix(finding.resource or "").lstrip(": ") if finding.resource else message


def place_of(finding: Finding) -> str:
    """Return where in the user's files a finding belongs, empty where that is not known."""
    if finding.location is None:
        return ""
    line = finding.location.line
    return finding.location.file if line is None else f"{finding.location.file}:{line}"


def exemption_of(finding: Finding) -> str:
    """Return what exempted a finding, such as "exempted by tag cost_approved"."""
    exemption = dict(finding.exemption or {})
    kind = exemption.pop("by", None)
    details = ", ".join(str(value) for value in exemption.values())
    return " ".join(part for part in ("exempted", f"by {kind}" if kind else "", details) if part)
