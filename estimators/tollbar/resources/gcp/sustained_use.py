"""Sustained use discounts: a machine's hours get cheaper in steps as it runs longer in a month.

Source: "Sustained use discounts for Compute Engine" (documentation, read 2026-11). Google charges each
further quarter of a month at a lower share of the list price: 100, 80, 60 and 40 % (30 % off a whole
month), or 100, 86.67, 73.33 and 60 % (20 % off). Spot machines and committed use get none.

The catalogue holds two prices an hour of everything eligible: ``on_demand`` is the list price and
``sustained_use`` the average over a whole month. A machine that runs the whole month is billed its
hours at the latter. One that runs for a part of it is billed at list price for fewer hours, those that
cost the same (:meth:`Schedule.list_price_hours`): a group of machines thus gets the discount of each.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.money import HOURS_PER_MONTH

if TYPE_CHECKING:
    from tollbar.component import Quantity

_QUARTER = HOURS_PER_MONTH / 4


@dataclass(frozen=True, slots=True)
class Schedule:
    """The share of the list price that is charged in each quarter of a month."""

    rates: tuple[Decimal, Decimal, Decimal, Decimal]

    @property
    def whole_month_rate(self) -> Decimal:
        """The average share of the list price over a whole month."""
        return sum(self.rates, Decimal(0)) / 4

    def list_price_hours(self, hours: Decimal) -> Decimal:
        """Return how many hours at list price cost as much as ``hours`` of one machine in a month."""
        if hours >= HOURS_PER_MONTH:
            return hours * self.whole_month_rate
        quarters = (min(max(hours - _QUARTER * passed, Decimal(0)), _QUARTER) for passed in range(4))
        return sum((rate * part for rate, part in zip(self.rates, quarters, strict=True)), Decimal(0))


UP_TO_30_PERCENT = Schedule((Decimal(1), Decimal("0.8"), Decimal("0.6"), Decimal("0.4")))
UP_TO_20_PERCENT = Schedule((Decimal(1), Decimal("0.8667"), Decimal("0.7333"), Decimal("0.6")))

_BY_SERIES = {
    "f1": UP_TO_30_PERCENT,
    "g1": UP_TO_30_PERCENT,
    "n1": UP_TO_30_PERCENT,
    "m1": UP_TO_30_PERCENT,
    "m2": UP_TO_30_PERCENT,
    "n2": UP_TO_20_PERCENT,
    "n2d": UP_TO_20_PERCENT,
    "c2": UP_TO_20_PERCENT,
}
_ACCELERATORS_WITHOUT = ("nvidia-tesla-a100", "nvidia-a100", "nvidia-h100", "nvidia-l4")


def machine_series(machine_type: str) -> str:
    """Return the series of a machine type, such as ``n2d``; an unnamed custom type is an N1."""
    series = machine_type.split("-", 1)[0]
    return "n1" if series == "custom" else series


def machine_schedule(machine_type: str) -> Schedule | None:
    """Return the discount schedule of a machine type, None where its series gets no discount."""
    return _BY_SERIES.get(machine_series(machine_type))


def accelerator_schedule(accelerator: str) -> Schedule | None:
    """Return the discount schedule of a GPU: all but A100, H100 and L4 get the 30 % one."""
    return None if accelerator.startswith(_ACCELERATORS_WITHOUT) else UP_TO_30_PERCENT


def runs_whole_months(hours: Quantity) -> bool:
    """Whether a machine certainly runs the whole month."""
    return hours.low is not None and hours.low >= HOURS_PER_MONTH


def list_price_hours(hours: Quantity, schedule: Schedule) -> Quantity:
    """Return the hours at list price that cost as much as ``hours`` of one machine, end by end."""
    return hours.each_end(schedule.list_price_hours)
