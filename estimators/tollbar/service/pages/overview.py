"""What the overview tells: figures and geometry, no HTML."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

from tollbar.ledger.interface import Selection
from tollbar.ledger.spend import daily_costs
from tollbar.money import format_usd

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tollbar.ledger.interface import Summary
    from tollbar.ledger.ledger import Ledger
    from tollbar.ledger.spend import DeployedCost

DAYS = 30
_RECENT = 25
_LOOKED_AT = 500
_LARGEST = 8
_WIDTH, _HEIGHT = 720, 160
_NOBODY = "no team"
_NO_PROJECT = "no project"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of what is spent: its name, USD a month in words, and how long its bar is in percent."""

    name: str
    figure: str
    percent: str


@dataclass(frozen=True, slots=True)
class Trend:
    """The sum of all deployments by day, as a line; ``points`` are those of an SVG polyline."""

    points: str
    days: tuple[tuple[str, str], ...]
    highest: str
    first: str
    last: str
    width: int = _WIDTH
    height: int = _HEIGHT


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the page shows."""

    decisions: tuple[Summary, ...]
    total: str
    deployments: int
    by_team: tuple[Share, ...]
    by_project: tuple[Share, ...]
    by_cloud: tuple[Share, ...]
    trend: Trend | None
    exemptions: tuple[Mapping[str, Any], ...]


def overview(
    ledger: Ledger, projects: frozenset[str] | None, policy_settings: Mapping[str, Any] | None, today: date
) -> Overview:
    """Return what the page shows somebody who may see some projects, or all.

    Raises:
        LedgerError: The ledger cannot be read.
    """
    since = datetime.combine(today - timedelta(days=DAYS - 1), datetime.min.time(), UTC).isoformat()
    costs = daily_costs(ledger, since, projects)
    current = _current(costs)
    recent = islice(ledger.select(Selection(projects=projects)), _RECENT)
    total = sum((cost.monthly_cost for cost in current), Decimal(0))
    return Overview(
        decisions=tuple(recent),
        total=format_usd(total),
        deployments=len(current),
        by_team=_shares((cost.team or _NOBODY, cost.monthly_cost) for cost in current),
        by_project=_shares((cost.project_id or _NO_PROJECT, cost.monthly_cost) for cost in current),
        by_cloud=_shares(_clouds(ledger, current)),
        trend=_trend(costs, today),
        exemptions=tuple(_open_exemptions(policy_settings or {}, today)),
    )


def _current(costs: Iterable[DeployedCost]) -> list[DeployedCost]:
    """Return the last of each deployment."""
    last = {(cost.project_id, cost.name, cost.environment): cost for cost in costs}
    return list(last.values())


def _clouds(ledger: Ledger, current: Sequence[DeployedCost]) -> Iterable[tuple[str, Decimal]]:
    for cost in sorted(current, key=lambda each: -each.monthly_cost)[:_LOOKED_AT]:
        entry = ledger.entry(cost.entry_id)
        if entry is not None:
            totals = json.loads(entry.estimate, parse_float=Decimal)["totals"]
            yield from ((cloud, Decimal(amount)) for cloud, amount in totals.get("by_cloud", {}).items())


def _shares(parts: Iterable[tuple[str, Decimal]]) -> tuple[Share, ...]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for name, amount in parts:
        sums[name] += amount
    largest = max(sums.values(), default=Decimal(0))
    ordered = sorted(sums.items(), key=lambda part: (-part[1], part[0]))
    shown = ordered[:_LARGEST]
    if rest := ordered[_LARGEST:]:
        shown.append((f"{len(rest)} others", sum((amount for _, amount in rest), Decimal(0))))
        largest = max(largest, shown[-1][1])
    return tuple(
        Share(name, format_usd(amount), f"{float(amount / largest * 100) if largest else 0:.2f}%")
        for name, amount in shown
    )


def _trend(costs: Sequence[DeployedCost], today: date) -> Trend | None:
    """Return the sum of what was in force on each day; None where there was nothing."""
    if not costs:
        return None
    by_day: dict[str, list[DeployedCost]] = defaultdict(list)
    for cost in costs:
        by_day[cost.day].append(cost)
    in_force: dict[tuple[str | None, str, str], Decimal] = {}
    days: list[tuple[str, Decimal]] = []
    for number in range(DAYS):
        day = (today - timedelta(days=DAYS - 1 - number)).isoformat()
        for cost in by_day.get(day, ()):
            in_force[cost.project_id, cost.name, cost.environment] = cost.monthly_cost
        if in_force:
            days.append((day, sum(in_force.values(), Decimal(0))))
    highest = max((amount for _, amount in days), default=Decimal(0)) or Decimal(1)
    step = _WIDTH / max(1, DAYS - 1)
    start = DAYS - len(days)
    points = " ".join(
        f"{(start + number) * step:.1f},{_HEIGHT - float(amount / highest) * (_HEIGHT - 8) - 4:.1f}"
        for number, (_, amount) in enumerate(days)
    )
    told = tuple((day, format_usd(amount)) for day, amount in days)
    first = (today - timedelta(days=DAYS - 1)).isoformat()
    return Trend(points, told, format_usd(highest), first, today.isoformat())


def _open_exemptions(policy_settings: Mapping[str, Any], today: date) -> Iterable[Mapping[str, Any]]:
    for exemption in policy_settings.get("exemptions", ()):
        expires = exemption.get("expires")
        if expires is None or expires >= today.isoformat():
            soon = expires is not None and date.fromisoformat(expires) - today <= timedelta(days=14)
            yield {"address": None, "approver": None, "expires": None, **exemption, "soon": soon}
