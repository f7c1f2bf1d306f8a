"""Sustained use discounts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbar.component import Quantity
from tollbar.resources.gcp.sustained_use import (
    UP_TO_20_PERCENT,
    UP_TO_30_PERCENT,
    Schedule,
    accelerator_schedule,
    list_price_hours,
    machine_schedule,
    runs_whole_months,
)

_MONTH = Decimal(730)
_SCHEDULES = st.sampled_from([UP_TO_20_PERCENT, UP_TO_30_PERCENT])
_HOURS = st.decimals(min_value=0, max_value=800, places=2)


@pytest.mark.parametrize(
    ("machine_type", "off"),
    [
        ("n1-standard-4", 30),
        ("custom-6-20480", 30),
        ("f1-micro", 30),
        ("m1-ultramem-80", 30),
        ("m2-megamem-416", 30),
        ("n2-standard-8", 20),
        ("n2d-custom-4-20480", 20),
        ("c2-standard-16", 20),
    ],
)
def test_a_whole_month_is_cheaper_by_as_much_as_the_vendor_says(machine_type: str, off: int) -> None:
    schedule = machine_schedule(machine_type)
    assert schedule is not None
    assert schedule.whole_month_rate == Decimal(100 - off) / 100


@pytest.mark.parametrize(
    "machine_type", ["e2-medium", "n4-standard-2", "c3-standard-4", "a2-highgpu-1g", "t2d-standard-1"]
)
def test_newer_series_get_no_discount(machine_type: str) -> None:
    assert machine_schedule(machine_type) is None


def test_gpus_get_it_but_a100_h100_and_l4() -> None:
    assert accelerator_schedule("nvidia-tesla-t4") is UP_TO_30_PERCENT
    assert [accelerator_schedule(gpu) for gpu in ("nvidia-tesla-a100", "nvidia-h100-80gb", "nvidia-l4")] == [None] * 3


@pytest.mark.parametrize(
    ("hours", "billed"),
    [("182.5", "182.5"), ("365", "328.5"), ("547.5", "438"), ("730", "511"), ("400", "349.5"), ("0", "0")],
)
def test_each_quarter_of_the_month_costs_less_than_the_one_before(hours: str, billed: str) -> None:
    assert UP_TO_30_PERCENT.list_price_hours(Decimal(hours)) == Decimal(billed)


@given(schedule=_SCHEDULES, hours=_HOURS, more=_HOURS)
def test_longer_use_never_costs_less_and_never_more_than_list_price(
    schedule: Schedule, hours: Decimal, more: Decimal
) -> None:
    assert schedule.list_price_hours(hours) <= hours
    assert schedule.list_price_hours(hours) <= schedule.list_price_hours(hours + more)


@given(schedule=_SCHEDULES, hours=st.decimals(min_value=1, max_value=1000, places=2))
def test_no_hour_is_cheaper_than_the_whole_month_rate_on_average(schedule: Schedule, hours: Decimal) -> None:
    assert schedule.list_price_hours(hours) >= hours * schedule.whole_month_rate


def test_unknown_hours_stay_unknown() -> None:
    assert list_price_hours(Quantity.unknown(), UP_TO_30_PERCENT) == Quantity.unknown()
    assert not runs_whole_months(Quantity.unknown())


def test_a_range_that_may_fall_short_of_the_month_does_not_run_whole_months() -> None:
    assert not runs_whole_months(Quantity.between(200, _MONTH, _MONTH))
    assert runs_whole_months(Quantity.between(_MONTH, _MONTH, 744))
