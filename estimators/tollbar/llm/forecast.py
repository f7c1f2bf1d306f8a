"""Where the spend of a usage log is going: the month's end, growth, by model, team and project, against budgets.

The calls of the table ``calls`` are cut into steps back from the end of the log (:mod:`tollbar.llm.time_series` has the
method). The month is that of the log's last call, UTC; what of it the log does not hold before its first call is
estimated, too, and said. Calls without a price are left out, counted and named: they cost something.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.errors import InputError
from tollbar.llm.time_series import (
    DAY,
    NEARLY_A_DAY,
    PATHS,
    Growth,
    Projection,
    Series,
    before,
    growth,
    project,
    step_hours,
)
from tollbar.money import format_usd

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from tollbar.llm.scan_result import Finding
    from tollbar.llm.sql_engine import SqlEngine
    from tollbar.policy.config import Budget

DIMENSIONS = ("model", "team", "project")
_FIXES = 3
_MICRO = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Expected:
    """USD that are expected, with the ends of the interval of 80 %."""

    expected: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Part:
    """What one model, team or project comes to at the end of the month; ``name`` is None where the log tells none.

    ``growth`` is a share a week, None where the log is too short to tell.
    """

    dimension: str
    name: str | None
    spent: Decimal
    month_end: Decimal
    growth: float | None


@dataclass(frozen=True, slots=True)
class Fix:
    """What one kind of waste would save a month at the forecast's rate: USD."""

    title: str
    fix: str
    saving: Decimal


