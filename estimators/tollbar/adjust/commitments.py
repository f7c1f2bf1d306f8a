"""Applying commitments to an estimate: what is covered, what it costs so, and what goes unused.

Order, as AWS bills (Savings Plans User Guide, "How savings plans apply to your usage"; EC2 User Guide,
"How Reserved Instances are applied"; read 2026-11): machines that are reserved first, the smallest size of
a family first; then plans for one family; then the other plans. A plan covers what it saves most on, by
percent, first. Of several commitments of one rank the one that saves most goes first.

The use of a month is taken as spread evenly over its hours: a commitment holds for each hour on its own,
so a machine that runs half the month may use half of what its average hour suggests.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.adjust.commitment import SOON_DAYS
from tollbar.adjust.commitment_pools import NoRateError, pools_of, unknown_rates
from tollbar.adjust.machine_part import parts_of
from tollbar.catalog.region_names import region_names
from tollbar.money import HOURS_PER_MONTH
from tollbar.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from tollbar.adjust.commitment_file import AnyCommitment
    from tollbar.adjust.commitment_pools import Pool
    from tollbar.adjust.machine_part import ComputeLine, MachinePart
    from tollbar.catalog.lookup import PriceLookup

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class CoveredLine:
    """A line with its commitments, USD a month.

    ``covered`` is in the hours of the line, ``committed_cost`` its share of what the commitments cost,
    ``effective_cost`` that share and the rest at list price. Without a list cost there is no other.
    """

    line: ComputeLine
    covered: Decimal
    committed_cost: Decimal
    effective_cost: Decimal | None
    commitments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UsedCommitment:
    """What a commitment costs a month, and how much of it the estimate uses."""

    id: str
    kind: str
    monthly_cost: Decimal
    used_cost: Decimal

    @property
    def unused_cost(self) -> Decimal:
        """USD a month that are paid for nothing."""
        return self.monthly_cost - self.used_cost

    @property
    def used_percent(self) -> Decimal:
        """Its use in percent; 100 of one that costs nothing."""
        return self.used_cost / self.monthly_cost * 100 if self.monthly_cost else Decimal(100)


@dataclass(frozen=True, slots=True)
class CommitmentWarning:
    """What is to be known of a commitment: that it was not applied, or ends soon."""

    id: str
    message: str


@dataclass(frozen=True, slots=True)
class Applied:
    """List, committed and effective cost side by side."""

    lines: tuple[CoveredLine, ...]
    commitments: tuple[UsedCommitment, ...]
    warnings: tuple[CommitmentWarning, ...]


@dataclass(slots=True)
class _Cover:
    """How much of a part is covered already."""

    part: MachinePart
    hours: Decimal = _NOTHING
    committed_cost: Decimal = _NOTHING
    commitments: list[str] = field(default_factory=list)

    @property
    def left(self) -> Decimal:
        return self.part.hours - self.hours

    @property
    def saved(self) -> Decimal:
        """USD of list price that are covered."""
        return self.part.cost if self.hours == self.part.hours else self.part.cost * self.hours / self.part.hours


def apply(
    commitments: Sequence[AnyCommitment],
    lines: Sequence[ComputeLine],
    on: date,
    catalog: PriceLookup,
    hours_per_month: Decimal = HOURS_PER_MONTH,
) -> Applied:
    """Return the lines in their order with what the commitments that hold ``on`` a day make of their cost.

    In a month of fewer hours (``hours_per_month``) a commitment is used in these hours only; all are paid for.
    """
    covers = [_Cover(part) for number, line in enumerate(lines) for part in parts_of(number, line, catalog)]
    pools: list[tuple[str, Pool]] = []
    warnings: list[CommitmentWarning] = []
    used: dict[str, Decimal] = {}
    for commitment in commitments:
        warnings.extend(CommitmentWarning(commitment.id, text) for text in _due_date_warnings(commitment, on))
        warnings.extend(CommitmentWarning(commitment.id, text) for text in _region_warnings(commitment, lines))
        if not commitment.holds(on):
            continue
        try:
            pools.extend((commitment.id, pool) for pool in pools_of(commitment, catalog))
        except NoRateError as error:
            warnings.append(CommitmentWarning(commitment.id, f"not applied: {error}"))
            continue
        used[commitment.id] = _NOTHING
        if unknown := unknown_rates(commitment, [cover.part for cover in covers], catalog):
            told = f"the catalogue has no rate of this plan for {', '.join(unknown)}: add percent"
            warnings.append(CommitmentWarning(commitment.id, told))
    monthly: dict[str, Decimal] = defaultdict(Decimal)
    for name, pool in sorted(pools, key=lambda entry: (entry[1].rank, -_best_saving(entry[1], covers), entry[0])):
        monthly[name] += pool.hourly_cost * max(hours_per_month, HOURS_PER_MONTH)
        used[name] += _use(name, pool, covers, hours_per_month)
    kinds = {commitment.id: commitment.kind for commitment in commitments}
    by_line: dict[int, list[_Cover]] = defaultdict(list)
    for cover in covers:
        by_line[cover.part.line].append(cover)
    return Applied(
        tuple(_covered_line(line, by_line[number]) for number, line in enumerate(lines)),
        tuple(
            UsedCommitment(name, kinds[name], monthly[name], min(cost, monthly[name])) for name, cost in used.items()
        ),
        tuple(warnings),
    )


def _due_date_warnings(commitment: AnyCommitment, on: date) -> Iterator[str]:
    if on < commitment.start:
        yield f"not applied: it begins on {commitment.start}"
    elif on > commitment.end:
        yield f"not applied: it ended on {commitment.end}"
    elif commitment.end - on <= timedelta(days=SOON_DAYS):
        yield f"it ends on {commitment.end}, in {(commitment.end - on).days} days"


def _region_warnings(commitment: AnyCommitment, lines: Iterable[ComputeLine]) -> Iterator[str]:
    """Yield that a region is none, unless the estimate has something in it: vendors open new ones."""
    region = commitment.region
    if region is None or region in region_names() or any(line.key.region == region for line in lines):
        return
    near = did_you_mean(region.lower(), sorted(region_names()))
    yield f"no region is called {region!r}" + (f". {near}" if near else "")


def _best_saving(pool: Pool, covers: Iterable[_Cover]) -> Decimal:
    """Return the greatest part of a list price that a pool saves on any part; 0 where it covers none."""
    return max((_saving(pool, cover.part, units) for cover, units in _takers(pool, covers)), default=_NOTHING)


def _takers(pool: Pool, covers: Iterable[_Cover]) -> list[tuple[_Cover, Decimal]]:
    told = [(cover, pool.covers(cover.part)) for cover in covers]
    return [(cover, units) for cover, units in told if units is not None and units > 0]


def _place(cover: _Cover) -> tuple[str, str, int]:
    """Return what otherwise equal parts are ordered by, whatever the order of the lines."""
    return cover.part.address, cover.part.name, cover.part.line


def _saving(pool: Pool, part: MachinePart, units: Decimal) -> Decimal:
    return 1 - units * pool.unit_cost / part.rate


def _use(name: str, pool: Pool, covers: Iterable[_Cover], hours_per_month: Decimal) -> Decimal:
    """Cover what a pool covers, in its order; return the USD of it that are used."""
    takers = _takers(pool, covers)
    if pool.smallest_first:
        takers.sort(key=lambda taker: (taker[1], *_place(taker[0])))
    else:
        takers.sort(key=lambda taker: (-_saving(pool, taker[0].part, taker[1]), taker[1], *_place(taker[0])))
    units_left = pool.units_per_hour * hours_per_month
    used = _NOTHING
    for cover, units in takers:
        hours = min(cover.left, units_left / units)
        if hours <= 0:
            continue
        units_left = max(units_left - hours * units, _NOTHING)
        cost = hours * units * pool.unit_cost
        cover.hours += hours
        cover.committed_cost += cost
        cover.commitments.append(name)
        used += cost
    return used


def _covered_line(line: ComputeLine, covers: Sequence[_Cover]) -> CoveredLine:
    """Return a line with what its parts are covered by; what covers a part of it counts by its list price."""
    committed = sum((cover.committed_cost for cover in covers), _NOTHING)
    saved = sum((cover.saved for cover in covers), _NOTHING)
    effective = None if line.list_cost is None else max(line.list_cost - saved, _NOTHING) + committed
    if len(covers) == 1:
        covered = covers[0].hours
    else:
        covered = saved / line.list_cost * line.hours if line.list_cost and line.hours else _NOTHING
    names = dict.fromkeys(name for cover in covers for name in cover.commitments)
    return CoveredLine(line, covered, committed, effective, tuple(names))
