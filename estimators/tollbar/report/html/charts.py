"""The charts as geometry: which rows there are, and from where to where their bars go, in percent of the width."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.money import format_usd
from tollbar.report import wording
from tollbar.report.html.axis import Axis, Tick, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tollbar.estimate import CostEstimate, Estimate, EstimatedResource

_LARGEST = 15
"""How many resources a chart shows one by one."""
_LABEL = 120
_NOT_FULLY_KNOWN = "Resources of which one side is not fully known"
_HALF_A_CENT = Decimal("0.005")
_THIN = Decimal("0.4")
"""The least width of a bar that stands for something, in percent: else it could not be seen."""
_FLAT = Decimal("0.25")
"""A change of less than this share of the whole is shown on an axis that does not begin at zero."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: its name, its figure, and the bar. ``kind`` says what it stands for: share, rest, total, up, down."""

    label: str
    figure: str
    start: str
    width: str
    kind: str
    description: str


@dataclass(frozen=True, slots=True)
class RangeBar:
    """A row: its name, its range in words, and where the range begins and ends, is expected, and its p90."""

    label: str
    figure: str
    start: str
    width: str
    expected: str
    p90: str
    description: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Rows on one axis; ``note`` tells what a reader might miss."""

    rows: Sequence[Bar] | Sequence[RangeBar]
    ticks: Sequence[Tick] = ()
    note: str = ""


def by_cloud(estimate: Estimate) -> Chart:
    """Return the cost of each cloud."""
    return _shares(estimate.totals.by_cloud, "")


def by_team(estimate: Estimate) -> Chart:
    """Return the cost of each team, and what belongs to none."""
    totals = estimate.totals
    teams = dict(totals.by_team)
    if not teams:
        return Chart((), note="No team is known: set team in tollbar.yml, or tag resources with team.")
    nobody = totals.monthly_cost - sum(teams.values(), Decimal(0))
    return _shares(teams, f"{format_usd(nobody)} belongs to no team." if nobody >= _HALF_A_CENT else "")


def by_resource(estimate: Estimate) -> Chart:
    """Return the cost of the dearest resources, and of all others together."""
    return _shares(
        {resource.address: resource.monthly_cost for resource in estimate.resources if resource.monthly_cost}, ""
    )


def _shares(costs: dict[str, Decimal], note: str) -> Chart:
    """Return the largest costs, each with its share, and the rest as one bar."""
    ranked = sorted(costs.items(), key=lambda item: (-item[1], item[0]))
    shown, rest = ranked[:_LARGEST], ranked[_LARGEST:]
    total = sum(costs.values(), Decimal(0))
    others = sum((cost for _, cost in rest), Decimal(0))
    axis = Axis(Decimal(0), max([cost for _, cost in shown] + [others], default=Decimal(0)))
    rows = [_share(name, cost, total, axis, "share") for name, cost in shown]
    if rest:
        rows.append(_share(f"{len(rest):,} others", others, total, axis, "rest"))
    return Chart(rows, note=note)


def _share(name: str, cost: Decimal, total: Decimal, axis: Axis, kind: str) -> Bar:
    label, figure = wording.clipped(name, _LABEL), f"{format_usd(cost)}{_percentage(cost, total)}"
    return Bar(label, figure, "0%", _width(axis, Decimal(0), cost), kind, f"{label}: {figure}")


def _percentage(cost: Decimal, total: Decimal) -> str:
    if not total or not cost:
        return ""
    share = cost / total
    return f" ({share:.0%})" if share >= Decimal("0.01") else " (<1%)"


def _width(axis: Axis, low: Decimal, high: Decimal) -> str:
    width = axis.at(high) - axis.at(low)
    return percent(max(width, _THIN) if high > low else width)


def waterfall(estimate: Estimate) -> Chart | None:
    """Return the way from the previous cost to the new one, None where there is nothing to compare with.

    What is left between the two sums belongs to resources of which one side is not fully known.
    """
    totals = estimate.totals
    if totals.previous is None:
        return None
    changed = [(r.address, r.delta) for r in estimate.resources if r.delta]
    changed.sort(key=lambda change: (-abs(change[1]), change[0]))
    steps = changed[:_LARGEST]
    if rest := changed[_LARGEST:]:
        steps.append((f"{len(rest):,} other changes", sum((delta for _, delta in rest), Decimal(0))))
    unknown = totals.monthly_cost - totals.previous - sum((delta for _, delta in changed), Decimal(0))
    if abs(unknown) >= _HALF_A_CENT:
        steps.append((_NOT_FULLY_KNOWN, unknown))
    return _waterfall_of(totals.previous, steps, totals.monthly_cost)


def _waterfall_of(before: Decimal, steps: Sequence[tuple[str, Decimal]], after: Decimal) -> Chart:
    levels = [before]
    for _, delta in steps:
        levels.append(levels[-1] + delta)
    axis, note = _axis_over([*levels, after])
    rows = [_total_bar("Before", before, axis)]
    for (name, delta), level in zip(steps, levels, strict=False):
        low, high = sorted((level, level + delta))
        figure = format_usd(delta, signed=True)
        mark, direction, word = ("▲", "up", "rises by") if delta > 0 else ("▼", "down", "falls by")
        kind = "rest" if name == _NOT_FULLY_KNOWN else direction
        label = wording.clipped(name, _LABEL)
        told = f"{label}: {word} {format_usd(abs(delta))}, to {format_usd(level + delta)} in all"
        rows.append(Bar(label, f"{mark} {figure}", percent(axis.at(low)), _width(axis, low, high), kind, told))
    rows.append(_total_bar("After", after, axis))
    return Chart(rows, axis.ticks(), note)


def _total_bar(name: str, cost: Decimal, axis: Axis) -> Bar:
    return Bar(name, format_usd(cost), "0%", _width(axis, axis.low, cost), "total", f"{name}: {format_usd(cost)}")


def _axis_over(levels: Sequence[Decimal]) -> tuple[Axis, str]:
    """Return an axis that shows how the levels differ, and what there is to say of it."""
    low, high = min(levels), max(levels)
    if low <= 0 or high - low >= high * _FLAT:
        return Axis(min(low, Decimal(0)), high), ""
    room = max(high - low, high / 100)
    start = max(low - room, Decimal(0))
    return Axis(start, high), f"The axis begins at {format_usd(start)}, not at zero."


def ranges(estimate: Estimate) -> Chart:
    """Return the resources whose cost is a range, those that may cost most first."""
    uncertain = [
        (resource, cost)
        for resource in estimate.resources
        if (cost := resource.cost_estimate) is not None and cost.min != cost.max
    ]
    if not uncertain:
        return Chart((), note="No resource's cost is a range.")
    uncertain.sort(key=lambda pair: (-pair[1].max, pair[0].address))
    shown = uncertain[:_LARGEST]
    axis = Axis(Decimal(0), max(cost.max for _, cost in shown))
    left_out = len(uncertain) - len(shown)
    note = f"{left_out:,} more resources have a range; these may cost most." if left_out else ""
    return Chart([_range(resource, cost, axis) for resource, cost in shown], axis.ticks(), note)


def _range(resource: EstimatedResource, cost: CostEstimate, axis: Axis) -> RangeBar:
    label = wording.clipped(resource.address, _LABEL)
    told = (
        f"{label}: at least {format_usd(cost.min)}, expected {format_usd(cost.expected)}, "
        f"{format_usd(cost.p90)} or less in nine cases of ten, at most {format_usd(cost.max)}"
    )
    return RangeBar(
        label,
        wording.range_of(cost.min, cost.max),
        percent(axis.at(cost.min)),
        _width(axis, cost.min, cost.max),
        percent(axis.at(cost.expected)),
        percent(axis.at(cost.p90)),
        told,
    )
