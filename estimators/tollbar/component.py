"""A component is one line of a bill before it is priced: a quantity and the price to look up."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tollbar.price import PriceKey

Basis = Literal["fixed", "usage", "history", "assumed"]
"""Where a quantity comes from. fixed: what was declared. usage: what the user said of the use.
history: what was used in the months before. assumed: a default assumption about the use."""

_RANK: dict[Basis, int] = {"fixed": 0, "usage": 1, "history": 2, "assumed": 3}


def least_certain(bases: Iterable[Basis]) -> Basis:
    """Return the basis that a figure has which was made of such parts: the weakest of them."""
    return max(bases, key=_RANK.__getitem__, default="fixed")


def _weaker(one: Basis, other: Basis) -> Basis:
    return one if _RANK[one] >= _RANK[other] else other


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount a month as a range. All three are None where the use is not known.

    ``keys`` names the usage keys that it depends on, told or not.
    """

    low: Decimal | None
    expected: Decimal | None
    high: Decimal | None
    basis: Basis
    keys: tuple[str, ...] = field(default=(), compare=False)

    @staticmethod
    def fixed(amount: Decimal | int) -> Quantity:
        """Return an exact amount that follows from what was declared."""
        exact = Decimal(amount)
        return Quantity(exact, exact, exact, "fixed")

    @staticmethod
    def between(low: Decimal | int, expected: Decimal | int, high: Decimal | int, basis: Basis = "fixed") -> Quantity:
        """Return a range, such as the sizes an autoscaling group may take."""
        return Quantity(Decimal(low), Decimal(expected), Decimal(high), basis)

    @staticmethod
    def unknown(*keys: str) -> Quantity:
        """Return a quantity that depends on use of which nothing is known."""
        return Quantity(None, None, None, "usage", keys)

    @staticmethod
    def largest(quantities: Sequence[Quantity]) -> Quantity:
        """Return the largest of known quantities, end by end; unknown where there is none."""
        known = [(q.low, q.expected, q.high) for q in quantities if q.low is not None]
        keys = _union(quantities)
        if not known:
            return Quantity.unknown(*keys)
        low, expected, high = (max(end for end in ends if end is not None) for ends in zip(*known, strict=True))
        return Quantity(low, expected, high, least_certain(q.basis for q in quantities), keys)

    @property
    def is_known(self) -> bool:
        """Whether there is an expected amount."""
        return self.expected is not None

    @property
    def is_zero(self) -> bool:
        """Whether the amount is known to be nothing."""
        return self.high == 0 and self.expected == 0

    def __mul__(self, factor: Decimal | int | Quantity) -> Quantity:
        """Return the product with a number or, end by end, with another range; unknown stays unknown."""
        if not isinstance(factor, Quantity):
            number = Decimal(factor)
            return self.each_end(lambda end: end * number)
        return Quantity(
            _product(self.low, factor.low),
            _product(self.expected, factor.expected),
            _product(self.high, factor.high),
            _weaker(self.basis, factor.basis),
            self.keys if not factor.keys else _union((self, factor)),
        )

    __rmul__ = __mul__

    def __add__(self, other: Quantity) -> Quantity:
        """Return the sum, end by end; unknown where either is unknown."""
        return Quantity(
            _sum(self.low, other.low),
            _sum(self.expected, other.expected),
            _sum(self.high, other.high),
            _weaker(self.basis, other.basis),
            self.keys if not other.keys else _union((self, other)),
        )

    def __truediv__(self, divisor: Decimal | int) -> Quantity:
        """Return the quantity divided by a number."""
        return self * (Decimal(1) / Decimal(divisor))

    def ends(self) -> tuple[Decimal, Decimal, Decimal]:
        """Return the low, expected and high ends of a known quantity.

        Raises:
            ValueError: It is not known.
        """
        if self.low is None or self.expected is None or self.high is None:
            raise ValueError("the quantity is not known")
        return self.low, self.expected, self.high

    def above(self, allowance: Decimal | int) -> Quantity:
        """Return what goes beyond an included allowance, never below 0."""
        return self.each_end(lambda end: max(end - allowance, Decimal(0)))

    def each_end(self, change: Callable[[Decimal], Decimal]) -> Quantity:
        """Return the quantity with ``change`` made to its low, expected and high ends; unknown stays unknown."""
        if self.low is None or self.expected is None or self.high is None:
            return self
        expected = change(self.expected)
        if self.low == self.high:
            return Quantity(expected, expected, expected, self.basis, self.keys)
        return Quantity(change(self.low), expected, change(self.high), self.basis, self.keys)


def _union(quantities: Iterable[Quantity]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for quantity in quantities for key in quantity.keys))


def _product(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return None if a is None or b is None else a * b


def _sum(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return None if a is None or b is None else a + b


@dataclass(frozen=True, slots=True)
class Component:
    """One line of a bill: ``quantity`` of ``unit`` a month at the price found under ``price``.

    ``part`` names the block of the resource the line belongs to, such as ``root_block_device``.
    ``unit`` is a base unit of ``units.toml`` and must be the unit of the price. ``otherwise`` are the prices that are
    charged, in this order, where there is none under ``price``. ``request_size`` is what decides the price where
    larger requests cost more for all that is in them: found right below a price as ``above_N``.
    """

    name: str
    quantity: Quantity
    unit: str
    price: PriceKey
    part: str | None = None
    otherwise: tuple[PriceKey, ...] = ()
    request_size: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Production:
    """What a resource produces in a month: unit economics compares it with what the same costs elsewhere.

    ``quantity`` counts ``unit``, ``capacity`` how many there could be at most; ``compared`` are the lines that the same
    quantity would be billed as by ``compared_with``.
    """

    unit: str
    quantity: Quantity
    capacity: Quantity
    compared_with: str | None = None
    compared: tuple[Component, ...] = ()


@dataclass(frozen=True, slots=True)
class Unpriced:
    """Something of a resource that has no price, and why. Never counted as zero."""

    reason: Literal["unsupported_type", "price_not_found", "unknown_until_apply"]
    detail: str


def only_after_apply(attribute: str) -> Unpriced:
    """Return the line of what depends on an attribute that is known only after apply."""
    return Unpriced("unknown_until_apply", f"{attribute} is known only after apply")