@dataclass(frozen=True, slots=True)
class BudgetOutlook:
    """A budget against the end of the month. ``outlook`` is over, at risk (within the interval) or within."""

    of: str
    budget: Decimal
    month_end: Expected
    outlook: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """What came out. USD; ``spent`` is what the log holds of the month, ``before`` what is estimated of it before.

    ``monthly`` is 730 hours from the log's end on.
    """

    first: datetime
    last: datetime
    month: str
    calls: int
    unpriced: tuple[tuple[str, int], ...]
    spent: Decimal
    before: Decimal
    month_end: Expected
    monthly: Expected
    growth: Growth | None
    parts: tuple[Part, ...]
    fixes: tuple[Fix, ...]
    budgets: tuple[BudgetOutlook, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Log:
    """When the log begins and ends, and the steps it is cut into."""

    first: datetime
    last: datetime
    hours: float

    @property
    def span(self) -> float:
        return (self.last - self.first).total_seconds() / 3600

    @property
    def steps(self) -> int:
        return max(1, int(self.span / self.hours + 1e-9))

    @property
    def month_start(self) -> datetime:
        return self.last.replace(day=1, hour=0, minute=0, second=0, microsecond=0)

    @property
    def left(self) -> float:
        """The hours of the month after the log."""
        days = monthrange(self.last.year, self.last.month)[1]
        return (self.month_start + timedelta(days=days) - self.last).total_seconds() / 3600

    @property
    def missing(self) -> float:
        """The hours of the month before the log; none where they are fewer than a step has."""
        hours = (self.first - self.month_start).total_seconds() / 3600
        return hours if hours >= self.hours else 0.0


def forecast(
    engine: SqlEngine, waste: Sequence[Finding] = (), budgets: Sequence[Budget] = (), as_of: datetime | None = None
) -> Forecast:
    """Return where the spend is going. ``waste`` is what a scan found, ``as_of`` the end of the log.

    Raises:
        InputError: No call tells its time, or none that does has a price.
    """
    log = _log(engine, as_of)
    total = _series(engine, log, "NULL").get(None, _nothing(log))
    spent = _spent(engine, log, "NULL").get(None, Decimal(0))
    ahead, earlier = project(total, log.left), before(total, log.missing)
    month_end = _sum(spent, earlier, ahead)
    monthly = _expected(project(total, 730.0))
    parts: list[Part] = []
    ends: dict[str, Mapping[str | None, Expected]] = {}
    for dimension in DIMENSIONS:
        budgeted = {getattr(budget, dimension, None) for budget in budgets} - {None}
        found, ends[dimension] = _parts(engine, log, dimension, month_end, budgeted)
        parts += found
    return Forecast(
        first=log.first,
        last=log.last,
        month=f"{log.last:%Y-%m}",
        calls=int(engine.rows("SELECT COUNT(*) FROM calls")[0][0]),
        unpriced=_unpriced(engine),
        spent=spent,
        before=_usd(earlier.expected),
        month_end=month_end,
        monthly=monthly,
        growth=growth(total),
        parts=tuple(parts),
        fixes=_fixes(waste, engine, monthly),
        budgets=tuple(_outlook(budget, ends) for budget in budgets),
        notes=(*_notes(log, total), *_untimed(engine)),
    )


def _log(engine: SqlEngine, as_of: datetime | None) -> _Log:
    first, last, priced = engine.rows("SELECT MIN(time), MAX(time), COUNT(cost_usd) FROM calls WHERE time IS NOT NULL")[
        0
    ]
    if first is None:
        raise InputError("no call of the log tells its time: nothing can be forecast from it")
    if not priced:
        raise InputError("no call of the log has a price: nothing can be forecast from it", hint="Try `tollbar scan`.")
    end = last if as_of is None else as_of
    if end < first:
        raise InputError("--as-of lies before the log begins")
    return _Log(first, end, step_hours((end - first).total_seconds() / 3600))


def _series(engine: SqlEngine, log: _Log, column: str) -> dict[str | None, Series]:
    """Return the costs of each step by the values of a column; what is before the first whole step is left out."""
    seconds, end = log.hours * 3600, log.last.isoformat(sep=" ")
    query = f"""
        SELECT {column} AS name, CAST(FLOOR(ago / {seconds!r}) AS BIGINT) AS step, SUM(cost_usd)
        FROM (
            SELECT *, epoch(TIMESTAMP '{end}') - epoch(time) AS ago
            FROM calls
            WHERE cost_usd IS NOT NULL AND time <= TIMESTAMP '{end}'
        ) AS cut
        WHERE ago <= {log.steps * seconds!r}
        GROUP BY name, step
    """  # noqa: S608 -- our own names and numbers
    values: dict[str | None, list[float]] = {}
    for name, step, cost in engine.rows(query):
        values.setdefault(name, [0.0] * log.steps)[log.steps - 1 - min(int(step), log.steps - 1)] += float(cost)
    return {name: Series(tuple(costs), log.hours) for name, costs in values.items()}


def _nothing(log: _Log) -> Series:
    return Series((0.0,) * log.steps, log.hours)


def _spent(engine: SqlEngine, log: _Log, column: str) -> dict[str | None, Decimal]:
    """Return what the log holds of its last month, by the values of a column."""
    start, end = log.month_start.isoformat(sep=" "), log.last.isoformat(sep=" ")
    rows = engine.rows(
        f"SELECT {column} AS name, SUM(cost_usd) FROM calls "  # noqa: S608 -- our own names and numbers
        f"WHERE time >= TIMESTAMP '{start}' AND time <= TIMESTAMP '{end}' GROUP BY name"
    )
    return {name: Decimal(cost or 0) for name, cost in rows}


def _ends(
    spent: Mapping[str | None, Decimal],
    series: Mapping[str | None, Series],
    log: _Log,
    whole: Expected,
    budgeted: Collection[str | None],
) -> dict[str | None, Expected]:
    """Return the end of the month of each of the parts; they are scaled so that they add up to the whole.

    Only those with a budget have an interval: it takes a simulation.
    """
    ends = {
        name: _sum(
            spent.get(name, Decimal(0)),
            before(steps, log.missing),
            project(steps, log.left, PATHS if name in budgeted else 0),
        )
        for name in dict.fromkeys((*series, *spent))
        for steps in (series.get(name, _nothing(log)),)
    }
    total = sum((end.expected for end in ends.values()), Decimal(0))
    scale = whole.expected / total if total else Decimal(0)
    return {
        name: Expected(*(_micro(amount * scale) for amount in (end.expected, end.low, end.high)))
        for name, end in ends.items()
    }


def _parts(
    engine: SqlEngine, log: _Log, dimension: str, whole: Expected, budgeted: Collection[str | None]
) -> tuple[list[Part], dict[str | None, Expected]]:
    """Return the parts of the month's end by a dimension, the largest first, and their intervals."""
    series, spent = _series(engine, log, dimension), _spent(engine, log, dimension)
    ends = _ends(spent, series, log, whole, budgeted)
    parts = []
    for name, end in ends.items():
        grown = growth(series.get(name, _nothing(log)))
        told = grown.expected if grown else None
        parts.append(Part(dimension, name, spent.get(name, Decimal(0)), end.expected, told))
    is_told = any(name is not None for name in ends)
    return sorted(parts, key=lambda part: (-part.month_end, part.name or "")) if is_told else [], ends


def _sum(spent: Decimal, earlier: Projection, ahead: Projection) -> Expected:
    return Expected(
        spent + _usd(earlier.expected + ahead.expected),
        spent + _usd(earlier.low + ahead.low),
        spent + _usd(earlier.high + ahead.high),
    )


def _fixes(waste: Sequence[Finding], engine: SqlEngine, monthly: Expected) -> tuple[Fix, ...]:
    """Return what the three largest findings would save a month, each by its share of the log's bill."""
    bill = Decimal(engine.rows("SELECT SUM(cost_usd) FROM calls")[0][0] or 0)
    if not bill:
        return ()
    largest = sorted(waste, key=lambda finding: -finding.wasted_usd)[:_FIXES]
    return tuple(
        Fix(found.title, found.fix, (found.wasted_usd / bill * monthly.expected).quantize(_MICRO))
        for found in largest
        if found.wasted_usd > 0
    )


def _outlook(budget: Budget, ends: Mapping[str, Mapping[str | None, Expected]]) -> BudgetOutlook:
    column, name = ("team", budget.team) if budget.team is not None else ("project", budget.project)
    end = ends[column].get(name, Expected(Decimal(0), Decimal(0), Decimal(0)))
    outlook = "over" if end.expected > budget.monthly else "at risk" if end.high > budget.monthly else "within"
    return BudgetOutlook(f"{column} {name}", budget.monthly, end, outlook)


def _unpriced(engine: SqlEngine) -> tuple[tuple[str, int], ...]:
    rows = engine.rows(
        "SELECT COALESCE(model, logged_model, '?') AS name, COUNT(*) FROM calls WHERE cost_usd IS NULL "
        "AND (input_tokens IS NOT NULL OR output_tokens IS NOT NULL) GROUP BY name ORDER BY 2 DESC, 1"
    )
    return tuple((str(name), int(count)) for name, count in rows)


def _notes(log: _Log, series: Series) -> list[str]:
    """Return what a reader must know of how sure this is."""
    notes = []
    if log.span < NEARLY_A_DAY:
        notes.append(f"the log spans {log.span:.1f} hours and shows no day and night: the interval is wide")
    elif log.span < 7 * DAY:
        notes.append(f"the log spans {log.span / DAY:.1f} days and shows no whole week: the interval is wide")
    if not series.shows_weeks:
        notes.append("growth is told from two weeks on")
    if log.missing:
        shown = "its first week" if log.span >= 7 * DAY else "all that it shows"
        notes.append(f"the log begins {log.missing / DAY:.1f} days after the month: these are estimated from {shown}")
    return notes


def _untimed(engine: SqlEngine) -> list[str]:
    """Return what is left out as it could not be put on a day."""
    count, cost = engine.rows("SELECT COUNT(*), SUM(cost_usd) FROM calls WHERE time IS NULL")[0]
    if not count:
        return []
    return [f"{count:,} calls tell no time that can be: they and their {format_usd(Decimal(cost or 0))} are left out"]


def _expected(found: Projection) -> Expected:
    return Expected(_usd(found.expected), _usd(found.low), _usd(found.high))


def _usd(amount: float) -> Decimal:
    return _micro(Decimal(str(amount)))


def _micro(amount: Decimal) -> Decimal:
    return amount.quantize(_MICRO)
