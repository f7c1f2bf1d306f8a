"""The words all formats for people share: headings, ranges, counts, the closing line."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.money import format_usd

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.decision import Decision, Finding, Outcome
    from tollbar.estimate import CommitmentUse, Estimate, EstimatedResource, PriceOrigin, UnitCostEstimate

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BEGINS_A_COMMAND = re.compile(r"^(\s*)::")
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_UNPRICED_NAMED = 5
_TO_THE_DOLLAR = 100
_ROUGHLY = "~"
"""Stands before a cost that has another region's price in it."""

VERDICTS: dict[Outcome, str] = {
    "allow": "Within policy",
    "warn": "Within policy, with warnings",
    "needs_approval": "Needs approval",
    "deny": "Denied by policy",
}


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
    own = "own prices, " if any(price.trust == "own" for price in _prices(estimate)) else ""
    newest, oldest = estimate.meta.prices.snapshot, estimate.meta.prices.as_of
    return f"{own}list prices of {newest}" + (f", the oldest of {oldest}" if oldest < newest else "")


def importance(resource: EstimatedResource) -> tuple[Decimal, Decimal, str]:
    """Return the key that sorts the most changed resources first, then the dearest."""
    nothing = Decimal(0)
    return (-abs(resource.delta or nothing), -(resource.monthly_cost or nothing), resource.address)


def monthly(resource: EstimatedResource) -> str:
    """Return a resource's cost, or the word that says why there is none."""
    if resource.monthly_cost is None:
        return "not priced" if resource.unpriced else "by usage"
    return _marked(resource, resource.monthly_cost)


def effective(resource: EstimatedResource) -> str:
    """Return a resource's cost with commitments, empty where it is not known."""
    return "" if resource.costs is None else _marked(resource, resource.costs.effective)


def _marked(resource: EstimatedResource, cost: Decimal) -> str:
    partly = " +?" if resource.unpriced else ""
    return f"{_ROUGHLY if _borrowed_from(resource) else ''}{format_usd(cost)}{partly}"


def total(estimate: Estimate) -> str:
    """Return the total, marked where other regions' prices are in it."""
    return _total_marked(estimate, estimate.totals.monthly_cost)


def effective_total(estimate: Estimate) -> str:
    """Return the total with commitments, empty where none were given."""
    costs = estimate.totals.costs
    return "" if costs is None else _total_marked(estimate, costs.effective)


def _total_marked(estimate: Estimate, cost: Decimal) -> str:
    is_rough = any(_borrowed_from(resource) for resource in estimate.resources)
    return f"{_ROUGHLY if is_rough else ''}{format_usd(cost)}"


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


def commitment_lines(estimate: Estimate) -> list[str]:
    """Return what the commitments make of the total, and a line for each; nothing where none were given."""
    costs = estimate.totals.costs
    if costs is None:
        return []
    committed = f"{format_usd(costs.committed)} of it committed"
    line = f"{format_usd(costs.list)} at list price, {format_usd(costs.effective)} effective ({committed})"
    if costs.effective_delta is not None:
        line += f", effective change {format_usd(costs.effective_delta, signed=True)}"
    uses = [_commitment_line(commitment) for commitment in estimate.commitments or ()]
    return [line, *(uses or ["  no commitment was applied"])]


def _commitment_line(commitment: CommitmentUse) -> str:
    kind = commitment.kind.replace("_", " ")
    used = f"{commitment.used_percent:.1f}".removesuffix(".0")
    unused = f", {format_usd(commitment.unused_cost)} goes unused" if commitment.unused_cost else ""
    return f"  {kind} {commitment.id}: {format_usd(commitment.monthly_cost)} a month, {used}% used{unused}"


def notes(estimate: Estimate) -> list[str]:
    """Return what is to be known besides the table: commitments, unit costs, coverage."""
    return [*commitment_lines(estimate), *unit_cost_lines(estimate), *coverage_lines(estimate)]


def unit_cost_lines(estimate: Estimate) -> list[str]:
    """Return what a unit comes to of what resources produce, beside what it costs elsewhere."""
    return [
        f"{resource.address}: {unit_cost(resource.unit_cost)}"
        for resource in estimate.resources
        if resource.unit_cost is not None
    ]


def unit_cost(figures: UnitCostEstimate) -> str:
    """Return a unit's cost in words: ``$0.0002 per 1K tokens; gpt-4o-mini costs $0.0003, more than …``."""
    own = f"{_small_usd(figures.cost)} per {figures.unit}"
    if figures.compared_with is None:
        return own
    if figures.compared_cost is None:
        return f"{own}; what {figures.compared_with} costs is not known"
    there = f"{own}; {figures.compared_with} costs {_small_usd(figures.compared_cost)}"
    if figures.break_even is None:
        return f"{there}, less than this could ever come to"
    return (
        f"{there}; this pays from {figures.break_even:,.0f} x {figures.unit} a month ({figures.quantity:,.0f} served)"
    )


