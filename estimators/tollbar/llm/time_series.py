"""A forecast of a cost series: level, growth, weekdays, and an interval by simulation.

The method is exponential smoothing with additive errors and a damped trend, ETS(A,N,N) and ETS(A,Ad,N) of Hyndman and
Athanasopoulos, Forecasting: Principles and Practice (3rd edition, chapter 8), kept plain:

- The log is cut into steps counted back from its end: days from two days on, else hours, else twelfths of the log.
  None is cut short, whatever time of day the log begins or ends. How far costs wander in hours is told only for as long
  as the log has hours: what comes after is taken to be like the day that the log shows, or like its end.
- A weekday's index is its mean over the line through all days, once there are two weeks (section 3.4); each step is
  divided by its index, and the forecast multiplied by it again.
- There is a trend where the growth's interval does not hold 0. How fast level and trend follow the last steps is what
  predicts each step from those before it best (corrected Akaike criterion). A level never follows slower than by 0.3 a
  step: with slower ones the intervals held too few of the months that docs/forecast.md reports.
- The interval of 80 % is that of 2,000 simulated futures with a fixed seed, whose errors are drawn from those the
  model made in the log, divided by the root of their degrees of freedom (section 5.5). Short logs use Student's t in
  place of the normal distribution. What a log cannot show is assumed: ``UNSEEN_WEEK`` and ``UNSEEN_DAY``.
- Growth a week is the slope of a straight line by least squares through the steps without their weekdays.

Statistics are floats: a forecast is no amount of money that anybody pays.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY = 24.0
NEARLY_A_DAY = 23.0
"""A log that is said to be of a day: its first and last calls are not at midnight sharp."""
INTERVAL = 0.8
"""The share of cases that the interval is to hold."""
UNSEEN_WEEK = 0.25
"""How far the mean of a week is taken to lie from that of the days that a log of less than a week shows (one standard
deviation). An assumption: offices rest at weekends, shops do not."""
UNSEEN_DAY = 0.5
"""The same of a log of less than a day, which does not show night and day."""
PATHS = 2_000
_SEED = 20_261_121
_WEEK = 7
_TWO_WEEKS = 14
_ROUNDS = 5
_SHORTEST_STEP = 1 / 12
"""Five minutes."""
_DAMPED = 0.9 ** (1 / _WEEK)
"""A trend fades by a tenth a week."""
_LEVELS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
_TRENDS = (0.0, 0.05, 0.1, 0.2)
_T90 = (3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372, 1.363, 1.356, 1.350, 1.345, 1.341)
"""Student's t, 90 %, by degrees of freedom from 1 (NIST/SEMATECH e-Handbook, section 1.3.6.7.2)."""
_Z90 = 1.282
_NOTHING = 1e-30
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Series:
    """Costs of steps of equal length, oldest first, ending where the log ends. ``hours`` is the length of a step."""

    values: tuple[float, ...]
    hours: float

    @property
    def span(self) -> float:
        """How many hours the steps make."""
        return len(self.values) * self.hours

    @property
    def shows_weeks(self) -> bool:
        """Whether weekdays and growth can be told from each other: two weeks of days."""
        return self.hours == DAY and len(self.values) >= _TWO_WEEKS


@dataclass(frozen=True, slots=True)
class Projection:
    """What is expected of the hours ahead, with the interval of 80 %."""

    expected: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Growth:
    """Growth a week as a share of the mean level, with the interval of 80 %."""

    expected: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class _Model:
    """A smoothed series: where level and trend are after the last step, how they follow errors, the errors made."""

    level: float
    trend: float
    follows: float
    trend_follows: float
    errors: tuple[float, ...]
    parameters: int

    def next(self, level: float, trend: float, error: float) -> tuple[float, float, float]:
        """Return the value of the next step with an error, and level and trend after it."""
        expected = level + _DAMPED * trend
        return (
            expected + error,
            expected + self.follows * error,
            _DAMPED * trend + self.trend_follows * self.follows * error,
        )

    @property
    def criterion(self) -> float:
        """The corrected Akaike criterion: the lower, the better."""
        count, free = len(self.errors), self.parameters
        squares = max(sum(error * error for error in self.errors), _NOTHING)
        spare = count - free - 1
        correction = 2 * free * (free + 1) / spare if spare > 0 else 1000 * free
        return count * math.log(squares / count) + 2 * free + correction


