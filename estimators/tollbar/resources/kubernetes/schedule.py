"""How often a CronJob starts: cron expressions, as times a month.

Syntax: "CronJob" of the Kubernetes documentation, and of its parser (robfig/cron): five fields, names of months
and weekdays, ``*``, ``?``, ranges, steps, lists, and the macros ``@hourly`` to ``@yearly`` and ``@every``.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

_MACROS = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_WEEKDAYS = {name: number for number, name in enumerate(("sun", "mon", "tue", "wed", "thu", "fri", "sat"))}
_EVERY = re.compile(r"(\d+(?:\.\d+)?)(h|ms|m|s)")
_SECONDS = {"h": Decimal(3600), "m": Decimal(60), "s": Decimal(1), "ms": Decimal("0.001")}
_HOURS_PER_DAY = 24
_CYCLE_STARTS = date(2001, 1, 1)
_CYCLE_DAYS = 10_227
"""Dates and weekdays repeat together after 28 years."""
_ANY = frozenset({"*", "?"})


class NotAScheduleError(ValueError):
    """Text is no cron expression."""


@lru_cache(maxsize=1024)
def runs_a_day(schedule: str) -> Decimal:
    """Return how often a schedule starts in a day, on average over the years.

    Raises:
        NotAScheduleError: It is no cron expression.
    """
    text = schedule.strip().lower()
    text = re.sub(r"^(?:cron_)?tz=\S+\s+", "", text)
    if text.startswith("@every "):
        return _HOURS_PER_DAY * 3600 / _duration(text.removeprefix("@every "))
    fields = _MACROS.get(text, text).split()
    if len(fields) != 5:
        raise NotAScheduleError(schedule)
    minutes, hours = _values(fields[0], 0, 59), _values(fields[1], 0, 23)
    days, months = _values(fields[2], 1, 31), _values(fields[3], 1, 12, _MONTHS)
    weekdays = frozenset(day % 7 for day in _values(fields[4], 0, 7, _WEEKDAYS))
    # Where both a day of the month and a weekday are told, either of them is enough.
    either = not _is_any(fields[2]) and not _is_any(fields[4])
    matching = sum(
        day.month in months
        and (
            (day.day in days or day.isoweekday() % 7 in weekdays)
            if either
            else (day.day in days and day.isoweekday() % 7 in weekdays)
        )
        for day in (_CYCLE_STARTS + timedelta(number) for number in range(_CYCLE_DAYS))
    )
    return Decimal(len(minutes) * len(hours) * matching) / _CYCLE_DAYS


def _is_any(field: str) -> bool:
    """Whether a field leaves everything open; ``*/2`` does not."""
    return any(part.removesuffix("/1") in _ANY for part in field.split(","))


def _values(field: str, low: int, high: int, names: dict[str, int] | None = None) -> frozenset[int]:
    return frozenset(value for part in field.split(",") for value in _part(part, low, high, names or {}))


def _part(part: str, low: int, high: int, names: dict[str, int]) -> range:
    span, slash, step_text = part.partition("/")
    first_text, dash, last_text = span.partition("-")
    step = _number(step_text, {}) if slash else 1
    if span in _ANY:
        first, last = low, high if high != 7 else 6
    else:
        first = _number(first_text, names)
        last = _number(last_text, names) if dash else (high if slash else first)
    if step < 1 or not low <= first <= last <= high:
        raise NotAScheduleError(part)
    return range(first, last + 1, step)


def _number(text: str, names: dict[str, int]) -> int:
    if text in names:
        return names[text]
    if not text.isascii() or not text.isdigit():
        raise NotAScheduleError(text)
    return int(text)


def _duration(text: str) -> Decimal:
    parts = _EVERY.findall(text)
    seconds = sum((Decimal(number) * _SECONDS[unit] for number, unit in parts), Decimal(0))
    if not seconds or "".join(number + unit for number, unit in parts) != text.strip():
        raise NotAScheduleError(text)
    return max(seconds, Decimal(1))
