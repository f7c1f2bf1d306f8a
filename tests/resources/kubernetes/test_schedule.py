"""Cron expressions, as starts a day."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tollbar.resources.kubernetes.schedule import NotAScheduleError, runs_a_day

YEAR = Decimal("365.25")


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ("* * * * *", Decimal(1440)),
        ("0 * * * *", Decimal(24)),
        ("*/5 * * * *", Decimal(288)),
        ("0-30/10 8-18 * * *", Decimal(44)),
        ("0,30 0 * * ?", Decimal(2)),
        ("5/15 * * * *", Decimal(96)),
        ("0 0 1 * *", 12 / YEAR),
        ("0 0 29 2 *", Decimal("0.25") / YEAR),
        ("0 9 * * mon-fri", Decimal(5) / 7),
        ("0 9 * * 7", Decimal(1) / 7),
        ("0 9 * * 5-7", Decimal(3) / 7),
        ("0 0 1 jan *", 1 / YEAR),
        ("@hourly", Decimal(24)),
        ("@weekly", Decimal(1) / 7),
        ("@yearly", 1 / YEAR),
        ("@every 1h30m", Decimal(16)),
        ("TZ=Europe/Paris 0 3 * * *", Decimal(1)),
    ],
)
def test_how_often_a_schedule_starts(schedule: str, expected: Decimal) -> None:
    assert round(runs_a_day(schedule), 12) == round(expected, 12)


def test_a_day_of_the_month_or_a_weekday_is_enough_where_both_are_told() -> None:
    first, monday = runs_a_day("0 0 1 * *"), runs_a_day("0 0 * * 1")
    both = runs_a_day("0 0 1 * 1")
    assert max(first, monday) < both < first + monday
    assert runs_a_day("0 0 * * 1") == runs_a_day("0 0 ? * 1")


@pytest.mark.parametrize(
    "schedule",
    ["", "daily", "* * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8", "*/0 * * * *",
     "5-1 * * * *", "a * * * *", "@every", "@every 5", "@every soon", "@sometimes", "1- * * * *", "² * * * *"],
)  # fmt: skip
def test_what_is_no_schedule(schedule: str) -> None:
    with pytest.raises(NotAScheduleError):
        runs_a_day(schedule)
