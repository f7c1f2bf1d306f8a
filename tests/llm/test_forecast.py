"""Where the spend of a log is going: the month's end by its parts, budgets, fixes, and what is said of short logs."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.llm.call_rows import call, engine_of
from tollbar.errors import InputError
from tollbar.llm.forecast import BudgetOutlook, Expected, Fix, Forecast, Part, forecast
from tollbar.llm.scan_result import Finding
from tollbar.policy.config import Budget

START = datetime(2026, 11, 2)  # noqa: DTZ001 -- the table's times are UTC, without saying so
CENT = Decimal("0.01")


def _every_hour(days: float, **columns: Any) -> list[dict[str, Any]]:
    """Return a call each hour, the last one at the end."""
    return [call(0, time=START + timedelta(hours=hour), **columns) for hour in range(int(days * 24) + 1)]


def _forecast(rows: list[dict[str, Any]], **more: Any) -> Forecast:
    return forecast(engine_of(rows), **more)


def _usd(text: str) -> Decimal:
    return Decimal(text).quantize(Decimal("0.000001"))


def test_a_steady_log_goes_on_to_the_end_of_the_month() -> None:
    found = _forecast(_every_hour(20))
    assert (found.month, found.calls, found.spent) == ("2026-11", 481, Decimal("4.81"))
    assert found.before == pytest.approx(_usd("0.24"), rel=Decimal("0.01"))
    # A whole step has 24 calls, the oldest one 25; nine days are left.
    assert found.month_end.expected == pytest.approx(
        Decimal("4.81") + _usd("0.24") + 9 * 24 * CENT, rel=Decimal("0.01")
    )
    assert found.monthly.expected == pytest.approx(730 * CENT, rel=Decimal("0.01"))
    assert found.month_end.low <= found.month_end.expected <= found.month_end.high
    assert found.growth is not None
    assert found.growth.expected == pytest.approx(0, abs=0.01)
    assert found.notes == ("the log begins 1.0 days after the month: these are estimated from its first week",)


def test_only_the_days_of_the_month_count_as_spent() -> None:
    rows = [call(0, time=datetime(2026, 10, 20) + timedelta(hours=hour)) for hour in range(20 * 24 + 1)]  # noqa: DTZ001 -- as above
    found = _forecast(rows)
    assert (found.month, found.spent, found.before) == ("2026-11", Decimal("1.93"), Decimal(0))


def test_the_end_of_the_log_can_be_told() -> None:
    found = _forecast(_every_hour(2), as_of=START + timedelta(days=28.5))
    assert found.last == START + timedelta(days=28.5)
    assert found.month_end.expected < Decimal("0.6")
    with pytest.raises(InputError, match="--as-of lies before the log begins"):
        _forecast(_every_hour(2), as_of=START - timedelta(days=1))


def test_parts_add_up_to_the_whole() -> None:
    rows = [*_every_hour(15, model="gpt-4", team="a", cost_usd=3 * CENT), *_every_hour(15, model="o1", team=None)]
    found = _forecast(rows)
    by_model = [part for part in found.parts if part.dimension == "model"]
    assert [(part.name, part.spent) for part in by_model] == [("gpt-4", Decimal("10.83")), ("o1", Decimal("3.61"))]
    assert sum(part.month_end for part in by_model) == pytest.approx(found.month_end.expected, abs=Decimal("0.00001"))
    assert [part.name for part in found.parts if part.dimension == "team"] == ["a", None]
    assert not [part for part in found.parts if part.dimension == "project"]
    assert all(part.growth is not None for part in found.parts)


@pytest.mark.parametrize(("monthly", "outlook"), [("1", "over"), ("7.3", "at risk"), ("1000", "within")])
def test_budgets_are_compared_with_the_end_of_the_month(monthly: str, outlook: str) -> None:
    rows = [row | {"team": "a"} for row in _every_hour(5)]
    (found,) = _forecast(rows, budgets=[Budget(team="a", monthly=Decimal(monthly))]).budgets
    assert (found.of, found.budget, found.outlook) == ("team a", Decimal(monthly), outlook)
    assert found.month_end.low < found.month_end.expected < found.month_end.high


def test_a_budget_of_whom_the_log_does_not_know_is_kept() -> None:
    nothing = Expected(Decimal(0), Decimal(0), Decimal(0))
    found = _forecast(_every_hour(5), budgets=[Budget(project="p", monthly=Decimal(5))]).budgets
    assert found == (BudgetOutlook("project p", Decimal(5), nothing, "within"),)


def test_fixes_are_the_three_largest_findings_at_the_forecasts_rate() -> None:
    def waste(name: str, wasted: str) -> Finding:
        return Finding(
            detector=name, title=name.title(), claim="", fix=f"Stop {name}.", calls=1, tokens=1, incidents=1,
            wasted_usd=Decimal(wasted), overlap_calls=0, overlap_usd=Decimal(0),
        )  # fmt: skip

    found = _forecast(
        _every_hour(20), waste=[waste("a", "1.2025"), waste("b", "0"), waste("c", "2.405"), waste("d", "0")]
    )
    assert [(fix.title, fix.fix) for fix in found.fixes] == [("C", "Stop c."), ("A", "Stop a.")]
    assert found.fixes[0].saving == pytest.approx(found.monthly.expected / 2, abs=Decimal("0.000001"))
    assert found.fixes[1] == Fix("A", "Stop a.", found.fixes[1].saving)


def test_calls_without_a_price_are_left_out_and_named() -> None:
    rows = [*_every_hour(3), *_every_hour(1, model=None, logged_model="in-house", cost_usd=None)]
    found = _forecast(rows)
    assert (found.spent, found.unpriced) == (Decimal("0.73"), (("in-house", 25),))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "no call of the log tells its time"),
        ([call(0, time=None)], "no call of the log tells its time"),
        ([call(0, cost_usd=None)], "no call of the log has a price"),
    ],
)
def test_what_nothing_can_be_forecast_from(rows: list[dict[str, Any]], message: str) -> None:
    with pytest.raises(InputError, match=message):
        _forecast(rows)


def test_one_call_is_a_log_too() -> None:
    found = _forecast([call(0)])
    assert (found.spent, found.calls) == (CENT, 1)
    assert found.notes[0] == "the log spans 0.0 hours and shows no day and night: the interval is wide"


@pytest.mark.parametrize(
    ("days", "notes"),
    [
        (0.5, ["the log spans 12.0 hours and shows no day and night: the interval is wide"]),
        (3, ["the log spans 3.0 days and shows no whole week: the interval is wide"]),
        (7, []),
    ],
)
def test_a_short_log_says_so(days: float, notes: list[str]) -> None:
    found = _forecast(_every_hour(days)).notes
    assert list(found[: len(notes) + 1]) == [*notes, "growth is told from two weeks on"]


def test_a_part_that_is_gone_is_expected_to_cost_little() -> None:
    rows = [*_every_hour(28), *_every_hour(2, model="old", cost_usd=CENT * 10)]
    found = {part.name: part for part in _forecast(rows).parts if part.dimension == "model"}
    assert found["old"] == Part("model", "old", Decimal("4.9"), found["old"].month_end, found["old"].growth)
    assert found["old"].month_end < Decimal("9.9")


def test_calls_without_a_time_are_told() -> None:
    found = _forecast([*_every_hour(20), call(0, time=None), call(0, time=None, cost_usd=None)])
    assert found.spent == Decimal("4.81")
    assert found.notes[-1] == "2 calls tell no time that can be: they and their $0.01 are left out"
