"""The forecast of a cost series: exact where it can be, and intervals that hold what they promise."""

from __future__ import annotations

import csv
import gzip
import random
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tollbar.llm.time_series import DAY, Projection, Series, before, growth, project, step_hours, weekday_indices

if TYPE_CHECKING:
    from collections.abc import Iterator

TRACES = Path(__file__).parents[2] / ".." / "shared" / "llm" / "traces"
TIMED = (
    "azure_llm_2023_code", "azure_llm_2023_conv", "mooncake_conversation_trace", "mooncake_synthetic_trace",
    "servegen_deepseek_r1_24h", "servegen_m_large_24h", "servegen_m_small_24h",
)  # fmt: skip
WEEK = (1.0, 1.05, 1.0, 1.1, 0.95, 0.5, 0.4)
COSTS = st.lists(st.floats(min_value=0, max_value=1e6), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("span", "hours"), [(0, 1 / 12), (0.9, 1 / 12), (12, 1), (6, 0.5), (22.9, 22.9 / 12), (23, 1), (47.9, 1), (48, 24)]
)
def test_steps_are_days_where_the_log_has_two(span: float, hours: float) -> None:
    assert step_hours(span) == pytest.approx(hours)


def _ends(found: Projection) -> tuple[float, float, float]:
    return found.expected, found.low, found.high


def test_what_never_changes_goes_on() -> None:
    assert _ends(project(Series((10.0,) * 30, DAY), 240)) == pytest.approx((100, 100, 100))


def test_a_part_of_a_step_counts_in_part() -> None:
    assert project(Series((10.0,) * 30, DAY), 36).expected == pytest.approx(15)


def test_weekdays_that_repeat_exactly_are_forecast_exactly() -> None:
    series = Series(WEEK * 3, DAY)
    assert weekday_indices(series) == pytest.approx([day * 7 / sum(WEEK) for day in WEEK], rel=1e-4)
    assert project(series, 48).expected == pytest.approx(WEEK[0] + WEEK[1], rel=1e-3)
    assert project(series, 7 * DAY).expected == pytest.approx(sum(WEEK), rel=1e-3)
    assert project(Series(WEEK * 3 + WEEK[:5], DAY), 48).expected == pytest.approx(WEEK[5] + WEEK[6], rel=0.02)


def test_weekdays_and_growth_need_two_weeks_of_days() -> None:
    assert weekday_indices(Series((WEEK * 2)[:13], DAY)) == [1.0] * 7
    assert growth(Series((WEEK * 2)[:13], DAY)) is None
    assert growth(Series(WEEK * 2, 1.0)) is None
    assert growth(Series(WEEK * 2, DAY)) is not None


def test_growth_is_that_of_the_line() -> None:
    found = growth(Series(tuple(100.0 + day for day in range(28)), DAY))
    assert found is not None
    assert found.expected == pytest.approx(7 / 113.5)
    flat = growth(Series((5.0,) * 21, DAY))
    assert flat is not None
    assert (flat.expected, flat.low, flat.high) == pytest.approx((0, 0, 0), abs=1e-9)


def test_what_grows_is_expected_to_go_on_growing_more_slowly() -> None:
    found = project(Series(tuple(100.0 + 10 * day for day in range(28)), DAY), 7 * DAY).expected
    assert 7 * 370 < found <= sum(100.0 + 10 * day for day in range(28, 35))


def test_a_short_log_is_told_with_a_wide_interval() -> None:
    week, days, hours = (
        project(Series((10.0,) * steps, length), 240) for steps, length in ((7, DAY), (6, DAY), (12, 1.0))
    )
    assert week.low == pytest.approx(week.high)
    assert _ends(days) == pytest.approx((100, 67.95, 132.05))
    assert _ends(hours) == pytest.approx((2400, 861.6, 3938.4))


def test_a_month_after_a_day_is_like_the_day_and_not_like_its_end() -> None:
    day = (2.0,) * 8 + (20.0,) * 10 + (2.0,) * 6
    month = project(Series(day, 1.0), 30 * DAY)
    assert month.expected == pytest.approx(sum(day) * 30, rel=0.05)
    assert month.high < 3 * month.expected


def test_an_hour_that_wanders_says_no_more_of_a_month_than_of_an_hour() -> None:
    steps = (5.0, 9.0, 4.0, 12.0, 8.0, 3.0, 10.0, 6.0, 11.0, 5.0, 7.0, 9.0)
    hour, month = (project(Series(steps, 1 / 12), ahead) for ahead in (1.0, 730.0))
    assert month.expected == pytest.approx(hour.expected * 730)
    assert month.high / month.expected == pytest.approx(hour.high / hour.expected)


def test_before_the_log_it_was_like_its_first_week() -> None:
    assert before(Series((10.0,) * 7 + (90.0,) * 7, DAY), 48).expected == pytest.approx(20)
    assert before(Series((10.0,), DAY), 0) == Projection(0, 0, 0)
    assert before(Series((), DAY), 24) == Projection(0, 0, 0)