def step_hours(span: float) -> float:
    """Return how long the steps of a log of so many hours are: a day, an hour, or a twelfth of the log."""
    if span >= 2 * DAY:
        return DAY
    return 1.0 if span >= NEARLY_A_DAY else max(span / 12, _SHORTEST_STEP)


def project(series: Series, ahead: float, paths: int = PATHS) -> Projection:
    """Return what is expected of the ``ahead`` hours after a series; ``paths`` is how many futures are simulated.

    Without any (0) the interval is none.
    """
    if not any(series.values) or ahead <= 0:
        return Projection(0.0, 0.0, 0.0)
    indices = weekday_indices(series)
    plain = _without_weekdays(series, indices)
    grown = growth(series)
    model = _fitted(plain, trends=grown is not None and not grown.low <= 0 <= grown.high)
    told = ahead if series.hours == DAY else min(ahead, series.span)
    weights = _weights(series, told, indices)
    expected = _future(model, weights, [0.0] * len(weights))
    low = high = expected
    if paths:
        seasonal = _WEEK - 1 if series.shows_weeks else 0
        low, high = _quantiles(_simulated(model, weights, model.parameters + seasonal, paths))
    found = _longer(Projection(expected, low, high), series, told, ahead)
    return _widened(found, series) if paths else found


def _longer(found: Projection, series: Series, told: float, ahead: float) -> Projection:
    """Return a projection of ``told`` hours for all that are ahead.

    The rest is like the day that the log shows, whose hours are no wandering; without a day like the hours told.
    """
    if series.span >= NEARLY_A_DAY:
        rest = sum(series.values) / series.span * (ahead - told)
        return Projection(found.expected + rest, found.low + rest, found.high + rest)
    times = ahead / told
    return Projection(found.expected * times, found.low * times, found.high * times)


def before(series: Series, hours: float) -> Projection:
    """Return what is expected of the hours before a series: that they were like its first week.

    Of a log of less than a week all whole days count, of one of less than a day all of it: a few hours are no week.
    """
    day = DAY / series.hours
    days = min(int(len(series.values) / day + _ROUNDING), _WEEK)
    first = series.values[: round(days * day)] if days else series.values
    if not first or hours <= 0:
        return Projection(0.0, 0.0, 0.0)
    expected = sum(first) / len(first) * hours / series.hours
    apart = expected * _Z90 * (UNSEEN_WEEK if series.span >= NEARLY_A_DAY else UNSEEN_DAY)
    return Projection(expected, max(0.0, expected - apart), expected + apart)


def growth(series: Series) -> Growth | None:
    """Return the growth a week, None where a log of less than two weeks does not tell it from weekdays."""
    if not series.shows_weeks or not any(series.values):
        return None
    plain = _without_weekdays(series, weekday_indices(series))
    count, mean = len(plain), sum(plain) / len(plain)
    start, slope = _line(plain)
    left = sum((value - start - slope * place) ** 2 for place, value in enumerate(plain))
    free = count - 2 - (_WEEK - 1)  # a line and the weekdays
    error = math.sqrt(left / free / ((count**3 - count) / 12)) * _t(free)
    ends = (slope, slope - error, slope + error)
    return Growth(*(end * _WEEK / mean for end in ends))


def weekday_indices(series: Series) -> list[float]:
    """Return how each weekday compares with the line through all days, by its place in the week; all 1 in short logs.

    Line and indices are fitted in turn, so that growth does not pass for a weekday nor a weekday for growth.
    """
    indices = [1.0] * _WEEK
    if not series.shows_weeks or not any(series.values):
        return indices
    least = sum(series.values) / len(series.values) / 1000  # a day without any call would divide by nothing
    for _ in range(_ROUNDS):
        start, slope = _line(_without_weekdays(series, indices))
        ratios = [value / max(start + slope * place, least) for place, value in enumerate(series.values)]
        means = [max(sum(ratios[place::_WEEK]) / len(ratios[place::_WEEK]), 0.001) for place in range(_WEEK)]
        indices = [mean * _WEEK / sum(means) for mean in means]
    return indices


