"""What is different between two sets of prices."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.price import preference

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tollbar.price import Price, PriceKey

LARGE = Decimal("0.25")
"""A price that moves by more than this share is listed by itself."""


@dataclass(frozen=True, slots=True)
class Change:
    """A price before and after."""

    before: Price
    after: Price

    @property
    def ratio(self) -> Decimal | None:
        """What the last tier after is to the one before; None where it was free before."""
        was, is_now = self.before.tiers[-1].unit_price, self.after.tiers[-1].unit_price
        return is_now / was if was else None

    @property
    def is_large(self) -> bool:
        """Whether the price moved by over a quarter, or changed its unit or its tiers' starts."""
        if self.before.unit != self.after.unit or _starts(self.before) != _starts(self.after):
            return True
        return self.ratio is None or abs(self.ratio - 1) > LARGE


@dataclass(frozen=True, slots=True)
class Changes:
    """The keys that are new, those that vanished, and the prices that differ; the largest change first."""

    new: tuple[PriceKey, ...]
    vanished: tuple[PriceKey, ...]
    changed: tuple[Change, ...]
    same: int

    @property
    def large(self) -> tuple[Change, ...]:
        """The changes of over a quarter."""
        return tuple(change for change in self.changed if change.is_large)


def changes_between(before: Iterable[Price], after: Iterable[Price]) -> Changes:
    """Return how ``after`` differs from ``before``; of several prices for one key the preferred is compared."""
    old, new = _preferred(before), _preferred(after)
    both = [Change(price, new[key]) for key, price in old.items() if key in new]
    changed = [change for change in both if _amounts(change.before) != _amounts(change.after)]
    return Changes(
        new=tuple(sorted((key for key in new if key not in old), key=str)),
        vanished=tuple(sorted((key for key in old if key not in new), key=str)),
        changed=tuple(sorted(changed, key=_size, reverse=True)),
        same=len(both) - len(changed),
    )


def _preferred(prices: Iterable[Price]) -> dict[PriceKey, Price]:
    best: dict[PriceKey, Price] = {}
    for price in prices:
        known = best.get(price.key)
        if known is None or preference(price) < preference(known):
            best[price.key] = price
    return best


def _amounts(price: Price) -> tuple[object, ...]:
    return price.unit, tuple((tier.start, tier.unit_price) for tier in price.tiers)


def _starts(price: Price) -> tuple[Decimal, ...]:
    return tuple(tier.start for tier in price.tiers)


def _size(change: Change) -> tuple[bool, Decimal, str]:
    """Return what changes are sorted by: how many times the price moved, up or down."""
    ratio = change.ratio
    return ratio is None, max(ratio, 1 / ratio) if ratio else Decimal(0), str(change.after.key)