def _small_usd(amount: Decimal) -> str:
    """Return an amount with the digits that a unit's cost needs."""
    return f"${amount:,.4f}" if amount < 1 else format_usd(amount)


def coverage_lines(estimate: Estimate) -> list[str]:
    """Return what is borrowed, what is free, what depends on usage and what has no price, with the reasons."""
    coverage = estimate.coverage
    counts = [f"{coverage.free} free"] if coverage.free else []
    if coverage.usage_dependent:
        counts.append(f"{coverage.usage_dependent} only by usage (tell it with --usage-file)")
    if coverage.unpriced:
        counts.append(f"{coverage.unpriced} not or only partly priced:")
    lines = [*_borrowed_line(estimate), *([" · ".join(counts)] if counts else [])]
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


def _borrowed_line(estimate: Estimate) -> list[str]:
    borrowed = [lenders for resource in estimate.resources if (lenders := _borrowed_from(resource))]
    if not borrowed:
        return []
    regions = ", ".join(sorted({region for lenders in borrowed for region in lenders}))
    return [f"{_ROUGHLY} {_counted(len(borrowed), 'resource')} priced as in another region: {regions}"]


def _borrowed_from(resource: EstimatedResource) -> set[str]:
    """Return the regions whose prices stand in for those of a resource's own."""
    prices = (line.price for line in resource.breakdown if line.monthly_cost is not None)
    return {price.region or "another region" for price in prices if price.trust == "borrowed"}


def _prices(estimate: Estimate) -> Iterator[PriceOrigin]:
    return (line.price for resource in estimate.resources for line in resource.breakdown)


def closing(decision: Decision) -> str:
    """Return the verdict in one line: how much was denied, asked for, warned of, exempted."""
    counts = Counter(finding.severity for finding in decision.findings)
    parts = [
        f"{counts['error']:,} denied" if counts["error"] else "",
        f"{counts['approval']:,} to be approved by {', '.join(decision.approvers) or 'an approver'}"
        if counts["approval"]
        else "",
        _counted(counts["warning"], "warning"),
        _counted(counts["info"], "note"),
        f"{len(decision.exempted):,} exempted" if decision.exempted else "",
    ]
    return ", ".join(part for part in parts if part) or "nothing found"


def _counted(count: int, word: str) -> str:
    return "" if count == 0 else f"{count:,} {word}{'s' if count > 1 else ''}"


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
    """Return what exempted a finding, such as "exempted by tag cost_approved", or EX-1 until a day, and why."""
    exemption = finding.exemption or {}
    if (by := exemption.get("by")) in {"tag", "label"}:
        return f"exempted by {by} {exemption[by]}"
    until = f" until {exemption['expires']}" if "expires" in exemption else ""
    origin = ", ".join(
        text
        for text in (
            f"approved by {exemption['approver']}" if "approver" in exemption else "",
            exemption.get("ticket", ""),
        )
        if text
    )
    return f"exempted by {exemption.get('id', 'policy')}{until}: {exemption.get('reason', '')}" + (
        f" ({origin})" if origin else ""
    )


def visible(text: str) -> str:
    r"""Return a text on one line, what does not show written as in JSON (``\n``, ``\u001b``).

    A name with a line break could begin a line with a command of the CI system (``::stop-commands::``), one with an
    escape sequence could rewrite the terminal, one that turns the direction of writing could look like another.
    """
    return _UNSEEN.sub(lambda match: _SHORT.get(match[0], f"\\u{ord(match[0]):04x}"), text)


def no_command(line: str) -> str:
    """Return a line of a log that GitHub's runner takes for no command (``::`` at its begin, ``##[`` anywhere)."""
    return _BEGINS_A_COMMAND.sub(r"\1\\::", line).replace("##[", r"##\[")


def clipped(text: str, room: int) -> str:
    """Return a text on one line and in ``room`` characters, its middle left out where it is longer."""
    line = visible(" ".join(text.split()))
    if len(line) <= room:
        return line
    tail = room // 3
    return f"{line[: room - tail - 1]}…{line[len(line) - tail :]}"


def as_sentence(text: str) -> str:
    """Return a text with its first letter large and a full stop; the rest keeps its letters, as ids must."""
    return f"{text[:1].upper()}{text[1:]}."


def saving_of(finding: Finding) -> Decimal | None:
    """Return what following a finding would save: USD a month, None where it does not tell."""
    saving = (finding.model_extra or {}).get("saving") or (finding.alternative or {}).get("saving")
    return Decimal(str(saving)) if saving is not None else None
