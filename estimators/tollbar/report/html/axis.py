"""The axis of a chart: which amounts it spans, where an amount lies on it, and what is written below it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_MOST_STEPS = 5
_SUFFIXES = ((Decimal(1_000_000_000), "B"), (Decimal(1_000_000), "M"), (Decimal(1_000), "k"))


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of the axis: where it lies, in percent, and its label."""

    at: str
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The span of amounts (USD a month) a chart shows."""

    low: Decimal
    high: Decimal

    def at(self, amount: Decimal) -> Decimal:
        """Return where an amount lies, in percent of the width."""
        if self.high == self.low:
            return Decimal(0)
        share = (amount - self.low) / (self.high - self.low) * 100
        return min(max(share, Decimal(0)), Decimal(100))

    def ticks(self) -> list[Tick]:
        """Return round amounts all over the span, at most six of them, none for an empty one."""
        if self.high <= self.low:
            return []
        step = _round_step((self.high - self.low) / _MOST_STEPS)
        first = (self.low / step).to_integral_value(rounding="ROUND_CEILING")
        amounts = [step * (first + i) for i in range(_MOST_STEPS + 1) if step * (first + i) <= self.high]
        return [_tick(amount, self.at(amount)) for amount in amounts]


def percent(share: Decimal) -> str:
    """Return a share of the width as SVG takes it: ``12.5%``."""
    return f"{share.quantize(Decimal('0.01'), rounding=ROUND_HALF_UP).normalize():f}%"


def compact_usd(amount: Decimal) -> str:
    """Return a round amount in little room: ``$20k``, ``$1.5M``, ``$0.05``."""
    for size, suffix in _SUFFIXES:
        if amount >= size:
            return f"${(amount / size).normalize():,f}{suffix}"
    return f"${amount.normalize():,f}"


def _tick(amount: Decimal, at: Decimal) -> Tick:
    anchor = "start" if at < 5 else "end" if at > 95 else "middle"
    return Tick(percent(at), compact_usd(amount), anchor)


def _round_step(least: Decimal) -> Decimal:
    """Return the smallest of 1, 2, 5 and 10 times a power of ten that is no less than ``least``."""
    magnitude = Decimal(1).scaleb(least.adjusted())
    return next(magnitude * factor for factor in (1, 2, 5, 10) if magnitude * factor >= least)