def _without_weekdays(series: Series, indices: Sequence[float]) -> list[float]:
    return [value / indices[place % _WEEK] for place, value in enumerate(series.values)]


def _fitted(plain: Sequence[float], *, trends: bool) -> _Model:
    """Return the model that predicts each step from those before it best."""
    if trends:
        start, slope = _line(plain)
        models = [
            _smoothed(plain, (start - slope, slope), follows, trend, 4 if trend else 3)
            for follows in _LEVELS
            for trend in _TRENDS
        ]
    else:
        first = plain[:_WEEK]
        models = [_smoothed(plain, (sum(first) / len(first), 0.0), follows, 0.0, 2) for follows in _LEVELS]
    return min(models, key=lambda model: model.criterion)


def _smoothed(
    plain: Sequence[float], start: tuple[float, float], follows: float, trend_follows: float, parameters: int
) -> _Model:
    level, trend = start
    model = _Model(level, trend, follows, trend_follows, (), parameters)
    errors = []
    for value in plain:
        error = value - level - _DAMPED * trend
        errors.append(error)
        _, level, trend = model.next(level, trend, error)
    return _Model(level, trend, follows, trend_follows, tuple(errors), parameters)


def _line(plain: Sequence[float]) -> tuple[float, float]:
    """Return the value at the first step and the slope of the line of least squares."""
    count = len(plain)
    middle, mean = (count - 1) / 2, sum(plain) / count
    across = (count**3 - count) / 12
    slope = sum((place - middle) * value for place, value in enumerate(plain)) / across if across else 0.0
    return mean - slope * middle, slope


def _weights(series: Series, ahead: float, indices: Sequence[float]) -> list[float]:
    """Return what each step ahead counts: its weekday's index, of the last one the part that is ahead."""
    whole, rest = divmod(ahead / series.hours, 1)
    parts = [1.0] * int(whole) + ([rest] if rest else [])
    return [part * indices[(len(series.values) + place) % _WEEK] for place, part in enumerate(parts)]


def _future(model: _Model, weights: Sequence[float], errors: Sequence[float]) -> float:
    """Return the total of the steps ahead, each with its error; no step costs less than nothing.

    The same as ``model.next`` step by step, written out: it runs a million times.
    """
    level, trend, total = model.level, model.trend, 0.0
    follows, trend_follows = model.follows, model.trend_follows * model.follows
    for weight, error in zip(weights, errors, strict=True):
        trend *= _DAMPED
        level += trend
        value = level + error
        if value > 0:
            total += weight * value
        level += follows * error
        trend += trend_follows * error
    return total


def _simulated(model: _Model, weights: Sequence[float], parameters: int, paths: int) -> list[float]:
    """Return the totals of simulated futures in order."""
    count = len(model.errors)
    widened = math.sqrt(count / max(count - parameters, 1))
    errors = [error * widened for error in model.errors]
    chance = random.Random(_SEED)  # noqa: S311 -- a simulation, no secret
    ahead = len(weights)
    return sorted(_future(model, weights, chance.choices(errors, k=ahead)) for _ in range(paths))


def _widened(found: Projection, series: Series) -> Projection:
    """Return a projection with its ends further apart where the log is short; never below nothing."""
    t = _t(len(series.values) - 2) / _Z90
    unseen = 0.0
    if series.span < _WEEK * DAY:
        unseen = found.expected * _Z90 * (UNSEEN_WEEK if series.span >= NEARLY_A_DAY else UNSEEN_DAY)
    low = found.expected - math.hypot((found.expected - found.low) * t, unseen)
    high = found.expected + math.hypot((found.high - found.expected) * t, unseen)
    return Projection(found.expected, max(0.0, low), high)


def _t(free: int) -> float:
    return _T90[min(max(free, 1), len(_T90)) - 1]


def _quantiles(ordered: Sequence[float]) -> tuple[float, float]:
    tail = (1 - INTERVAL) / 2
    last = len(ordered) - 1
    return ordered[round(tail * last)], ordered[round((1 - tail) * last)]
