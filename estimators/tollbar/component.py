"""A component is one line of a bill before it is priced: a quantity and the price to look up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tollbar.price import PriceKey

Basis = Literal["fixed", "usage", "assumed"]
"""Where a quantity comes from. fixed: what was declared. usage: what the user said of the use.
assumed: a default assumption about the use."""

_RANK: dict[Basis, int] = {"fixed": 0, "usage": 1, "assumed": 2}


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount a month as a range. All three are None where the use is not known."""

    low: Decimal | None
    expected: Decimal | None
    high: Decimal | None
    basis: Basis

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
    def unknown() -> Quantity:
        """Return a quantity that depends on use of which nothing is known."""
        return Quantity(None, None, None, "usage")

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
        other = factor if isinstance(factor, Quantity) else Quantity.fixed(factor)
        basis = self.basis if _RANK[self.basis] >= _RANK[other.basis] else other.basis
        return Quantity(
            _product(self.low, other.low),
            _product(self.expected, other.expected),
            _product(self.high, other.high),
            basis,
        )

    __rmul__ = __mul__

    def __add__(self, other: Quantity) -> Quantity:
        """Return the sum, end by end; unknown where either is unknown."""
        basis = self.basis if _RANK[self.basis] >= _RANK[other.basis] else other.basis
        return Quantity(
            _sum(self.low, other.low), _sum(self.expected, other.expected), _sum(self.high, other.high), basis
        )

    def __truediv__(self, divisor: Decimal | int) -> Quantity:
        """Return the quantity divided by a number."""
        return self * (Decimal(1) / Decimal(divisor))

    def above(self, allowance: Decimal | int) -> Quantity:
        """Return what goes beyond an included allowance, never below 0."""
        return Quantity(
            _excess(self.low, allowance),
            _excess(self.expected, allowance),
            _excess(self.high, allowance),
            self.basis,
        )


def _product(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return None if a is None or b is None else a * b


def _sum(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return None if a is None or b is None else a + b


def _excess(amount: Decimal | None, allowance: Decimal | int) -> Decimal | None:
    return None if amount is None else max(amount - allowance, Decimal(0))


@dataclass(frozen=True, slots=True)
class Component:
    """One line of a bill: ``quantity`` of ``unit`` a month at the price found under ``price``.

    ``part`` names the block of the resource the line belongs to, such as ``root_block_device``.
    ``unit`` is a base unit of ``units.toml`` and must be the unit of the price.
    """

    name: str
    quantity: Quantity
    unit: str
    price: PriceKey
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Unpriced:
    """Something of a resource that has no price, and why. Never counted as zero."""

    reason: Literal["unsupported_type", "price_not_found", "unknown_until_apply"]
    detail: str


def only_after_apply(attribute: str) -> Unpriced:
    """Return the line of what depends on an attribute that is known only after apply."""
    return Unpriced("unknown_until_apply", f"{attribute} is known only after apply")