@pytest.mark.parametrize(("values", "ahead"), [((), 24), ((0.0, 0.0), 24), ((1.0,), 0)])
def test_nothing_comes_of_nothing(values: tuple[float, ...], ahead: float) -> None:
    assert project(Series(values, DAY), ahead) == Projection(0, 0, 0)


@settings(deadline=None)  # a simulation
@given(COSTS, st.floats(min_value=0.1, max_value=800))
def test_an_interval_holds_what_is_expected_and_nothing_below_zero(values: list[float], ahead: float) -> None:
    found = project(Series(tuple(values), DAY), ahead, 100)
    assert 0 <= found.low <= found.expected + 1e-6
    assert found.high >= found.expected - 1e-6 * max(1, found.expected)


def test_the_same_log_gives_the_same_forecast() -> None:
    series = Series((1.0, 5.0, 2.0, 8.0, 3.0, 1.0, 9.0, 2.0), DAY)
    assert project(series, 240) == project(series, 240)


def test_intervals_hold_at_least_three_of_four_months() -> None:
    """Months with weekdays, growth, a wandering level and noise; docs/forecast.md has the figures."""
    chance = random.Random(5)  # noqa: S311 -- a simulation, no secret
    held = tried = 0
    for _ in range(20):
        days = list(_month(chance))
        for seen in (4, 10, 20, 34, 45):
            end = min(60, (seen // 30 + 1) * 30)
            found = project(Series(tuple(days[:seen]), DAY), (end - seen) * DAY, 300)
            held += found.low <= sum(days[seen:end]) <= found.high
            tried += 1
    assert 0.75 <= held / tried <= 0.95


def _month(chance: random.Random) -> Iterator[float]:
    grows, level = 1 + chance.uniform(-0.01, 0.02), 100.0
    for day in range(60):
        level *= grows * chance.lognormvariate(0, 0.02)
        yield level * WEEK[day % 7] * chance.lognormvariate(0, 0.25)


@pytest.mark.skipif(not TRACES.is_dir(), reason="the traces are not part of the repository")
def test_intervals_hold_the_rest_of_real_traces() -> None:
    """From 20 %, 25 %, … 95 % of each trace on, the cost of its rest; docs/forecast.md has the figures."""
    held = {name: sum(_held(_trace(name))) for name in TIMED}
    assert held == {
        "azure_llm_2023_code": 15, "azure_llm_2023_conv": 16, "mooncake_conversation_trace": 16,
        "mooncake_synthetic_trace": 14, "servegen_deepseek_r1_24h": 16, "servegen_m_large_24h": 14,
        "servegen_m_small_24h": 12,
    }  # fmt: skip


def _trace(name: str) -> list[tuple[float, float]]:
    """Return a trace in 1,440 parts: when, in seconds, and what its calls cost with gpt-4o ($2.50 and $10 per 1M)."""
    calls = []
    with gzip.open(TRACES / f"{name}.csv.gz", "rt") as text:
        for row in csv.DictReader(text):
            if "TIMESTAMP" in row:
                when = datetime.fromisoformat(row["TIMESTAMP"][:26]).timestamp()
                sent, received = row["ContextTokens"], row["GeneratedTokens"]
            elif "timestamp_ms" in row:
                when, sent, received = float(row["timestamp_ms"]) / 1000, row["input_length"], row["output_length"]
            else:
                when, sent, received = float(row["timestamp_s"]), row["input_tokens"], row["output_tokens"]
            calls.append((when, float(sent) * 2.5e-6 + float(received) * 1e-5))
    start, end = min(calls)[0], max(calls)[0]
    minutes: dict[int, float] = {}
    for when, cost in calls:
        place = int((when - start) / (end - start) * 1440)
        minutes[place] = minutes.get(place, 0.0) + cost
    return sorted((start + (end - start) * place / 1440, cost) for place, cost in minutes.items())


def _held(calls: list[tuple[float, float]]) -> Iterator[bool]:
    start, end = calls[0][0], calls[-1][0]
    for share in range(20, 100, 5):
        cut = start + (end - start) * share / 100
        hours = step_hours((cut - start) / 3600)
        steps = [0.0] * int((cut - start) / 3600 / hours + 1e-9)
        for when, cost in calls:
            step = int((cut - when) / 3600 / hours) if when <= cut else len(steps)
            if step < len(steps):
                steps[-1 - step] += cost
        found = project(Series(tuple(steps), hours), (end - cut) / 3600, 300)
        yield found.low <= sum(cost for when, cost in calls if when > cut) <= found.high


@pytest.mark.parametrize(
    ("series", "hours", "expected"),
    [
        (Series((1.0,) * 12 + (3.0,) * 12 + (9.0,) * 6, 1.0), 240.0, 480.0),  # a day and a quarter: its first whole day
        (Series((6.0,) * 8 + (0.0,) * 4, 0.5), 10.0, 80.0),  # six hours: all of it
        (Series((7.0,) * 7 + (70.0,) * 3, 24.0), 48.0, 14.0),  # ten days: the first week
        (Series((7.0,) * 2 + (10.0,), 24.0), 48.0, 16.0),  # three days
    ],
)
def test_what_lies_before_is_like_the_first_week(series: Series, hours: float, expected: float) -> None:
    assert before(series, hours).expected == pytest.approx(expected)
